import { type CheckReport, type Finding, type FindingKind, formatLocation } from "../../model/index.ts";
import { mermaid } from "../graph/mermaid.ts";
import { code, table } from "../markdown.ts";
import { plural } from "../paint.ts";
import { touchedEdges } from "./edges.ts";
import { calleeNames, counted, headline, notedSeverity, ofKind } from "./findings.ts";
import { KIND_ORDER, KINDS } from "./kinds.ts";
import { teamTable } from "./teams.ts";

export interface MarkdownOptions {
  /** Room for the text, in the measure of `sizeOf`. */
  readonly room: number;
  readonly sizeOf: (text: string) => number;
  readonly mentionOwners: boolean;
}

/** Shown closed: they need no answer. */
const QUIET: ReadonlySet<FindingKind> = new Set(["renamed", "gone", "kept"]);

/** A larger picture is a hairball. */
const MOST_EDGES = 30;

const MOST_TEAMS = 20;

/** What the last line takes, which says how much is missing. */
const RESERVE = 160;

/** What a check found, as Markdown for a pull request: what changed, the balance, the edges, the teams, then each finding. */
export function markdownBody(report: CheckReport, options: MarkdownOptions): string {
  const { room, sizeOf } = options;
  let text = opening(report);
  let left = room - RESERVE - sizeOf(text);
  const add = (more: string, mustLeave = 0) => {
    if (sizeOf(more) > left - mustLeave) return false;
    text += more;
    left -= sizeOf(more);
    return true;
  };
  add(picture(report), left / 2);
  add(teams(report), left / 2);
  let hidden = 0;
  for (const kind of KIND_ORDER) {
    const { head, rows, foot } = section(kind, report, options);
    const fits = rows.length > 0 && add(head, sizeOf(foot));
    const shown = fits ? rows.findIndex((row) => !add(row, sizeOf(foot))) : 0;
    if (fits) add(foot);
    hidden += shown < 0 ? 0 : rows.length - shown;
  }
  return hidden === 0
    ? text
    : `${text}\n${plural(hidden, "more finding")} not shown here for want of room: \`seamcut check --reporter json\`\n`;
}

function opening(report: CheckReport): string {
  const { result, baseline, since, known, exitCode } = report;
  const stays = known.length + ofKind(report, "renamed").length;
  const gone = baseline.calls - stays;
  const added = result.calls.length - stays;
  const compared = since ? ` Compared with ${code(since.ref)} (${code(since.commit.slice(0, 12))}).` : "";
  const accepted = baseline.exists ? "" : " There is no baseline yet: `seamcut baseline` accepts what is there.";
  return [
    `### seamcut: ${headline(report)}`,
    "",
    `The check ${exitCode === 1 ? "**fails**" : "passes"}.${compared}${accepted}`,
    "",
    "| calls in the baseline | gone | added | calls now |",
    "| ---: | ---: | ---: | ---: |",
    `| ${baseline.calls} | ${gone > 0 ? `−${gone}` : gone} | ${added > 0 ? `+${added}` : added} | ${result.calls.length} |`,
    "",
  ].join("\n");
}

function picture(report: CheckReport): string {
  const edges = touchedEdges(report);
  return edges.length === 0 ? "" : `\n\`\`\`mermaid\n${mermaid(edges, MOST_EDGES)}\`\`\`\n`;
}

function teams(report: CheckReport): string {
  const found = teamTable(report, MOST_TEAMS);
  if (found.rows.length === 0) return "";
  const { head, rows } = table(
    found.headings,
    found.rows.map(([team = "", ...counts]) => [code(team), ...counts]),
  );
  const rest = found.hidden > 0 ? `\n… and ${plural(found.hidden, "more team")}\n` : "";
  return `\n${head}${rows.join("")}${rest}`;
}

interface Section {
  readonly head: string;
  readonly rows: readonly string[];
  readonly foot: string;
}

function section(kind: FindingKind, report: CheckReport, options: MarkdownOptions): Section {
  const findings = ofKind(report, kind);
  const names = calleeNames(report);
  const { head, rows } = table(
    ["Edge", "Call", "Place", "Verdict", "Severity", "Note", "Owners"],
    findings.map((finding) => cells(finding, names, options)),
  );
  const title = counted(kind, findings.length);
  const help = `${KINDS[kind].help}\n\n${head}`;
  if (!QUIET.has(kind)) return { head: `\n#### ${title}\n\n${help}`, rows, foot: "" };
  return { head: `\n<details><summary>${title}</summary>\n\n${help}`, rows, foot: "\n</details>\n" };
}

function cells(finding: Finding, names: ReadonlyMap<string, string>, { mentionOwners }: MarkdownOptions): string[] {
  const { kind, id, location, from, to, verdict, was, reason, owners, message } = finding;
  const call = names.get(id) ?? (kind === "gone" ? id : message);
  const notes = [
    finding.code ?? "",
    was === undefined ? "" : `was ${code(was)}`,
    reason === undefined ? "" : code(reason),
  ];
  const isTeam = (owner: string) => mentionOwners && /^@[\w.-]+(\/[\w.-]+)*$/.test(owner);
  return [
    from && to ? `${code(from)} → ${code(to)}` : "",
    code(call),
    location ? code(formatLocation(location)) : "",
    verdict ?? "",
    notedSeverity(finding),
    notes.filter((note) => note !== "").join(", "),
    owners.map((owner) => (isTeam(owner) ? owner : code(owner))).join(", "),
  ];
}
