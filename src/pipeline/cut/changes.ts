import type { FileChange } from "../../model/index.ts";
import type { Tree } from "./context.ts";

/** Collects the files of one stage; a file edited twice is one change. */
export class ChangeSet {
  readonly #tree: Tree;
  readonly #changes = new Map<string, FileChange>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  async read(path: string): Promise<string | null> {
    const changed = this.#changes.get(path);
    return changed ? changed.after : this.#tree.read(path);
  }

  async write(path: string, after: string): Promise<void> {
    const before = this.#changes.get(path)?.before ?? (await this.#tree.read(path));
    if (before === after) this.#changes.delete(path);
    else this.#changes.set(path, { path, before, after });
  }

  /** Sorted by path. */
  list(): FileChange[] {
    return [...this.#changes.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
