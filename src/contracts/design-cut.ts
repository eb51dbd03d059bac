import type {
  Blocked,
  ConsumerDesign,
  CutCall,
  CutDesign,
  EventDesign,
  Module,
  PayloadProperty,
  PlannedArgument,
  PlannedCall,
  PlannedPart,
  PropertyShape,
} from "../model/index.ts";
import { nameEvent } from "./name-event.ts";
import { camelCase, kebabCase, pascalCase } from "./words.ts";

export interface DesignOptions {
  /** Name asked for by the user, `order-placed` or `orders.order-placed`. */
  readonly event?: string;
  /** Payload property asked for as the key. */
  readonly key?: string;
  /** An event that stands in the code already, by its file; null where there is none. */
  existing(file: string): { readonly variable: string; readonly properties: readonly PropertyShape[] } | null;
  /** Effects of the consumer that stands in the code already, by its file; null where there is none. */
  existingConsumer(file: string): "database" | "external" | null;
}

/** Names, payloads and handler of a cut: everything that is decided before a line is written. */
export function designCut(
  from: Module,
  to: Module,
  planned: readonly PlannedCall[],
  options: DesignOptions,
): { readonly design: CutDesign; readonly blocked: readonly Blocked[] } {
  const blocked: Blocked[] = [];
  const calls: CutCall[] = [];
  const taken = new Set<string>();
  const effects = planned[0]?.enlist.kind === "external" ? "external" : "database";
  for (const call of planned) {
    const event = designEvent(from, call, options);
    const problem = problemOf(call, event, taken, effects, options);
    if (problem) blocked.push({ call: call.call.id, ...problem });
    else {
      taken.add(call.call.caller.symbol);
      calls.push({ planned: call, event, handlerArguments: handlerArguments(call, event) });
    }
  }
  return { design: { from: from.id, to: to.id, calls, consumer: consumerOf(to, effects, options) }, blocked };
}

function problemOf(
  call: PlannedCall,
  event: EventDesign,
  taken: ReadonlySet<string>,
  effects: ConsumerDesign["effects"],
  options: DesignOptions,
): Omit<Blocked, "call"> | null {
  if (taken.has(call.call.caller.symbol)) {
    return {
      code: "second-call-in-function",
      message: "another call of the same function is cut first",
      remedy: `cut it afterwards, with a name of its own: --call "${call.call.id}" --event <name>`,
    };
  }
  if ((call.enlist.kind === "external") !== (effects === "external")) {
    return {
      code: "second-call-in-function",
      message: "calls of this edge that work in the database and calls that work outside need a handler each",
      remedy: `cut it by itself afterwards: --call "${call.call.id}"`,
    };
  }
  return existingProblem(call, event, options.existing(event.file)?.properties ?? null);
}

/** An event that stands already is used as it is: it carries what the handler needs, and all of it is known here. */
function existingProblem(
  call: PlannedCall,
  event: EventDesign,
  there: readonly PropertyShape[] | null,
): Omit<Blocked, "call"> | null {
  if (!there) return null;
  const names = (properties: readonly { readonly name: string }[]) => properties.map(({ name }) => name).join(", ");
  const remedy = "record another event beside it: --event <name>";
  const missing = event.payload.filter(({ name }) => !there.some((property) => property.name === name));
  if (missing.length > 0)
    return { code: "event-exists", message: `${event.type} exists and does not carry ${names(missing)}`, remedy };
  // Recorded in this function already, by the cut of another edge: nothing is to be filled in.
  if (call.recorded.includes(event.variable)) return null;
  const unknown = there.filter(({ name, optional }) => !optional && !event.payload.some((each) => each.name === name));
  if (unknown.length > 0)
    return { code: "event-exists", message: `${event.type} exists and needs ${names(unknown)}, too`, remedy };
  return null;
}

function designEvent(from: Module, call: PlannedCall, options: DesignOptions): EventDesign {
  const producer = { module: from.id, symbol: call.call.caller.symbol, entities: call.ownEntities };
  const named = nameEvent(producer);
  const asked = options.event?.slice(options.event.lastIndexOf(".") + 1);
  const name = kebabCase(asked ?? named.name);
  const payload = payloadOf(call);
  const file = `${from.root}/events/${name}.event.ts`;
  const existing = options.existing(file);
  return {
    type: `${kebabCase(from.id)}.${name}`,
    typeName: pascalCase(name),
    variable: existing?.variable ?? variableOf(call, name),
    file,
    payload,
    key: options.key ?? keyOf(payload, named.subject),
    exists: existing !== null,
    sample: existing?.properties ?? payload,
  };
}

/** A caller that has a variable of that name already could not see the event. */
function variableOf(call: PlannedCall, name: string): string {
  const variable = camelCase(name);
  return call.declared.includes(variable) ? `${variable}Event` : variable;
}

/** Literals stay with the handler; the same expression twice is one property. */
function payloadOf(call: PlannedCall): PayloadProperty[] {
  const payload: PayloadProperty[] = [];
  for (const part of call.arguments.flatMap((argument) => argument.parts)) {
    if (part.isLiteral || payload.some((property) => property.expression === part.text)) continue;
    const name = uniqueName(nameOf(part), part.name, payload);
    payload.push({ name, shape: part.shape, optional: part.optional, expression: part.text });
  }
  return payload;
}

function nameOf(part: PlannedPart): string {
  if (part.word === "") return part.name;
  // `customer.id` is a customer's id, wherever it travels.
  if (/^(id|uuid|name|code|key|status|type|length|value)$/.test(part.word) && part.owner !== "")
    return camelCase(`${part.owner}-${part.word}`);
  return part.word;
}

function uniqueName(wanted: string, fallback: string, payload: readonly PayloadProperty[]): string {
  const isTaken = (name: string) => payload.some((property) => property.name === name);
  for (const name of [wanted, fallback]) if (!isTaken(name)) return name;
  for (let count = 2; ; count++) if (!isTaken(`${fallback}${count}`)) return `${fallback}${count}`;
}

/** The id of the entity that changed, else the only id there is; null: the event has no order. */
function keyOf(payload: readonly PayloadProperty[], subject: string): string | null {
  const ids = payload.filter(
    ({ name, shape, optional }) =>
      !optional && /^(id|uuid)$|I[dD]$/.test(name) && (shape.kind === "string" || shape.kind === "number"),
  );
  const own = ids.find(({ name }) => name === `${camelCase(subject)}Id`);
  return (own ?? (ids.length === 1 ? ids[0] : undefined))?.name ?? null;
}

function handlerArguments(call: PlannedCall, event: EventDesign): string[] {
  const given = call.arguments.map((argument) => argumentText(argument, event));
  if (call.enlist.kind === "external") return given;
  const index = call.enlist.index;
  const padding = Array.from({ length: Math.max(0, index - given.length) }, () => "undefined");
  return [...given, ...padding, "tx"];
}

/** The caller's argument with the payload's values in place of its own. */
function argumentText(argument: PlannedArgument, event: EventDesign): string {
  let text = "";
  let at = 0;
  for (const part of argument.parts) {
    text += argument.text.slice(at, part.start) + (part.isLiteral ? part.text : readPart(part, event));
    at = part.end;
  }
  const whole = text + argument.text.slice(at);
  const line = whole.replace(/\s*\n\s*/g, " ").replace(/,(\s*[}\]])/g, "$1");
  return whole.includes("`") ? whole : line;
}

function readPart(part: PlannedPart, event: EventDesign): string {
  const property = event.payload.find(({ expression }) => expression === part.text);
  const access = `payload.${property?.name ?? part.name}`;
  const revived = part.optional ? `${access} === undefined ? undefined : new Date(${access})` : `new Date(${access})`;
  const value = part.shape.kind === "date" ? revived : access;
  return part.isShorthand ? `${part.text}: ${value}` : value;
}

/** One consumer per consuming module; what works outside the database has one of its own beside it. */
function consumerOf(to: Module, effects: ConsumerDesign["effects"], options: DesignOptions): ConsumerDesign {
  const plain = kebabCase(to.id);
  const there = options.existingConsumer(`${to.root}/events/${plain}.consumer.ts`);
  const id = there === null || there === effects ? plain : `${plain}-${effects}`;
  return { id, className: `${pascalCase(id)}Consumer`, file: `${to.root}/events/${id}.consumer.ts`, effects };
}
