import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { DIAGNOSTICS, REASON_CODES, UNRESOLVED_REASONS } from "../../src/model/index.ts";
import { BLOCKED_CODES } from "../../src/model/plan.ts";

const DOCS = path.resolve(import.meta.dirname, "../../docs");
const page = (name: string) => readFileSync(path.join(DOCS, name), "utf8");

describe("docs/diagnostics", () => {
  test("every code has a page and every page a code", () => {
    expect(readdirSync(path.join(DOCS, "diagnostics")).sort()).toEqual(
      Object.keys(DIAGNOSTICS)
        .map((code) => `${code}.md`)
        .sort(),
    );
  });

  test.each(Object.entries(DIAGNOSTICS))("%s: title, severity, an example, what to do", (code, { title, severity }) => {
    const [heading, , kind, ...rest] = page(`diagnostics/${code}.md`).split("\n");
    expect(heading).toBe(`# ${code}: ${title}`);
    const ends = code.startsWith("SC2");
    const word = { error: "Error", warning: "Warning", info: "Remark" }[severity];
    expect(kind).toMatch(ends ? /^Ends the run with exit code 2\.$/ : new RegExp(`^${word}; `));
    const text = rest.join("\n");
    expect(text).toMatch(/\n```\n.+\n```\n\n## What to do\n\n\S/s);
    expect(text).toContain(code);
  });
});

describe("docs/reasons.md", () => {
  const [, reasons = "", blocked = "", unresolved = ""] = page("reasons.md").split(/^## /m);
  const codesIn = (section: string) => [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]);

  test.each([
    ["reason", reasons, REASON_CODES],
    ["blocked code", blocked, BLOCKED_CODES],
    ["unresolved reason", unresolved, UNRESOLVED_REASONS],
  ])("every %s is explained, and nothing else, in the same order", (_, section, codes) => {
    expect(codesIn(section)).toEqual([...codes]);
  });
});
