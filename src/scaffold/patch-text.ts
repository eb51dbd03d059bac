import type { Blocked, CutDesign, Stage } from "../model/index.ts";

/** What a patch says of itself: first line, and what changes in meaning, how to deploy it, how to go back. */
export interface PatchText {
  readonly subject: string;
  readonly body: string;
}

export interface PatchTextInput {
  readonly design: CutDesign;
  readonly stage: Stage;
  readonly runtime: string;
  readonly accepted: readonly Blocked[];
  /** Stages 3 to 5 in one. */
  readonly direct: boolean;
}

/** The commit message of a stage, which is the pull request's text as well. */
export function patchText(input: PatchTextInput): PatchText {
  const { design, stage } = input;
  const events = [...new Set(design.calls.map(({ event }) => event.type))].join(", ");
  const edge = `${design.from} → ${design.to}`;
  const parts = input.direct && stage === "cleanup" ? directParts(edge, events) : PARTS[stage](design, events, input);
  const sections = [
    parts.what,
    section("Meaning", parts.meaning),
    section("Deploy", parts.deploy),
    section("Back", parts.back),
    ...(stage === "dual" || stage === "cutover" || input.direct
      ? [betweenText(design), acceptedText(input.accepted), gapText(design)]
      : []),
  ];
  return { subject: parts.subject, body: sections.filter((text) => text !== "").join("\n\n") };
}

interface Parts {
  readonly subject: string;
  readonly what: string;
  readonly meaning: string;
  readonly deploy: string;
  readonly back: string;
}

const PARTS: Readonly<Record<Stage, (design: CutDesign, events: string, input: PatchTextInput) => Parts>> = {
  foundation: (_design, _events, input) => ({
    subject: "Add an outbox with relay and inbox",
    what: `Events can now be recorded in the transaction of the change they tell of, and are delivered afterwards: ${input.runtime} holds the code, one migration its tables.`,
    meaning: "none: nothing records an event yet. The relay starts with the application and finds nothing to do.",
    deploy: "the migration first, then the code, in any order with other work.",
    back: "revert; the migration's down drops the tables, which are empty.",
  }),
  contract: (design, events) => ({
    subject: `Describe ${events}`,
    what: `What ${design.from} promises to tell: type, JSON Schema, factory, and tests of them.`,
    meaning: "none: nothing records the event yet.",
    deploy: "any time.",
    back: "revert.",
  }),
  consume: (design, events) => ({
    subject: `Let ${design.to} handle ${events}`,
    what: `The handler does what the direct call does, ${
      design.consumer.effects === "database"
        ? "in the transaction that marks the message as handled"
        : "outside a transaction, at least once, with the message's id as idempotency key"
    }. It idles: its subscription is "migrating", mode "call".`,
    meaning: "none: the direct call does the work.",
    deploy: "the migration with or before the code.",
    back: "revert; the migration's down takes the subscription away.",
  }),
  dual: (design, events) => ({
    subject: `Record ${events} beside the call`,
    what: `${design.from} records the event ${recordedIn(design)}. The direct call stays where it was and does the work, as long as the switch says "call"; the event's payload is checked meanwhile.`,
    meaning:
      "none, but for the row that is written. Recording fails for nobody: a failure is counted (alarm emit-failed), and the business goes on.",
    deploy: "after the patches before it are everywhere: every running process must know the consumer.",
    back: "revert.",
  }),
  cutover: (design, events) => ({
    subject: `Let ${design.to} follow ${events}`,
    what: `One row turns the switch: from now on the handler of ${design.to} does the work, and the direct call is not made.`,
    meaning: [
      `${design.to} follows a moment later, no longer at once: whoever reads there right after the change may read the old state.`,
      `a failure in ${design.to} no longer reaches ${design.from}: it is tried again, and after the last attempt it blocks its key and alarms.`,
      "the event and the change are committed together: nothing is lost by a crash between them.",
      "events of one key arrive in the order of their commits.",
    ].join("\n- "),
    deploy: "after dual is everywhere. No code has to be deployed with it.",
    back: `no deploy: UPDATE seamcut_subscription SET mode = 'draining' WHERE consumer = '${design.consumer.id}' AND type IN (${quoted(events)}); once nothing is pending, mode = 'call'. That is what the migration's down does first.`,
  }),
  cleanup: (design, events) => ({
    subject: `Drop the direct calls of ${design.from} to ${design.to}`,
    what: `The guarded calls, their imports and the injected dependency are gone; ${events} is all that ${design.to} learns.`,
    meaning: "none against the state after cutover.",
    deploy: 'once the switch has been on "event" long enough to trust it.',
    back: "revert this patch; then the switch works again.",
  }),
  retire: (design, events) => ({
    subject: `Make ${design.to} a native subscriber of ${events}`,
    what: "Messages that carry no decision belong to the handler from now on.",
    meaning: "none.",
    deploy:
      "only when no process with the direct call runs any more; the migration refuses while undecided messages wait.",
    back: "the migration's down.",
  }),
};

/** Where the events are recorded, said as it is. */
function recordedIn(design: CutDesign): string {
  const kinds = new Set(
    design.calls.map(({ planned: { emit } }) =>
      emit.kind === "alone"
        ? emit.gap
          ? "right after its change, in a transaction of its own"
          : "in a small transaction"
        : "in the transaction of its change",
    ),
  );
  return [...kinds].join(", or ");
}

function quoted(events: string): string {
  return events
    .split(", ")
    .map((type) => `'${type}'`)
    .join(", ");
}

function directParts(edge: string, events: string): Parts {
  return {
    subject: `Replace the calls ${edge} by ${events}`,
    what: "The event is recorded with the change, the handler does the work, the direct calls are gone: dual, cutover and cleanup in one patch.",
    meaning:
      "what the call did at once happens a moment later, its failure no longer reaches the caller, and a crash loses nothing.",
    deploy: "with its migration. Processes of the old code still call directly until they are replaced.",
    back: "revert the patch, and its migration's down.",
  };
}

function section(title: string, text: string): string {
  return text.includes("\n- ") ? `${title}:\n- ${text}` : `${title}: ${text}`;
}

function acceptedText(accepted: readonly Blocked[]): string {
  if (accepted.length === 0) return "";
  return `Accepted on purpose:\n${accepted.map((each) => `- ${each.call}: ${each.code}, ${each.message}`).join("\n")}`;
}

function betweenText(design: CutDesign): string {
  const lines = design.calls
    .filter(({ planned }) => planned.between.length > 0)
    .map(
      ({ planned }) =>
        `- ${planned.call.caller.symbol} waits for ${planned.between.join(", ")} between its change and the call: where that fails, the call was not made; the event is recorded all the same.`,
    );
  return lines.length > 0 ? `Order:\n${lines.join("\n")}` : "";
}

function gapText(design: CutDesign): string {
  const gaps = design.calls.filter(({ planned }) => planned.emit.kind === "alone" && planned.emit.gap);
  if (gaps.length === 0) return "";
  const callers = gaps.map(({ planned }) => planned.call.caller.symbol).join(", ");
  return `Gap: what ${callers} writes is committed by other services before the event is recorded, in a transaction of its own. A crash in between loses the event, as it loses the call today.`;
}
