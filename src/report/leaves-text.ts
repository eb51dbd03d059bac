import { formatLocation, type Leaf } from "../model/index.ts";
import { clip, type Paint, PLAIN } from "./paint.ts";

const SHOWN = 20;

/** The functions that most verdicts rest on, with what each is taken to do. */
export function leavesText(leaves: readonly Leaf[], paint: Paint = PLAIN): string {
  if (leaves.length === 0) return "no verdict rests on a single function\n";
  const shown = leaves.slice(0, SHOWN);
  const width = Math.max(4, ...shown.map((leaf) => clip(leaf.id, 60).length));
  const rows = shown.map((leaf) => {
    const what = `${leaf.effect} ${leaf.what}`;
    return `  ${String(leaf.calls).padStart(5)}  ${clip(leaf.id, 60).padEnd(width)}  ${clip(what, 28).padEnd(28)}  ${formatLocation(leaf.location)}`;
  });
  const more = leaves.length > SHOWN ? [`  … and ${leaves.length - SHOWN} more, in --reporter json`] : [];
  const first = leaves[0]?.id ?? "";
  return `${[
    paint.dim(`  calls  ${"rest on".padEnd(width)}  ${"which is taken to".padEnd(28)}  at`),
    ...rows,
    ...more,
    "",
    "  If one of them is taken for something it is not, say so in seamcut.config.json:",
    `    "leaves": [{ "match": ${JSON.stringify(first)}, "effect": "none", "reason": "…" }]`,
    '  effect is one of write, read, publish, none; "refuses": false says that it never vetoes its caller',
  ].join("\n")}\n`;
}
