import type { Statement } from "../../model/index.ts";
import { isRefusal } from "../refusal.ts";
import { contains, reacts, rejects } from "./failures.ts";
import type { Use } from "./visits.ts";
import { DISCARDED, type Place, THROWN, USED, type Walker } from "./walker.ts";

export function visitStatements(walker: Walker, statements: readonly Statement[], place: Place): void {
  const last = statements[statements.length - 1];
  const goingOn = statements.length > 1 ? { ...place, goesOn: true, loopGoesOn: true } : place;
  for (const statement of statements) visitStatement(walker, statement, statement === last ? place : goingOn);
}

function visitStatement(walker: Walker, statement: Statement, place: Place): void {
  switch (statement.kind) {
    case "expression":
      walker.visit(statement.value, DISCARDED, place);
      return;
    case "variable": {
      const init = walker.facts.variables[statement.variable]?.init;
      if (init) walker.visit(init, { kind: "bound", variable: statement.variable }, place);
      return;
    }
    case "return":
      // A promise that is returned is its receiver's to wait for; a callback's goes where its call's value goes.
      if (statement.value) {
        const awaited = walker.inherited.get(place.function)?.awaited ?? true;
        walker.visit(statement.value, returnUse(walker, place), place, awaited);
      }
      return;
    case "throw":
      walker.throws.push({ ...place.context, at: statement.at, function: place.function });
      walker.visit(statement.value, THROWN, place);
      return;
    case "if": {
      const refuses = isRefusal(walker.facts, statement.yes) || isRefusal(walker.facts, statement.no);
      walker.visit(statement.test, { kind: "test", refuses }, place);
      visitStatements(walker, statement.yes, place);
      visitStatements(walker, statement.no, place);
      return;
    }
    case "loop": {
      // A `return` ends the rounds that are to come; a `continue` at the end of a round skips nothing.
      const inside = { ...place, context: { ...place.context, inLoop: true }, goesOn: true, loopGoesOn: false };
      for (const part of statement.header) walker.visit(part, USED, place);
      visitStatements(walker, statement.body, inside);
      return;
    }
    case "try":
      visitTry(walker, statement, place);
      return;
    case "switch":
      walker.visit(statement.value, USED, place);
      for (const part of statement.cases) {
        if (part.test) walker.visit(part.test, USED, place);
        visitStatements(walker, part.body, place);
      }
      return;
    case "block":
      visitStatements(walker, statement.body, place);
      return;
    default:
  }
}

function visitTry(walker: Walker, statement: Extract<Statement, { kind: "try" }>, place: Place): void {
  const { handler } = statement;
  let context = place.context;
  if (handler) {
    const throws = contains(handler.body, (inner) => inner.kind === "throw");
    const swallows = !throws && !rejects(walker.facts, handler.body);
    context = {
      ...context,
      caught: context.caught || swallows,
      answered:
        context.answered || (swallows && (reacts(walker.facts, handler.body, place) || notesSuccess(statement.block))),
      tryAt: statement.at,
    };
  }
  visitStatements(walker, statement.block, { ...place, context });
  if (handler) visitStatements(walker, handler.body, { ...place, context: { ...place.context, inCatch: true } });
  visitStatements(walker, statement.finalizer, place);
}

/** `await rebuild(); isRebuilt = true;`: what comes after the `try` knows whether it went well. */
function notesSuccess(block: readonly Statement[]): boolean {
  return contains(block, (inner) => inner.kind === "expression" && inner.value.kind === "assign");
}

/** A value returned by a callback that runs in place is used as the callback's result is. */
function returnUse(walker: Walker, place: Place): Use {
  return walker.inherited.get(place.function)?.use ?? { kind: "returned" };
}
