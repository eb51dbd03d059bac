import type { CheckReport } from "../../model/index.ts";
import { markdownBody } from "./markdown-body.ts";

/** What GitHub takes as the summary of a step; more makes the step fail. */
export const SUMMARY_BYTES = 1024 * 1024;

/**
 * The summary of a step of GitHub Actions.
 *
 * @param room bytes that are left of `SUMMARY_BYTES`
 */
export function githubSummary(report: CheckReport, room = SUMMARY_BYTES): string {
  return markdownBody(report, { room, sizeOf: (text) => Buffer.byteLength(text), mentionOwners: false });
}
