import path from "node:path";

/** How files of a repository name each other. */
export interface ImportStyle {
  /** What relative specifiers end in: nothing, or `.js` where Node resolves them itself. */
  readonly extension: "" | ".js";
}

/** Specifier of one file from another, both posix paths relative to the root. */
export function specifier(from: string, to: string, style: ImportStyle): string {
  const bare = to.replace(/\.[cm]?tsx?$/, "");
  const relative = path.posix.relative(path.posix.dirname(from), bare);
  const dotted = relative.startsWith(".") ? relative : `./${relative}`;
  // A folder's index is named in full only where extensions are.
  const short = style.extension === "" ? dotted.replace(/\/index$/, "") : dotted;
  return `${short}${style.extension}`;
}
