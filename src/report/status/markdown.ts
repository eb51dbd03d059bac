import { type Status, type StatusCount, VERDICTS } from "../../model/index.ts";
import { code, table } from "../markdown.ts";
import { plural } from "../paint.ts";
import { change, series, sparkline } from "./sparkline.ts";

const ROWS = 20;

/** The same for a wiki page, an issue, or a job's summary. */
export function statusMarkdown(status: Status): string {
  const { baseline, history } = status;
  const parts = [
    `## ${code(status.name)}: ${plural(status.calls, "direct call")} left`,
    VERDICTS.map((verdict) => `${status.byVerdict[verdict]} ${verdict}`).join(" · "),
    baseline.exists
      ? `${plural(baseline.calls, "call")} accepted in ${code(baseline.file)}.`
      : "There is no baseline yet.",
  ];
  if (history && history.points.length > 0) {
    parts.push(`${sparkline(series(history))} ${history.points.at(-1)?.calls} accepted calls${change(history)}`);
  }
  if (history?.unreadable) parts.push(`${plural(history.unreadable, "version")} of the baseline could not be read.`);
  if (history?.shallow) parts.push("The clone is shallow: what is older is not there.");
  parts.push(
    ...section(
      "On the way",
      ["Stage", "Event", "Consumer", "Edge"],
      status.seams.map(({ stage, event, consumer, from, to }) => [
        stage,
        code(event),
        code(consumer),
        code(`${from} → ${to}`),
      ]),
    ),
    ...section(
      "Kept",
      ["Call", "Reason", "Until"],
      status.kept.map(({ id, reason, until }) => [code(id), code(reason), until ?? ""]),
    ),
    ...section(
      "Refused",
      ["Calls", "Reason"],
      status.refused.map(({ code: why, count }) => [String(count), code(why)]),
    ),
    ...counts("By owner", "Owner", status.byOwner),
    ...counts("By module", "Module", status.byModule),
    ...counts("By edge", "Edge", status.byEdge),
  );
  return `${parts.join("\n\n")}\n`;
}

function counts(title: string, what: string, all: readonly StatusCount[]): string[] {
  const verdicts = VERDICTS.filter((verdict) => all.some(({ byVerdict }) => byVerdict[verdict] > 0));
  return section(
    title,
    [what, "Calls", ...verdicts],
    all.map(({ name, count, byVerdict }) => [
      code(name),
      String(count),
      ...verdicts.map((verdict) => String(byVerdict[verdict])),
    ]),
  );
}

function section(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const made = table(headings, rows.slice(0, ROWS));
  const hidden = rows.length > ROWS ? `\n… and ${rows.length - ROWS} more\n` : "";
  return [`### ${title}`, `${made.head}${made.rows.join("")}${hidden}`.trimEnd()];
}
