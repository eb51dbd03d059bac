import { type AnalysisResult, type MigrationPlan, VERDICTS, type Verdict } from "../model/index.ts";
import { moduleRows } from "./module-rows.ts";
import { clip, type Paint, PLAIN, plural } from "./paint.ts";

const MEANING: Readonly<Record<Verdict, string>> = {
  event: "can become an event: nobody waits for the outcome",
  command: "changes something the caller waits for",
  query: "reads",
  guard: "may say no: must stay in front of the change",
  pure: "computes only",
  unknown: "the facts do not suffice",
};

const MOST_LINES = 40;

/** The first screen of a scan: at most 40 lines, the answer first, the next command last. */
export function reportText(result: AnalysisResult, plan: MigrationPlan, paint: Paint = PLAIN): string {
  const { summary } = result;
  const lines = [headline(result, paint), ""];
  lines.push(
    `  ${paint.bold(plural(summary.calls, "direct call"))} between modules, along ${plural(summary.edges, "edge")}`,
    "",
  );
  if (summary.calls > 0) lines.push(...verdictTable(result, paint), "");
  lines.push(...cheapestCuts(plan, paint));
  lines.push(...entanglement(result));
  lines.push(...foundation(result));
  lines.push(...openQuestions(result, paint));
  const next = nextCommands(result, plan);
  lines.push(...modules(result, MOST_LINES - lines.length - next.length, paint), ...next);
  return `${lines.join("\n")}\n`;
}

/** As many modules as there is room for, with what speaks for each: a wrong one makes all that follows wrong. */
function modules(result: AnalysisResult, room: number, paint: Paint): string[] {
  const rows = moduleRows(result.modules);
  // The heading, and the empty line after the last row.
  const fits = rows.length <= room - 2;
  const shown = fits ? rows : rows.slice(0, Math.max(0, room - 3));
  const more = rows.length - shown.length;
  const rest = fits ? [] : [`  … and ${more} more   seamcut scan --list-modules`];
  return rows.length === 0 ? [] : [paint.dim("  modules, and why"), ...shown, ...rest, ""];
}

function headline(result: AnalysisResult, paint: Paint): string {
  const { stack, summary } = result;
  const made = [stack.framework, stack.orm && (stack.database ? `${stack.orm} on ${stack.database}` : stack.orm)];
  const size = `${plural(summary.modules, "module")}, ${plural(summary.files, "file")}`;
  const time = summary.durationMs === undefined ? undefined : `${(summary.durationMs / 1000).toFixed(1)} s`;
  const parts = [made.filter((part) => part !== undefined).join(", "), size, time];
  return [paint.bold(stack.name), ...parts.filter((part) => part)].join(" · ");
}

function verdictTable(result: AnalysisResult, paint: Paint): string[] {
  const rows = VERDICTS.filter((verdict) => verdict !== "unknown" || result.summary.byVerdict.unknown > 0).map(
    (verdict) => {
      const count = String(result.summary.byVerdict[verdict]).padStart(7);
      return `  ${verdict.padEnd(9)}${count}   ${MEANING[verdict]}`;
    },
  );
  return [paint.dim("  verdict    calls   what it means"), ...rows];
}

function cheapestCuts(plan: MigrationPlan, paint: Paint): string[] {
  const steps = plan.steps.slice(0, 5);
  if (steps.length === 0) return ["  no call can become an event as the code stands   seamcut plan", ""];
  const width = Math.max(...steps.map((step) => step.from.length));
  const targets = Math.max(...steps.map((step) => step.to.length), 12);
  const rows = steps.map(
    (step) =>
      `  ${step.from.padEnd(width)} → ${step.to.padEnd(targets)} ${String(step.cut.length).padStart(6)}   ${clip(step.frees, 60)}`,
  );
  return [paint.dim(`  ${"cheapest cuts".padEnd(width + targets + 4)} calls   frees`), ...rows, ""];
}

function entanglement(result: AnalysisResult): string[] {
  const counts = new Map<string, number>();
  for (const call of result.calls)
    counts.set(`${call.from}\0${call.to}`, (counts.get(`${call.from}\0${call.to}`) ?? 0) + 1);
  let best: { readonly out: number; readonly back: number; readonly names: readonly string[] } | null = null;
  for (const [key, out] of counts) {
    const names = key.split("\0");
    const back = counts.get(`${names[1]}\0${names[0]}`) ?? 0;
    if (back > 0 && out >= back && (!best || out + back > best.out + best.back)) best = { out, back, names };
  }
  return best
    ? [`  most entangled   ${best.names[0]} ↔ ${best.names[1]} (${best.out} out, ${best.back} back)`, ""]
    : [];
}

/** The function that most verdicts rest on: one mistake there is that many mistakes. */
function foundation({ leaves }: AnalysisResult): string[] {
  const first = leaves[0];
  if (!first || first.calls < 2) return [];
  return [
    `  most rests on    ${first.id} (${first.effect} ${first.what}, ${first.calls} calls)   seamcut scan --leaves`,
    "",
  ];
}

function openQuestions(result: AnalysisResult, paint: Paint): string[] {
  const { unresolved } = result;
  if (unresolved.length === 0) return [];
  const byReason = new Map<string, number>();
  for (const { reason } of unresolved) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  const why = [...byReason].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  return [
    `  unresolved       ${plural(unresolved.length, "call")} whose receiver could not be told: ${paint.dim(why.slice(0, 3).join(", "))}`,
    "",
  ];
}

function nextCommands(result: AnalysisResult, plan: MigrationPlan): string[] {
  const step = plan.steps[0];
  if (result.calls.length === 0) return ['  next   name other modules   seamcut scan --modules "src/*"'];
  if (!step)
    return [
      "  next   seamcut plan",
      "         seamcut baseline        then `seamcut check` in CI keeps it from growing",
    ];
  return [
    `  next   seamcut explain "${step.cut[0] ?? ""}"`,
    `         seamcut cut ${step.from} ${step.to}`,
    "         seamcut baseline        then `seamcut check` in CI keeps it from growing",
  ];
}
