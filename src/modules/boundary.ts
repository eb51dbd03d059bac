/** A folder that a manifest makes a part of its own: a workspace's package, an Nx project, any other package. */
export interface Boundary {
  /** Posix path relative to the analysed root. */
  readonly root: string;
  readonly name: string;
  readonly by: "workspace" | "nx" | "package";
  /** The file that says so, relative to the analysed root. */
  readonly where: string;
  /** What Nx knows of it: `scope:orders`, `type:util`. */
  readonly tags: readonly string[];
}
