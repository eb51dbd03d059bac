import { RDFormatValidator } from "@umbrelladocs/rdformat-validator";
import { parse as parseCsv } from "csv-parse/sync";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import type { CheckReport, Tool } from "../../../src/model/index.ts";
import { checkBadge } from "../../../src/report/check/badge.ts";
import { checkCheckstyle } from "../../../src/report/check/checkstyle.ts";
import { checkCsv } from "../../../src/report/check/csv.ts";
import { checkGithub } from "../../../src/report/check/github.ts";
import { checkGitlab } from "../../../src/report/check/gitlab.ts";
import { checkJson } from "../../../src/report/check/json.ts";
import { checkJunit } from "../../../src/report/check/junit.ts";
import { checkRdjson } from "../../../src/report/check/rdjson.ts";
import { rebase } from "../../../src/report/check/rebase.ts";
import { checkSarif } from "../../../src/report/check/sarif.ts";
import { oneLine } from "../../../src/report/one-line.ts";
import { checkReportOf, findingOf, MALICIOUS, manyFindings, ONE_OF_EACH } from "../../support/check-report.ts";
import { parseXml, sarifErrors, schemaErrors, workflowCommands } from "../../support/parsers.ts";

/** Nothing, one, one of each kind, and more than any platform shows. */
const REPORTS: readonly (readonly [string, CheckReport])[] = [
  ["no finding", checkReportOf([])],
  ["one finding", checkReportOf([findingOf()])],
  ["one of each kind", checkReportOf(Object.values(ONE_OF_EACH))],
  ["6,000 findings", checkReportOf(manyFindings(6000))],
];

/** A report whose every name is malicious, with one finding for each name. */
const HOSTILE = checkReportOf(
  MALICIOUS.map((name) =>
    findingOf({
      id: `${name}:Shop.sell->stock:${name}`,
      message: `${name} calls ${name}`,
      from: name,
      owners: [name],
      reason: name,
      location: { file: `src/${name}.ts`, start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    }),
  ),
);
const files = HOSTILE.findings.map(({ location }) => location?.file ?? "");
const messages = MALICIOUS.map((name) => `${name} calls ${name}. Reason: ${name}. Owners: ${name}`);
/** XML cannot hold these, so they are shown. */
const inXml = (text: string) => text.replace(/(?![\t\r\n])\p{Cc}/gu, oneLine).replaceAll("\ud800", "\\u{d800}");

describe("sarif", () => {
  const log = (report: CheckReport) => JSON.parse(checkSarif(report)) as Log;

  test.each(REPORTS)("%s: valid by the schema, with all that GitHub requires", (_, report) => {
    const value = log(report);
    expect(sarifErrors(value)).toEqual([]);
    const run = value.runs[0] ?? expect.fail("no run");
    expect(value.$schema).toMatch(/sarif-2\.1\.0/);
    expect(run.tool.driver.name).toBe("seamcut");
    for (const rule of run.tool.driver.rules ?? []) {
      expect([rule.id, rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text]).not.toContain(
        undefined,
      );
    }
    expect(run.results).toHaveLength(report.findings.length);
    for (const [index, result] of (run.results ?? []).entries()) {
      const place = result.locations?.[0]?.physicalLocation;
      expect(result.message.text).toBeTruthy();
      expect(place?.artifactLocation?.uri).toMatch(/^[^/:]/);
      expect(Object.keys(place?.region ?? {})).toEqual(["startLine", "startColumn", "endLine", "endColumn"]);
      expect(result.partialFingerprints?.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
      expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      expect(result.level).toBe(report.findings[index]?.severity);
    }
  });

  test("rules lead to their page where the package says where its pages are, and explain themselves without", () => {
    const report = checkReportOf([]);
    const docs = "https://github.com/shop/seamcut/blob/HEAD/docs";
    const rulesOf = (tool: Tool) => log({ ...report, result: { ...report.result, tool } }).runs[0]?.tool.driver.rules;
    const [rule] = rulesOf({ ...report.result.tool, docs }) ?? [];
    expect(rule).toMatchObject({ id: "new-call", helpUri: `${docs}/findings.md#new-call` });
    const [without] = rulesOf(report.result.tool) ?? [];
    expect(without).not.toHaveProperty("helpUri");
    expect(without?.help?.markdown).toContain("seamcut baseline --accept");
  });

  test("fingerprints tell findings apart, and stay when 50 lines come above", () => {
    const before = manyFindings(6000);
    const after = before.map((finding) => {
      const { file, start, end } = finding.location ?? expect.fail("no place");
      const down = ({ line, column }: { line: number; column: number }) => ({ line: line + 50, column });
      return { ...finding, location: { file, start: down(start), end: down(end) } };
    });
    const hashes = (findings: typeof before) =>
      log(checkReportOf(findings)).runs[0]?.results?.map((result) => result.partialFingerprints);
    expect(hashes(after)).toEqual(hashes(before));
    expect(new Set(hashes(before)?.map((hash) => hash?.primaryLocationLineHash)).size).toBe(6000);
  });

  test("the graver a finding, the higher its rank", () => {
    const ranks = (["error", "warning", "note"] as const).map(
      (severity) => log(checkReportOf([findingOf({ severity })])).runs[0]?.results?.[0]?.rank ?? -1,
    );
    expect([...ranks].sort((a, b) => b - a)).toEqual(ranks);
    expect(new Set(ranks).size).toBe(3);
  });

  test("what is over 25,000 results is counted", () => {
    const value = log(checkReportOf(manyFindings(25_007)));
    const run = value.runs[0];
    expect(run?.results).toHaveLength(25_000);
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/^7 more findings/);
    expect(sarifErrors(value)).toEqual([]);
  });

  test("what is kept is suppressed with its reason; what is gone is shown in the baseline", () => {
    const results = log(checkReportOf([ONE_OF_EACH.kept, ONE_OF_EACH.gone])).runs[0]?.results;
    expect(results?.[0]?.suppressions).toEqual([{ kind: "external", justification: "ask @shop/stock, see #12" }]);
    expect(results?.[1]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("seamcut-baseline.json");
  });

  test("malicious names survive, and give relative URIs", () => {
    const value = log(HOSTILE);
    expect(sarifErrors(value)).toEqual([]);
    const results = value.runs[0]?.results ?? [];
    expect(results.map(({ message }) => message.text)).toEqual(messages);
    const uris = results.map((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "");
    expect(uris.map(decodeURIComponent)).toEqual(files.map((file) => file.replace("\ud800", "\ufffd")));
  });

  test("a schema that says no to nothing would say yes to this", () => {
    expect(sarifErrors({ version: "2.1.0", runs: [{ results: [] }] })).not.toEqual([]);
  });
});

describe("github", () => {
  test.each(REPORTS)("%s: workflow commands, at most 10 errors and 10 warnings", (_, report) => {
    const commands = workflowCommands(checkGithub(report));
    for (const severity of ["error", "warning"]) {
      const all = report.findings.filter((finding) => finding.severity === severity);
      const shown = commands.filter(({ name }) => name === severity);
      expect(shown).toHaveLength(Math.min(10, all.length));
      for (const { properties } of shown) {
        expect(Object.keys(properties)).toEqual(["file", "line", "endLine", "col", "endColumn", "title"]);
      }
    }
    expect(commands.filter(({ name }) => name === "notice")).toHaveLength(report.findings.length > 1000 ? 1 : 0);
  });

  test("the worst first, and how many are hidden", () => {
    const commands = workflowCommands(checkGithub(checkReportOf(manyFindings(6000))));
    expect(commands.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, () => "error"),
      ...Array.from({ length: 10 }, () => "warning"),
      "notice",
    ]);
    expect(commands.at(-1)?.message).toMatch(/^2990 more errors and 2990 more warnings hidden/);
  });

  test("one finding, byte for byte", () => {
    expect(checkGithub(checkReportOf([findingOf()]))).toBe(
      "::error file=src/orders/orders.service.ts,line=10,endLine=10,col=5,endColumn=12,title=New direct call between modules::orders calls StockService.reserve of stock. Owners: @shop/stock, @shop/orders\n",
    );
  });

  test("malicious names survive, and start no command of their own", () => {
    const commands = workflowCommands(checkGithub(HOSTILE));
    expect(commands.map(({ name }) => name)).toEqual(MALICIOUS.map(() => "error"));
    expect(commands.map(({ message }) => message)).toEqual(messages);
    expect(commands.map(({ properties }) => properties.file)).toEqual(files);
  });
});

describe("gitlab", () => {
  const SCHEMA = {
    type: "array",
    items: {
      type: "object",
      required: ["description", "check_name", "fingerprint", "severity", "location"],
      additionalProperties: false,
      properties: {
        description: { type: "string", minLength: 1 },
        check_name: { type: "string", minLength: 1 },
        fingerprint: { type: "string", pattern: "^[0-9a-f]{32}$" },
        severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
        location: {
          type: "object",
          required: ["path", "lines"],
          properties: {
            path: { type: "string", pattern: "^[^/]" },
            lines: {
              type: "object",
              required: ["begin"],
              properties: { begin: { type: "integer", minimum: 1 }, end: { type: "integer", minimum: 1 } },
            },
          },
        },
      },
    },
  };

  test.each(REPORTS)("%s: valid, no fingerprint twice", (_, report) => {
    const entries = JSON.parse(checkGitlab(report)) as { fingerprint: string }[];
    expect(schemaErrors(SCHEMA, entries)).toEqual([]);
    expect(entries).toHaveLength(report.findings.length);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  });

  test("fingerprints hold no line", () => {
    const far = { file: "src/other.ts", start: { line: 900, column: 1 }, end: { line: 900, column: 2 } };
    const [a, b] = [findingOf(), findingOf({ location: far })].map(
      (finding) => JSON.parse(checkGitlab(checkReportOf([finding])))[0],
    );
    expect(a.fingerprint).toBe(b.fingerprint);
    expect(a.location).not.toEqual(b.location);
  });

  test("malicious names survive", () => {
    const entries = JSON.parse(checkGitlab(HOSTILE)) as { description: string; location: { path: string } }[];
    expect(entries.map(({ description }) => description)).toEqual(messages);
    expect(entries.map(({ location }) => location.path)).toEqual(files);
  });
});

describe("rdjson", () => {
  const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });

  test.each([...REPORTS, ["malicious names", HOSTILE] as const])("%s: valid", async (_, report) => {
    const text = checkRdjson(report);
    expect((await validator.validateString(text)).errors).toEqual([]);
    expect(JSON.parse(text).diagnostics).toHaveLength(report.findings.length);
  });

  test("malicious names survive", () => {
    const { diagnostics } = JSON.parse(checkRdjson(HOSTILE));
    expect(diagnostics.map(({ message }: { message: string }) => message)).toEqual(messages);
  });
});

describe("junit", () => {
  test.each(REPORTS)("%s: a test for each finding, failed where it is an error", (_, report) => {
    const root = parseXml(checkJunit(report));
    const suite = root.children[0] ?? expect.fail("no suite");
    const errors = report.findings.filter(({ severity }) => severity === "error").length;
    expect([root.name, suite.name]).toEqual(["testsuites", "testsuite"]);
    for (const { attributes } of [root, suite]) {
      expect(attributes).toMatchObject({ tests: String(suite.children.length), failures: String(errors), errors: "0" });
    }
    expect(suite.children).toHaveLength(Math.max(1, report.findings.length));
    expect(suite.children.filter(({ children }) => children[0]?.name === "failure")).toHaveLength(errors);
    for (const { name, attributes } of suite.children) {
      expect(name).toBe("testcase");
      expect([attributes.name, attributes.classname]).not.toContain(undefined);
    }
  });

  test("malicious names survive", () => {
    const cases = parseXml(checkJunit(HOSTILE)).children[0]?.children ?? [];
    expect(cases.map(({ attributes }) => attributes.file)).toEqual(files.map(inXml));
    expect(cases.map(({ children }) => children[0]?.attributes.message)).toEqual(
      MALICIOUS.map((name) => inXml(`${name} calls ${name}`)),
    );
    cases.forEach(({ children }, index) => {
      expect(children[0]?.text).toContain(inXml(messages[index] ?? ""));
    });
  });
});

describe("checkstyle", () => {
  test.each(REPORTS)("%s: every finding under its file, each file once", (_, report) => {
    const root = parseXml(checkCheckstyle(report));
    expect(root.name).toBe("checkstyle");
    const names = root.children.map(({ attributes }) => attributes.name);
    expect(new Set(names).size).toBe(names.length);
    const errors = root.children.flatMap(({ children }) => children);
    expect(errors).toHaveLength(report.findings.length);
    for (const { name, attributes } of errors) {
      expect(name).toBe("error");
      expect(Object.keys(attributes)).toEqual(["line", "column", "severity", "message", "source"]);
      expect(["error", "warning", "info"]).toContain(attributes.severity);
    }
  });

  test("malicious names survive", () => {
    const root = parseXml(checkCheckstyle(HOSTILE));
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(files.map(inXml));
    expect(root.children.map(({ children }) => children[0]?.attributes.message)).toEqual(messages.map(inXml));
  });
});

describe("csv", () => {
  const read = (report: CheckReport): Record<string, string>[] => parseCsv(checkCsv(report), { columns: true });

  test.each(REPORTS)("%s: a row each", (_, report) => {
    expect(read(report).map(({ id }) => id)).toEqual(report.findings.map(({ id }) => id));
    expect(checkCsv(report)).toMatch(/^kind,severity,from,to,verdict,.*\r\n/);
  });

  test("malicious names survive, and none is a formula", () => {
    const rows = read(HOSTILE);
    expect(rows.map(({ from }) => from?.replace(/^'/, ""))).toEqual(
      MALICIOUS.map((name) => name.replace("\ud800", "\ufffd")),
    );
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });
});

describe("badge", () => {
  const SCHEMA = {
    type: "object",
    required: ["schemaVersion", "label", "message", "color"],
    additionalProperties: false,
    properties: {
      schemaVersion: { const: 1 },
      label: { type: "string", minLength: 1 },
      message: { type: "string", minLength: 1, maxLength: 40 },
      color: { enum: ["red", "blue", "brightgreen"] },
    },
  };

  test.each(REPORTS)("%s: valid", (_, report) => {
    expect(schemaErrors(SCHEMA, JSON.parse(checkBadge(report)))).toEqual([]);
  });

  test.each([
    [checkReportOf([findingOf()]), "1 known, 1 new", "red"],
    [checkReportOf([]), "1 known", "blue"],
    [checkReportOf([], { known: [] }), "none", "brightgreen"],
  ])("says what is there", (report, message, color) => {
    expect(JSON.parse(checkBadge(report))).toMatchObject({ message, color });
  });
});

describe("json", () => {
  test.each(REPORTS)("%s: version 1", (_, report) => {
    const value = JSON.parse(checkJson(report));
    expect(value).toMatchObject({
      version: 1,
      tool: report.result.tool,
      known: report.known,
      exitCode: report.exitCode,
    });
    expect(value.findings).toEqual(JSON.parse(JSON.stringify(report.findings)));
  });

  test("new calls in full, what is gone by id", () => {
    const value = JSON.parse(checkJson(checkReportOf(Object.values(ONE_OF_EACH))));
    expect(value.new.map(({ id }: { id: string }) => id)).toEqual([ONE_OF_EACH.new.id, ONE_OF_EACH.expired.id]);
    expect(value.new[0]).toHaveProperty("facts");
    expect(value.stale).toEqual([ONE_OF_EACH.gone.id]);
  });

  test("the balance of every team, those with nothing to do too", () => {
    const value = JSON.parse(checkJson(checkReportOf([findingOf()])));
    expect(value.teams).toEqual([
      { owner: "@shop/stock", new: 1, unresolved: 0, gone: 0, kept: 0, known: 1 },
      { owner: "@shop/orders", new: 1, unresolved: 0, gone: 0, kept: 0, known: 0 },
      { owner: "@shop/payments", new: 0, unresolved: 0, gone: 0, kept: 0, known: 1 },
    ]);
  });
});

test("paths from the top of the repository", () => {
  const report = checkReportOf([findingOf(), ONE_OF_EACH.gone]);
  expect(rebase(report, "")).toBe(report);
  const rebased = rebase(report, "services/api");
  expect(rebased.findings[0]?.location?.file).toBe("services/api/src/orders/orders.service.ts");
  expect(rebased.findings[1]?.location).toBeUndefined();
  expect(rebased.baseline.file).toBe("services/api/seamcut-baseline.json");
});
