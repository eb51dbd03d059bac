import type { Log, Notification, ReportingDescriptor, Result, Run } from "sarif";
import type { CheckReport, Finding, FindingKind, FindingSeverity, Location } from "../../model/index.ts";
import { placeOf, sentence } from "./findings.ts";
import { fingerprint } from "./fingerprint.ts";
import { KIND_ORDER, KINDS } from "./kinds.ts";

/** GitHub refuses a run with more. */
const MOST_RESULTS = 25_000;

/** 0 to 100, by which viewers order results and GitHub picks the 5,000 that it shows. */
const RANK: Readonly<Record<FindingSeverity, number>> = { error: 90, warning: 60, note: 20 };

/** A SARIF 2.1.0 log with the fields that GitHub's code scanning requires. */
export function checkSarif(report: CheckReport): string {
  const run: Run = {
    tool: {
      driver: {
        name: report.result.tool.name,
        semanticVersion: report.result.tool.version,
        rules: KIND_ORDER.map((kind) => ruleOf(kind, report.result.tool.docs)),
      },
    },
    columnKind: "utf16CodeUnits",
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: hiddenResults(report) }],
    results: report.findings.slice(0, MOST_RESULTS).map((finding) => resultOf(finding, report)),
  };
  const log: Log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(kind: FindingKind, docs: string | undefined): ReportingDescriptor {
  const { rule, title, help } = KINDS[kind];
  const isNote = kind === "kept" || kind === "renamed";
  const level = isNote ? "note" : kind === "new" || kind === "expired" ? "error" : "warning";
  return {
    id: rule,
    shortDescription: { text: title },
    fullDescription: { text: help },
    ...(docs !== undefined && { helpUri: `${docs}/findings.md#${rule}` }),
    help: { text: `${help} See docs/findings.md.`, markdown: `${help}\n\nSee \`docs/findings.md#${rule}\`.` },
    defaultConfiguration: { level, rank: RANK[level] },
    properties: {
      tags: ["architecture", "coupling"],
      precision: "high",
      "problem.severity": level === "note" ? "recommendation" : level,
    },
  };
}

function resultOf(finding: Finding, report: CheckReport): Result {
  const { kind, severity, id, from, to, verdict, confidence, was, reason, owners } = finding;
  return {
    ruleId: KINDS[kind].rule,
    ruleIndex: KIND_ORDER.indexOf(kind),
    level: severity,
    rank: RANK[severity],
    message: { text: sentence(finding) },
    locations: [{ physicalLocation: physicalLocation(placeOf(finding, report)) }],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
    ...(kind === "kept" && { suppressions: [{ kind: "external", justification: reason ?? "" }] }),
    properties: { id, from, to, verdict, confidence, was, reason, owners: [...owners] },
  };
}

function physicalLocation({ file, start, end }: Location) {
  return {
    artifactLocation: { uri: file.split("/").map(encodeSegment).join("/"), uriBaseId: "%SRCROOT%" },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}

/** A half of a surrogate pair, which a file name may hold, has no encoding. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, "\ufffd"));
}

function hiddenResults({ findings }: CheckReport): Notification[] {
  const hidden = findings.length - MOST_RESULTS;
  if (hidden <= 0) return [];
  const text = `${hidden} more findings are not in this file, which holds ${MOST_RESULTS}, the gravest first. --reporter json has all.`;
  return [{ level: "warning", message: { text } }];
}
