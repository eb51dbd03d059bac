import type { CheckReport, FindingSeverity } from "../../model/index.ts";
import { placeOf, sentence } from "./findings.ts";
import { fingerprint } from "./fingerprint.ts";
import { KINDS } from "./kinds.ts";

const SEVERITY: Readonly<Record<FindingSeverity, string>> = { error: "major", warning: "minor", note: "info" };

/** GitLab's code quality report. */
export function checkGitlab(report: CheckReport): string {
  const entries = report.findings.map((finding) => {
    const { file, start, end } = placeOf(finding, report);
    return {
      description: sentence(finding),
      check_name: KINDS[finding.kind].rule,
      fingerprint: fingerprint(finding),
      severity: SEVERITY[finding.severity],
      location: { path: file, lines: { begin: start.line, end: end.line } },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
