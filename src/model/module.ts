/** What a module is for. Only edges between `domain` modules are seams by default. */
export const MODULE_KINDS = ["domain", "shared", "infrastructure", "composition"] as const;
export type ModuleKind = (typeof MODULE_KINDS)[number];

/** A folder (or workspace package) that owns a part of the domain. */
export interface Module {
  readonly id: string;
  readonly kind: ModuleKind;
  /** Posix path relative to the analysed root. */
  readonly root: string;
  readonly files: number;
  /** Its files are some of those of several folders, told by their names; `root` is the folder around them. */
  readonly byName?: true;
  readonly owners: readonly string[];
  /** Why it is a module, and why of this kind: one plain sentence each. */
  readonly evidence: readonly string[];
}
