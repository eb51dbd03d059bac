/** A folder that was recognised as a module, and by what. */
export interface ModuleFolder {
  readonly root: string;
  readonly evidence: string;
}
