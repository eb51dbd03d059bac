import { type Status, type StatusCount, VERDICTS } from "../../model/index.ts";
import { clip, type Paint, PLAIN, plural } from "../paint.ts";
import { change, series, sparkline } from "./sparkline.ts";

const ROWS = 8;

/** What is left, what is on its way, and who has it: one screen. */
export function statusText(status: Status, paint: Paint = PLAIN): string {
  const { baseline } = status;
  const verdicts = VERDICTS.filter((verdict) => status.byVerdict[verdict] > 0);
  const lines = [
    `${paint.bold(status.name)} · ${plural(status.calls, "direct call")} left${
      verdicts.length > 0 ? `: ${verdicts.map((verdict) => `${status.byVerdict[verdict]} ${verdict}`).join(", ")}` : ""
    }`,
    baseline.exists
      ? paint.dim(`  ${plural(baseline.calls, "call")} accepted in ${baseline.file}`)
      : "  no baseline yet   seamcut baseline",
    "",
    ...trend(status),
    ...seams(status, paint),
    ...kept(status, paint),
  ];
  if (status.refused.length > 0) {
    const codes = status.refused.map(({ code, count }) => `${count} ${code}`).join(", ");
    lines.push(`  refused    ${codes}   seamcut plan`, "");
  }
  lines.push(...table("by owner", status.byOwner, paint));
  lines.push(...table("by module", status.byModule, paint));
  lines.push(...table("by edge", status.byEdge, paint));
  lines.push("  next   seamcut plan");
  return `${lines.join("\n")}\n`;
}

function trend({ history, baseline }: Status): string[] {
  if (!history) return [];
  const notes = [
    ...(history.unreadable > 0 ? [`${plural(history.unreadable, "version")} could not be read`] : []),
    ...(history.shallow ? ["the clone is shallow: what is older is not there   git fetch --unshallow"] : []),
  ];
  const line =
    history.points.length === 0
      ? `  history    ${baseline.file} is in no commit yet`
      : `  history    ${sparkline(series(history))}  ${history.points[0]?.calls} → ${history.points.at(-1)?.calls} accepted calls${change(history)}`;
  return [line, ...notes.map((note) => `             ${note}`), ""];
}

function seams({ seams: all }: Status, paint: Paint): string[] {
  if (all.length === 0) return [];
  const width = Math.max(...all.map(({ event }) => event.length));
  const rows = all
    .slice(0, ROWS)
    .map(({ event, consumer, stage }) => `  ${stage.padEnd(10)} ${event.padEnd(width)}   ${consumer}`);
  return [paint.dim(`  ${"stage".padEnd(10)} ${"event".padEnd(width)}   consumer`), ...rows, ...more(all.length), ""];
}

function kept({ kept: all }: Status, paint: Paint): string[] {
  if (all.length === 0) return [];
  const rows = all
    .slice(0, ROWS)
    .flatMap(({ id, reason, until }) => [
      `    ${id}`,
      paint.dim(`      ${reason}${until === undefined ? "" : `, until ${until}`}`),
    ]);
  return [`  kept       ${plural(all.length, "call")}`, ...rows, ...more(all.length), ""];
}

function table(title: string, counts: readonly StatusCount[], paint: Paint): string[] {
  if (counts.length === 0) return [];
  const shown = counts.slice(0, ROWS);
  const width = Math.min(44, Math.max(title.length, ...shown.map(({ name }) => name.length)));
  const row = ({ name, count, byVerdict }: StatusCount) =>
    `  ${clip(name, width).padEnd(width)} ${String(count).padStart(6)} ${String(byVerdict.event).padStart(7)}`;
  return [paint.dim(`  ${title.padEnd(width)}  calls  events`), ...shown.map(row), ...more(counts.length), ""];
}

function more(all: number): string[] {
  return all > ROWS ? [`  … and ${all - ROWS} more   seamcut status --reporter json`] : [];
}
