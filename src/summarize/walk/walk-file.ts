import type { FileFacts } from "../../model/index.ts";
import { visit } from "./expressions.ts";
import { visitStatements } from "./statements.ts";
import type { FileWalk } from "./visits.ts";
import { PLAIN, USED, type Walker } from "./walker.ts";

/** Walks every function of a file once and notes how each call, throw and piece of state is used. */
export function walkFile(facts: FileFacts): FileWalk {
  const walker: Walker = {
    facts,
    calls: [],
    throws: [],
    states: [],
    uses: new Map(),
    runsIn: new Map(),
    handles: new Set(),
    changing: new Set(),
    inherited: new Map(),
    topVariables: new Set(
      Object.values(facts.topValues).flatMap((ref) => (ref.kind === "variable" ? [ref.index] : [])),
    ),
    visit: (value, use, place, awaited) => visit(walker, value, use, place, awaited),
  };
  visitStatements(walker, facts.body, { function: -1, context: PLAIN });
  for (const fact of facts.classes) {
    for (const member of [...Object.values(fact.members), ...Object.values(fact.statics)]) {
      if (member.init) walker.visit(member.init, USED, { function: -1, context: PLAIN });
    }
    for (const decorator of fact.decorators) {
      for (const argument of decorator.args) walker.visit(argument, USED, { function: -1, context: PLAIN });
    }
  }
  // Enclosing functions come first in the facts, so a callback's context is known before it is walked.
  facts.functions.forEach((fn, index) => {
    for (const parameter of fn.parameters) {
      const init = facts.variables[parameter]?.init;
      if (init) walker.visit(init, USED, { function: index, context: PLAIN });
    }
    if (!fn.body) return;
    const transactional = fn.decorators.some((decorator) => /^(Transactional|Transaction)$/.test(decorator.name));
    const context = walker.inherited.get(index)?.context ?? PLAIN;
    visitStatements(walker, fn.body, {
      function: index,
      context: transactional ? { ...context, inTransaction: true } : context,
    });
  });
  return walker;
}
