/** Owners of a folder, as CODEOWNERS says. */
export type OwnersOf = (folder: string) => readonly string[];

/** Reads CODEOWNERS text; the last rule that matches a path wins, as on GitHub and GitLab. */
export function parseCodeowners(text: string): OwnersOf {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "" && !/^\^?\[/.test(line))
    .map((line) => {
      const [pattern = "", ...owners] = line.split(/\s+/);
      return { pattern: toPattern(pattern), owners };
    })
    .reverse();
  return (folder) => rules.find((rule) => rule.pattern.test(`/${folder}/`))?.owners ?? [];
}

function toPattern(pattern: string): RegExp {
  const anchored = pattern.startsWith("/") || pattern.slice(0, -1).includes("/");
  const body = pattern
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replace(/[.+^$()|[\]\\{}]/g, "\\$&")
    .replace(/\*\*\/?|\*|\?/g, (part) => (part.startsWith("**") ? ".*" : part === "*" ? "[^/]*" : "[^/]"));
  return new RegExp(`^${anchored ? "/" : "(?:.*)/"}${body}(?:/|$)`);
}
