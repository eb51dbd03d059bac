import type { Paint } from "../paint.ts";

export interface ReportOptions {
  readonly paint: Paint;
  /** Writes owners so that the platform tells them; without it they are shown and nobody is disturbed. */
  readonly mentionOwners: boolean;
}
