import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { KIND_ORDER, KINDS } from "../../../src/report/check/kinds.ts";
import { CHECK_REPORTERS } from "../../../src/report/check/reporters.ts";
import { PLAIN } from "../../../src/report/paint.ts";
import { checkReportOf, ONE_OF_EACH } from "../../support/check-report.ts";

const DOCS = path.resolve(import.meta.dirname, "../../../docs");
const sectionsOf = (page: string) =>
  new Map(
    readFileSync(path.join(DOCS, page), "utf8")
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf("\n")), section] as const),
  );

describe("docs/reporters.md", () => {
  const sections = sectionsOf("reporters.md");
  const report = checkReportOf([ONE_OF_EACH.new]);

  test("has a section for each reporter, in their order", () => {
    expect([...sections.keys()].filter((name) => name in CHECK_REPORTERS)).toEqual(Object.keys(CHECK_REPORTERS));
  });

  // Those of the other two are cut short.
  const whole = Object.entries(CHECK_REPORTERS).filter(([name]) => name !== "json" && name !== "sarif");
  test.each(whole)("%s: the example is what it writes", async (name, { load }) => {
    const render = await load();
    const example = /^(`{3,})\w*\n(.*?)^\1$/ms.exec(sections.get(name) ?? "")?.[2];
    expect(example).toBe(render(report, { paint: PLAIN, mentionOwners: false }).replaceAll("\r", ""));
  });
});

describe("docs/findings.md", () => {
  test("has a section for each kind, in the order of reports", () => {
    expect([...sectionsOf("findings.md").keys()]).toEqual(KIND_ORDER.map((kind) => KINDS[kind].rule));
  });
});
