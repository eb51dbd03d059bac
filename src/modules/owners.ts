import { matcherOf, type OwnersDialect } from "./owner-patterns.ts";

export type { OwnersDialect };

/** Owners of a file, its path relative to the top of the repository, as CODEOWNERS says. */
export type OwnersOf = (file: string) => readonly string[];

interface Rule {
  readonly matches: (file: string) => boolean;
  readonly owners: readonly string[];
  /** `!pattern`: what it matches has no owner in its section, whatever follows. */
  readonly excludes: boolean;
}

const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/;

/** A file with sections is GitLab's, where its place does not say so: GitHub knows none. */
export function dialectOf(text: string): OwnersDialect {
  return linesOf(text).some((line) => SECTION.test(line)) ? "gitlab" : "github";
}

/**
 * Reads CODEOWNERS. The last rule that matches wins; on GitLab the last of each section, and the sections add up.
 * `!pattern` means nothing to GitHub, which leaves out lines that it cannot read.
 */
export function parseCodeowners(text: string, dialect: OwnersDialect = dialectOf(text)): OwnersOf {
  let current: Rule[] = [];
  const sections = new Map([["", current]]);
  let defaults: readonly string[] = [];
  for (const line of linesOf(text)) {
    const heading = dialect === "gitlab" ? SECTION.exec(line) : null;
    if (!heading) {
      current.push(...readRule(line, defaults, dialect));
      continue;
    }
    // Sections of one name, in any case, are one section.
    const name = (heading[1] ?? "").trim().toLowerCase();
    current = sections.get(name) ?? [];
    sections.set(name, current);
    defaults = ownersIn(heading[2] ?? "");
  }
  return (file) => [...new Set([...sections.values()].flatMap((rules) => ownersBy(rules, file)))];
}

/** The owners that most files of a module have; the few that somebody else has do not make that a module's owner. */
export function ownersOfMost(files: readonly string[], ownersOf: OwnersOf): readonly string[] {
  const groups = new Map<string, { readonly owners: readonly string[]; files: number }>();
  for (const file of files) {
    const owners = ownersOf(file);
    const key = owners.join(" ");
    const group = groups.get(key) ?? { owners, files: 0 };
    group.files++;
    groups.set(key, group);
  }
  const [most] = [...groups].sort(([a, x], [b, y]) => y.files - x.files || (a < b ? 1 : -1));
  return most?.[1].owners ?? [];
}

function ownersBy(rules: readonly Rule[], file: string): readonly string[] {
  const matching = rules.filter((rule) => rule.matches(file));
  if (matching.some((rule) => rule.excludes)) return [];
  return matching.at(-1)?.owners ?? [];
}

function readRule(line: string, defaults: readonly string[], dialect: OwnersDialect): Rule[] {
  const [, mark = "", pattern = "", rest = ""] = /^(!?)((?:\\.|\S)+)\s*(.*)$/.exec(line) ?? [];
  if (pattern === "" || (mark !== "" && dialect === "github")) return [];
  const own = ownersIn(rest);
  const owners = own.length > 0 ? own : defaults;
  return [{ matches: matcherOf(pattern, dialect), owners, excludes: mark !== "" }];
}

/** Users and teams (`@ann`, `@shop/orders`), roles of GitLab (`@@maintainers`) and addresses. */
function ownersIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word.includes("@"));
}

/** Lines that say something, without the comments at their ends. */
function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}
