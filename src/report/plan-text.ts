import type { MigrationPlan } from "../model/index.ts";
import { type Paint, PLAIN, plural } from "./paint.ts";

/** Which edges to cut first, and what keeps the others. */
export function planText(plan: MigrationPlan, paint: Paint = PLAIN): string {
  const lines: string[] = [];
  if (plan.steps.length === 0) lines.push("no edge has a call that can become an event now", "");
  else {
    lines.push(
      paint.bold(`${plural(plan.steps.length, "edge")} with calls that can become events, cheapest first`),
      "",
    );
    plan.steps.forEach((step, index) => {
      const left = Object.entries(step.left).map(([verdict, count]) => `${count} ${verdict}`);
      lines.push(
        `  ${String(index + 1).padStart(2)}  ${step.from} → ${step.to}   ${plural(step.cut.length, "call")}   frees ${step.frees}`,
      );
      if (left.length > 0) lines.push(paint.dim(`      stays: ${left.join(", ")}`));
    });
    lines.push("");
  }
  const byCode = new Map<string, number>();
  for (const { code } of plan.blocked) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  if (byCode.size > 0) {
    lines.push(`  blocked   ${[...byCode].map(([code, count]) => `${count} ${code}`).join(", ")}`);
    for (const entry of plan.blocked.filter(({ code }) => code !== "verdict-not-event").slice(0, 8)) {
      lines.push(`    ${entry.call}`, paint.dim(`      ${entry.code}: ${entry.message}; ${entry.remedy}`));
    }
    lines.push("");
  }
  for (const ring of plan.cycles) lines.push(`  ring      ${ring.join(" ↔ ")}`);
  if (plan.cycles.length > 0) lines.push("");
  const first = plan.steps[0];
  lines.push(
    first
      ? `  next      seamcut cut ${first.from} ${first.to}`
      : "  next      seamcut scan --reporter json   lists every call with its reasons",
  );
  return `${lines.join("\n")}\n`;
}
