import type { CheckReport, Finding, FindingKind, FindingSeverity, Location } from "../../model/index.ts";
import { KIND_ORDER, KINDS } from "./kinds.ts";

/** Where to show a finding: in the code, or at the top of the baseline when it is no longer there. */
export function placeOf(finding: Finding, report: CheckReport): Location {
  const top = { line: 1, column: 1 };
  return finding.location ?? { file: report.baseline.file, start: top, end: top };
}

/** All that there is to say in one line, for formats with a single text. */
export function sentence({ message, reason, owners }: Finding): string {
  const why = reason === undefined ? "" : `. Reason: ${reason}`;
  const who = owners.length === 0 ? "" : `. Owners: ${owners.join(", ")}`;
  return `${message}${why}${who}`;
}

/** The callee's symbol, of a call that is in the code. */
export function calleeNames(report: CheckReport): ReadonlyMap<string, string> {
  return new Map(report.result.calls.map((call) => [call.id, call.callee.symbol]));
}

/** The severity where it has to be said: an error goes without saying, and so does what never is one. */
export function notedSeverity({ kind, severity }: Finding): string {
  return severity === "error" || kind === "kept" || kind === "renamed" ? "" : severity;
}

export function ofKind(report: CheckReport, kind: FindingKind): readonly Finding[] {
  return report.findings.filter((finding) => finding.kind === kind);
}

export function countOf(report: CheckReport, severity: FindingSeverity): number {
  return report.findings.filter((finding) => finding.severity === severity).length;
}

/** `2 new direct calls`, `1 known call gone`. */
export function counted(kind: FindingKind, count: number): string {
  return `${count} ${count === 1 ? KINDS[kind].one : KINDS[kind].many}`;
}

/** `2 new direct calls between modules · 1 known call gone · 81 known`. */
export function headline(report: CheckReport): string {
  const counts = KIND_ORDER.flatMap((kind) => {
    const count = ofKind(report, kind).length;
    if (kind === "new") return [`${counted(kind, count)} between modules`];
    return count > 0 || kind === "gone" ? [counted(kind, count)] : [];
  });
  return [...counts, `${report.known.length} known`].join(" · ");
}
