import type { CheckReport, Finding } from "../../model/index.ts";
import { plural } from "../paint.ts";
import { placeOf, sentence } from "./findings.ts";
import { KINDS } from "./kinds.ts";

/** GitHub drops what a step says beyond 10 errors and 10 warnings, and does not tell. */
const MOST = 10;

/** Workflow commands of GitHub Actions: annotations on the lines, the worst first. */
export function checkGithub(report: CheckReport): string {
  const of = (severity: string) => report.findings.filter((finding) => finding.severity === severity);
  const errors = of("error");
  const warnings = of("warning");
  const lines = [...errors.slice(0, MOST), ...warnings.slice(0, MOST)].map((finding) => annotation(finding, report));
  const hidden = [hiddenOf(errors, "error"), hiddenOf(warnings, "warning")].filter((text) => text !== null);
  if (hidden.length > 0) {
    const text = `${hidden.join(" and ")} hidden: GitHub shows ${MOST} of each. The summary of the step has them, --reporter json has all.`;
    lines.push(`::notice title=seamcut::${escapeData(text)}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(finding: Finding, report: CheckReport): string {
  const { file, start, end } = placeOf(finding, report);
  const properties = { file, line: start.line, endLine: end.line, col: start.column, endColumn: end.column };
  const listed = Object.entries({ ...properties, title: KINDS[finding.kind].title }).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  return `::${finding.severity} ${listed.join(",")}::${escapeData(sentence(finding))}`;
}

function hiddenOf(findings: readonly Finding[], word: string): string | null {
  return findings.length > MOST ? plural(findings.length - MOST, `more ${word}`) : null;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
