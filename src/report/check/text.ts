import { type CheckReport, type Finding, type FindingKind, formatLocation } from "../../model/index.ts";
import { oneLine } from "../one-line.ts";
import { type Paint, PLAIN, plural } from "../paint.ts";
import { calleeNames, headline, notedSeverity, ofKind } from "./findings.ts";
import { KIND_ORDER } from "./kinds.ts";
import { teamTable } from "./teams.ts";

const ROWS = 50;
const TEAMS = 8;

/** What a pull request adds and takes away. */
export function checkText(report: CheckReport, { paint }: { readonly paint: Paint } = { paint: PLAIN }): string {
  const lines = [paint.bold(headline(report))];
  if (report.since) lines.push(`since ${oneLine(report.since.ref)} (${report.since.commit.slice(0, 12)})`);
  lines.push("");
  const present = KIND_ORDER.filter((kind) => ofKind(report, kind).length > 0);
  const width = Math.max(0, ...present.map((kind) => kind.length));
  for (const kind of present) lines.push(...section(kind, width, report, paint));
  lines.push(...teams(report, paint), ...advice(report));
  return `${lines.join("\n").trimEnd()}\n`;
}

function section(kind: FindingKind, width: number, report: CheckReport, paint: Paint): string[] {
  const names = calleeNames(report);
  const findings = ofKind(report, kind);
  const shown = findings.slice(0, ROWS);
  const rows = align(shown.map((finding) => cells(finding, names).map(oneLine)));
  const indent = " ".repeat(width + 4);
  const lines = shown.flatMap((finding, index) => [
    `  ${colourOf(finding, paint)(kind)}${" ".repeat(width - kind.length)}  ${rows[index] ?? ""}`,
    ...details(finding).map((line) => paint.dim(`${indent}${oneLine(line)}`)),
  ]);
  if (findings.length > ROWS) lines.push(`${indent}… and ${findings.length - ROWS} more   --reporter json`);
  if (kind === "gone") lines.push(`${indent}take them out   seamcut baseline --prune`);
  return lines;
}

function teams(report: CheckReport, paint: Paint): string[] {
  const { headings, rows, hidden } = teamTable(report, TEAMS);
  if (rows.length === 0) return [];
  const [head = "", ...lines] = align([headings, ...rows.map((row) => row.map(oneLine))]);
  const rest = hidden > 0 ? [`  … and ${plural(hidden, "more team")}   --reporter json`] : [];
  return ["", `  ${paint.dim(head)}`, ...lines.map((line) => `  ${line}`), ...rest];
}

/** Edge, callee, place and verdict of a call; of anything else what it is. */
function cells(finding: Finding, names: ReadonlyMap<string, string>): string[] {
  const { kind, code, id, location, from, to, verdict, message } = finding;
  const place = location ? [formatLocation(location)] : [];
  const rest = [verdict ?? "", notedSeverity(finding)].filter((word) => word !== "");
  const symbol = names.get(id);
  if (from && to && symbol !== undefined) return [`${from} → ${to}`, symbol, ...place, ...rest];
  const what = kind === "gone" ? id : message;
  return [code === undefined ? what : `${code} ${what}`, ...place, ...rest];
}

function details({ kind, verdict, from, to, was, reason, owners }: Finding): string[] {
  const lines: string[] = [];
  if (was !== undefined) lines.push(`was ${was}`);
  if (reason !== undefined) lines.push(`reason: ${reason}`);
  if (owners.length > 0 && kind !== "gone") lines.push(`owners: ${owners.join(", ")}`);
  if (kind === "new" && verdict === "event")
    lines.push(`cheaper as an event now than later   seamcut cut ${from ?? ""} ${to ?? ""}`);
  return lines;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (column < row.length - 1 ? (row[column]?.length ?? 0) : 0))),
  );
  return rows.map((row) =>
    row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell)).join("   "),
  );
}

function colourOf({ severity }: Finding, paint: Paint): (text: string) => string {
  return { error: paint.bad, warning: paint.mark, note: paint.dim }[severity];
}

function advice({ baseline, findings }: CheckReport): string[] {
  if (!baseline.exists)
    return ["", "  no baseline yet: everything counts as new. Accept what is there   seamcut baseline"];
  const isNew = findings.some(({ kind, severity }) => kind === "new" && severity === "error");
  return isNew ? ["", '  accept on purpose   seamcut baseline --accept "why"'] : [];
}
