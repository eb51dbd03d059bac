import type { Expr } from "../../model/index.ts";
import type { StateVisit, Use } from "./visits.ts";
import { addUse, type Place, USED, type Walker } from "./walker.ts";

/** How a piece of state changes. */
type Change = Pick<StateVisit, "call" | "source" | "clears" | "consumes" | "counts" | "use">;

const NO_CHANGE: Change = { call: -1, source: -1, clears: false, consumes: false, counts: false, use: USED };

export function noteName(walker: Walker, value: Extract<Expr, { kind: "name" }>, use: Use, place: Place): void {
  if (value.ref.kind !== "variable") return;
  addUse(walker, value.ref.index, use);
  const variable = walker.facts.variables[value.ref.index];
  if (variable?.name && walker.topVariables.has(value.ref.index) && !variable.constant) {
    walker.states.push({
      function: place.function,
      class: -1,
      name: variable.name,
      at: value.at,
      write: false,
      ...NO_CHANGE,
      use,
    });
  }
}

/** `this.x`, read or changed. */
export function noteMember(
  walker: Walker,
  value: Extract<Expr, { kind: "member" }>,
  place: Place,
  change: Change | null = null,
  use: Use = USED,
): void {
  if (value.object.kind !== "this" || value.object.class < 0) return;
  const { class: owner } = value.object;
  const { name, at } = value;
  const how = change ?? { ...NO_CHANGE, use };
  walker.states.push({ function: place.function, class: owner, name, at, write: change !== null, ...how });
}

/** `this`, or a parameter, that an assignment's target hangs on. */
function changesGiven(walker: Walker, target: Expr): boolean {
  if (target.kind !== "member" && target.kind !== "index") return false;
  const { object } = target;
  if (object.kind === "this") return true;
  if (object.kind === "name" && object.ref.kind === "variable") {
    return walker.facts.variables[object.ref.index]?.parameter !== undefined;
  }
  return changesGiven(walker, object);
}

export function visitAssign(walker: Walker, value: Extract<Expr, { kind: "assign" }>, use: Use, place: Place): void {
  if (changesGiven(walker, value.target)) walker.changing.add(place.function);
  noteWrite(walker, value.target, place, {
    call: -1,
    source: callOf(value.value),
    clears: isNothing(value.value),
    consumes: !/^(=|\?\?=|\|\|=)$/.test(value.operator),
    counts: value.operator === "++",
    use,
  });
  if (value.target.kind === "name" && value.target.ref.kind === "variable") {
    const variable = value.target.ref.index;
    walker.visit(value.value, { kind: "bound", variable }, place);
    return;
  }
  if (value.target.kind === "index") walker.visit(value.target.key, USED, place);
  walker.visit(value.value, USED, place);
}

/** The call that a value comes from: `await load() ?? []`. */
function callOf(value: Expr): number {
  if (value.kind === "call") return value.call;
  if (value.kind === "await" || value.kind === "as") return callOf(value.value);
  return value.kind === "logical" ? callOf(value.left) : -1;
}

/** `this.x = …`, `this.x.y = …`, `this.x[k] = …` and assignments to variables of the module change state. */
export function noteWrite(walker: Walker, target: Expr, place: Place, change: Change): void {
  if (target.kind === "name") {
    if (target.ref.kind !== "variable" || !walker.topVariables.has(target.ref.index)) return;
    const name = walker.facts.variables[target.ref.index]?.name;
    if (name) walker.states.push({ function: place.function, class: -1, name, at: target.at, write: true, ...change });
  } else if (target.kind === "member") {
    if (target.object.kind === "this") noteMember(walker, target, place, change);
    else noteWrite(walker, target.object, place, { ...change, clears: false });
  } else if (target.kind === "index") noteWrite(walker, target.object, place, { ...change, clears: false });
}

function isNothing(value: Expr): boolean {
  if (value.kind === "literal") return value.value === null;
  return value.kind === "name" && value.ref.kind === "global" && value.ref.name === "undefined";
}
