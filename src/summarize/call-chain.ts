import type { ChainStep } from "../adapters/contract.ts";
import type { CallSiteFact, Expr, FileFacts } from "../model/index.ts";
import { argumentNames, firstText } from "./call-arguments.ts";
import { nameOf } from "./name-of.ts";
import { calleeName } from "./walk/callee-name.ts";
import { PROMISE_MEMBERS } from "./walk/method-names.ts";

/** Nobody writes longer ones; and a variable may be made of itself. */
const MAX_STEPS = 60;

/** Name of what a chain of calls begins on: `orderModel` in `this.orderModel.find().limit(1)`. */
export function receiverName(facts: FileFacts, site: CallSiteFact): string {
  let current: Expr | null = site.callee.kind === "member" ? site.callee.object : null;
  for (let count = 0; current && count < MAX_STEPS; count++) {
    const before: Expr | null = objectBefore(facts, current);
    if (!before) return nameOf(facts, current);
    current = before;
  }
  return "";
}

/** What the call was made on that a value comes from; null where the value is no answer of a member. */
function objectBefore(facts: FileFacts, value: Expr): Expr | null {
  if (value.kind === "await" || value.kind === "as") return value.value;
  if (value.kind === "call") {
    const site = facts.calls[value.call];
    return site?.callee.kind === "member" && !site.isNew ? site.callee.object : null;
  }
  const init =
    value.kind === "name" && value.ref.kind === "variable" ? facts.variables[value.ref.index]?.init : undefined;
  const made = init?.kind === "await" ? init.value : init;
  const before = made?.kind === "call" ? objectBefore(facts, made) : null;
  // `const orders = mongoose.model("Order")` has a name of its own; a query that was begun before has not.
  return before && before.kind !== "name" ? before : null;
}

/** The calls that a call's receiver came from, also through a constant or a field: `const orders = db("orders")`. */
export function chainOf(facts: FileFacts, site: CallSiteFact): readonly ChainStep[] {
  const steps: ChainStep[] = [stepOf(facts, site)];
  let current: Expr | undefined = site.callee;
  for (let count = 0; current && count < MAX_STEPS; count++) {
    if (current.kind === "call") {
      const inner: CallSiteFact | undefined = facts.calls[current.call];
      if (!inner) break;
      steps.unshift(stepOf(facts, inner));
      current = inner.callee;
    } else if (current.kind === "member") {
      const { object }: Extract<Expr, { kind: "member" }> = current;
      if (object.kind === "this") current = fieldOf(facts, object.class, current.name);
      else {
        if (object.kind === "member") steps.unshift(propertyStep(object.name));
        current = object;
      }
    } else if (current.kind === "await" || current.kind === "as") current = current.value;
    else if (current.kind === "name" && current.ref.kind === "variable") {
      current = facts.variables[current.ref.index]?.init;
    } else break;
  }
  return steps;
}

function fieldOf(facts: FileFacts, owner: number, name: string): Expr | undefined {
  const { members = {}, assigned = {} } = facts.classes[owner] ?? {};
  if (Object.hasOwn(members, name) && members[name]?.init) return members[name].init;
  return Object.hasOwn(assigned, name) ? assigned[name] : undefined;
}

function stepOf(facts: FileFacts, site: CallSiteFact): ChainStep {
  const name = site.callee.kind === "member" ? site.callee.name : calleeName(facts, site);
  const written = firstText(facts, site);
  const given = { argumentNames: argumentNames(facts, site), text: written?.text ?? null, holes: written?.holes ?? [] };
  return { name, isCall: true, ...given };
}

function propertyStep(name: string): ChainStep {
  return { name, isCall: false, argumentNames: [], text: null, holes: [] };
}

const followed = new WeakMap<FileFacts, ReadonlySet<CallSiteFact>>();

/** Calls on whose answer another call stands in the same expression. */
export function followedCalls(facts: FileFacts): ReadonlySet<CallSiteFact> {
  let found = followed.get(facts);
  if (!found) {
    found = new Set(
      facts.calls.flatMap(({ callee }) => {
        if (callee.kind === "member" && PROMISE_MEMBERS.test(callee.name)) return [];
        let object = callee.kind === "member" ? callee.object : callee;
        while (object.kind === "member" || object.kind === "as")
          object = object.kind === "as" ? object.value : object.object;
        return object.kind === "call" ? (facts.calls[object.call] ?? []) : [];
      }),
    );
    followed.set(facts, found);
  }
  return found;
}
