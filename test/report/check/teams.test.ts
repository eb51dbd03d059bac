import { describe, expect, test } from "vitest";
import type { CheckReport, Module } from "../../../src/model/index.ts";
import { checkMarkdown } from "../../../src/report/check/markdown.ts";
import { teamsOf, teamTable } from "../../../src/report/check/teams.ts";
import { checkText } from "../../../src/report/check/text.ts";
import { checkReportOf, findingOf, ONE_OF_EACH } from "../../support/check-report.ts";

const withModules = (report: CheckReport, change: (module: Module) => Partial<Module>): CheckReport => ({
  ...report,
  result: { ...report.result, modules: report.result.modules.map((module) => ({ ...module, ...change(module) })) },
});

const NONE = { new: 0, unresolved: 0, gone: 0, kept: 0, known: 0 };

describe("teamsOf", () => {
  test("counts each kind for every team that a finding concerns, the one with most to do first", () => {
    expect(teamsOf(checkReportOf(Object.values(ONE_OF_EACH)))).toEqual([
      { ...NONE, owner: "@shop/orders", new: 2, unresolved: 1, kept: 1, known: 1 },
      { ...NONE, owner: "@shop/stock", new: 2, kept: 1, known: 2 },
      { ...NONE, owner: "@shop/search", gone: 1 },
      { ...NONE, owner: "@shop/payments", known: 1 },
    ]);
  });

  test("a call within one team counts once", () => {
    const report = checkReportOf([findingOf({ owners: ["@shop/warehouse"] })]);
    expect(teamsOf(withModules(report, () => ({ owners: ["@shop/warehouse"] })))).toEqual([
      { ...NONE, owner: "@shop/warehouse", new: 1, known: 1 },
    ]);
  });

  test("what nobody owns has a row of its own, the last of its rank", () => {
    const report = checkReportOf([findingOf({ owners: [] }), findingOf({ owners: ["@shop/billing"] })]);
    const known = withModules(report, ({ id }) => ({ owners: id === "orders" ? ["@shop/billing"] : [] }));
    expect(teamsOf(known)).toEqual([
      { ...NONE, owner: null, new: 1, known: 1 },
      { ...NONE, owner: "@shop/billing", new: 1 },
    ]);
    expect(teamsOf({ ...known, known: [] }).map(({ owner }) => owner)).toEqual(["@shop/billing", null]);
  });

  test("without owners there are no teams", () => {
    const report = withModules(checkReportOf([findingOf({ owners: [] })]), () => ({ owners: [] }));
    expect(teamsOf(report)).toEqual([]);
    expect(checkText(report)).not.toContain("team");
    expect(checkMarkdown(report)).not.toContain("team");
  });

  test("where owners were asked for, only theirs", () => {
    const report = checkReportOf([findingOf()], { owners: ["@shop/orders"] });
    expect(teamsOf(report).map(({ owner }) => owner)).toEqual(["@shop/orders"]);
  });
});

describe("teamTable", () => {
  test("leaves out teams with nothing to look at, and columns without a number", () => {
    expect(teamTable(checkReportOf([ONE_OF_EACH.gone]), 8)).toEqual({
      headings: ["team", "new", "gone", "known"],
      rows: [["@shop/search", "0", "1", "0"]],
      hidden: 0,
    });
    expect(teamTable(checkReportOf([]), 8).rows).toEqual([]);
  });

  test.each([
    ["text", checkText, "  … and 22 more teams   --reporter json\n"],
    ["markdown", checkMarkdown, "\n… and 10 more teams\n"],
  ])("many teams in %s: some rows, the rest counted", (_, render, rest) => {
    const findings = Array.from({ length: 30 }, (__, index) => findingOf({ owners: [`@shop/team-${index}`] }));
    expect(render(checkReportOf(findings))).toContain(rest);
  });
});
