import {
  type AnalysisResult,
  type ClassifiedCall,
  type Evidence,
  formatLocation,
  type Location,
  type Reason,
  type ReasonCode,
} from "../model/index.ts";
import { codeFrame, type LineOf } from "./code-frame.ts";
import { leavesOf } from "./leaves-of.ts";
import { OTHERWISE } from "./otherwise.ts";
import { type Paint, PLAIN, plural } from "./paint.ts";

const HEADLINE: Readonly<Record<ClassifiedCall["verdict"], string>> = {
  event: "can be replaced by an event recorded with the caller's change",
  command: "changes something, and the caller needs the outcome now",
  query: "reads, and the value is used",
  guard: "is there to say no, and must stay in front of the change",
  pure: "computes from its arguments only",
  unknown: "cannot be judged from the code that was found",
};

const WATCH: readonly ReasonCode[] = [
  "in-transaction",
  "in-loop",
  "request-context",
  "shares-transaction",
  "published-before-commit",
  "published-without-outbox",
  "publish-failure-swallowed",
  "unhandled-rejection",
];

/** Everything known about one call: the verdict, the evidence with its code, what to watch, what would change it. */
export function explainText(
  result: AnalysisResult,
  call: ClassifiedCall,
  lineOf: LineOf,
  paint: Paint = PLAIN,
): string {
  const { location, facts } = call;
  const why = call.reasons.filter((reason) => !WATCH.includes(reason.code));
  const watch = call.reasons.filter((reason) => WATCH.includes(reason.code));
  const frame = (at: Location, indent: string) => codeFrame(at, lineOf, paint.mark, indent);
  // The call's own line stands above; each other place is shown once.
  const shown = new Set([formatLocation(location)]);
  const withFrame = (reason: Reason): string[] => {
    const place = formatLocation(reason.location);
    const isNew = !shown.has(place);
    shown.add(place);
    return [line(reason), ...(isNew ? frame(reason.location, "      ") : [])];
  };
  const lines = [
    `${paint.bold(`${call.from} → ${call.to}`)}   ${call.callee.symbol}   ${formatLocation(location)}`,
    "",
    `  ${paint.bold(call.verdict)}, confidence ${call.confidence}: ${HEADLINE[call.verdict]}.`,
    "",
    ...frame(location, "  "),
    "",
    "  why",
    ...why.flatMap(withFrame),
    ...chain("writes through", facts.evidence.write),
    ...chain("reads through", facts.effect === "read" ? facts.evidence.read : undefined),
    ...chain("refuses through", facts.evidence.veto),
    ...(watch.length > 0 ? ["  watch", ...watch.flatMap(withFrame)] : []),
    ...chain("reaches the request through", facts.evidence.request),
    "",
    `  it would be ${OTHERWISE[call.verdict]}`,
    ...others(result, call),
    `  reached through     ${call.via}`,
    `  strategies          ${call.strategies.join(", ") || "none"}${call.verdict === "event" ? `   seamcut cut ${call.from} ${call.to} --call "${call.id}"` : ""}`,
    `  id                  ${call.id}`,
  ];
  return `${lines.join("\n")}\n`;
}

function line(reason: Reason): string {
  return `  · ${reason.message.padEnd(60)} ${formatLocation(reason.location)}`;
}

function chain(label: string, evidence: Evidence | undefined): string[] {
  if (!evidence || evidence.path.length < 2) return [];
  return [`    ${label}: ${evidence.path.join(" → ")}`];
}

/** How many other calls a mistake at one of its leaves would spoil as well. */
function others(result: AnalysisResult, call: ClassifiedCall): string[] {
  const shared = leavesOf(result, call).filter((leaf) => leaf.calls > 1);
  return shared.map(
    (leaf) => `  same leaf decides   ${plural(leaf.calls - 1, "other call")} (${leaf.id}, ${leaf.effect} ${leaf.what})`,
  );
}
