import type { ModuleKind } from "../model/index.ts";

export interface KindGuess {
  readonly kind: ModuleKind;
  /** One plain sentence part: `owns entities`. */
  readonly evidence: string;
}
