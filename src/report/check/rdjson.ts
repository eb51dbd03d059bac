import type { CheckReport, FindingSeverity } from "../../model/index.ts";
import { placeOf, sentence } from "./findings.ts";
import { KINDS } from "./kinds.ts";

const SEVERITY: Readonly<Record<FindingSeverity, string>> = { error: "ERROR", warning: "WARNING", note: "INFO" };

/** The Reviewdog Diagnostic Format. */
export function checkRdjson(report: CheckReport): string {
  const diagnostics = report.findings.map((finding) => {
    const { file, start, end } = placeOf(finding, report);
    return {
      message: sentence(finding),
      location: { path: file, range: { start, end } },
      severity: SEVERITY[finding.severity],
      code: { value: KINDS[finding.kind].rule },
    };
  });
  return `${JSON.stringify({ source: { name: report.result.tool.name }, diagnostics }, null, 2)}\n`;
}
