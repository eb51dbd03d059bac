import type { CutResult, Patch, Stage } from "../model/index.ts";
import { type Paint, PLAIN, plural } from "./paint.ts";

const WHAT: Readonly<Record<Stage, (result: CutResult) => string>> = {
  foundation: () => "outbox, relay and inbox",
  contract: (result) => [...new Set(result.design.calls.map(({ event }) => event.type))].join(", "),
  consume: (result) => `${result.design.to} handles it, idle`,
  dual: () => "event recorded beside the call",
  cutover: (result) => `${result.design.to} follows the event`,
  cleanup: () => "call, import, injected service gone",
  retire: (result) => `${result.design.to} is a native subscriber`,
};

/** The series of a cut: what each patch holds, what was proven of it, what stays blocked, what to do next. */
export function cutText(result: CutResult, paint: Paint = PLAIN): string {
  const { design, patches, reached } = result;
  const events = new Set(design.calls.map(({ event }) => event.type));
  const found = reached.length === 0 ? "none" : reached.join(", ");
  const lines = [
    `${paint.bold(`${design.from} → ${design.to}`)}: ${plural(design.calls.length, "call")}, ${plural(events.size, "event")}, stages found in the code: ${found}`,
    "",
    ...eventLines(result, paint),
    "",
  ];
  const width = Math.max(0, ...patches.map((patch) => WHAT[patch.stage](result).length));
  patches.forEach((patch, index) => {
    const what = WHAT[patch.stage](result).padEnd(width);
    const proven = patch.proof.typeErrors ? paint.good("proven") : paint.bad("unproven");
    lines.push(
      `  ${String(index + 1).padStart(4, "0")}  ${patch.stage.padEnd(10)}  ${what}   ${sizeOf(patch).padEnd(12)}  ${proven}`,
    );
  });
  lines.push(
    ...(patches.length > 0
      ? ["", ...proofLines(patches, paint)]
      : ["  nothing to do: the code has all of these stages"]),
  );
  for (const each of result.blocked) {
    lines.push(
      "",
      `  blocked   ${each.call}`,
      `            ${each.code}: ${each.message}`,
      paint.dim(`            ${each.remedy}`),
    );
  }
  lines.push("", ...nextLines(result));
  return `${lines.join("\n")}\n`;
}

function eventLines(result: CutResult, paint: Paint): string[] {
  const seen = new Map(result.design.calls.map((call) => [call.event.type, call]));
  return [...seen.values()].map(({ event, planned }) => {
    const payload = event.payload.map((property) => property.name).join(", ");
    const order = event.key ? `ordered by ${event.key}` : "unordered";
    return `  ${event.type} v1  { ${payload} }  ${order}   ${paint.dim(planned.call.caller.symbol)}`;
  });
}

/** Added and removed lines, as a diff counts them. */
function sizeOf(patch: Patch): string {
  const lines = patch.mail.split("\n").slice(patch.mail.split("\n").indexOf("---") + 1);
  const added = lines.filter((line) => /^\+(?!\+\+ )/.test(line)).length;
  const removed = lines.filter((line) => /^-(?!-- )/.test(line)).length;
  return `+${added}${removed > 0 ? ` −${removed}` : ""}`;
}

function proofLines(patches: readonly Patch[], paint: Paint): string[] {
  const [first] = patches;
  const types = first?.proof.typeErrors;
  const checked = types
    ? `no new type error (tsc, ${types.before} before)`
    : "types NOT checked: no compiler or no dependencies were there";
  const tests = patches.every((patch) => patch.proof.verify === "passed") ? ", your own tests pass after each" : "";
  return [paint.dim(`  proven = applies in order, ${checked}, calls rescanned, rerun empty${tests}`)];
}

function nextLines(result: CutResult): string[] {
  if (result.applied) return ["  applied to the checkout as commits   git log"];
  const [first] = result.written;
  if (first === undefined)
    return [
      `  next   seamcut cut ${result.design.from} ${result.design.to} --stage retire   once no process with the call runs any more`,
    ];
  const folder = first.slice(0, first.lastIndexOf("/"));
  return [
    `  written to ${folder}/: nothing else was changed`,
    `  next   git am --keep-cr ${first}      one pull request each, texts beside them`,
  ];
}
