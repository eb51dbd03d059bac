import type { CheckReport, Finding, FindingSeverity } from "../../model/index.ts";
import { xmlDocument } from "../xml.ts";
import { placeOf, sentence } from "./findings.ts";
import { KINDS } from "./kinds.ts";

const SEVERITY: Readonly<Record<FindingSeverity, string>> = { error: "error", warning: "warning", note: "info" };

/** Checkstyle's XML: the findings of each file. */
export function checkCheckstyle(report: CheckReport): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const { file } = placeOf(finding, report);
    const there = byFile.get(file);
    if (there) there.push(finding);
    else byFile.set(file, [finding]);
  }
  const files = [...byFile].map(([name, findings]) => ({
    name: "file",
    attributes: { name },
    content: findings.map((finding) => {
      const { start } = placeOf(finding, report);
      const { kind, severity } = finding;
      return {
        name: "error",
        attributes: {
          line: start.line,
          column: start.column,
          severity: SEVERITY[severity],
          message: sentence(finding),
          source: `seamcut.${KINDS[kind].rule}`,
        },
      };
    }),
  }));
  return xmlDocument({ name: "checkstyle", attributes: { version: "4.3" }, content: files });
}
