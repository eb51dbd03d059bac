/** Whose rules a CODEOWNERS file follows: the same line does not mean the same to both. */
export type OwnersDialect = "github" | "gitlab";

/**
 * Tests a path against a pattern. GitHub reads it as .gitignore does: a slash inside ties it to the top, and a folder
 * means all that is below. To GitLab only a slash at the start ties it to the top, and only one at the end means a folder.
 */
export function matcherOf(pattern: string, dialect: OwnersDialect): (file: string) => boolean {
  const isTied = pattern.startsWith("/") || (dialect === "github" && pattern.slice(0, -1).includes("/"));
  const isFolder = pattern.endsWith("/");
  const body = toSource(pattern.replace(/^\//, "").replace(/\/$/, ""), dialect);
  // `/docs/*` are the files of `docs`, for both; any other name of GitHub's may be a folder's.
  const mayBeFolder = dialect === "github" && !/(^|\/)\*$/.test(pattern.slice(1));
  const below = isFolder ? "/.+" : mayBeFolder ? "(?:/.*)?" : "";
  const test = new RegExp(`^${isTied ? "" : "(?:.*/)?"}${body}${below}$`);
  return (file) => test.test(file);
}

function toSource(pattern: string, dialect: OwnersDialect): string {
  // Ranges are GitLab's alone. An escaped character, a space or `#`, is itself.
  const range = dialect === "gitlab" ? "|\\[[^\\]]+\\]" : "";
  const parts = new RegExp(`\\\\(.)|\\*\\*/|\\*\\*|\\*|\\?${range}|[.+^$()|{}[\\]\\\\]`, "g");
  return pattern.replace(parts, (part, escaped?: string) => {
    if (escaped !== undefined) return escaped.replace(/[.*+?^$()|{}[\]\\]/, "\\$&");
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.startsWith("[") && part.length > 1 ? part.replace("[!", "[^") : `\\${part}`;
  });
}
