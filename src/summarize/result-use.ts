import type { CallTarget, Expr, FileFacts, FunctionFact, TypeExpr } from "../model/index.ts";
import { ofFunction } from "./by-function.ts";
import { givesPromise } from "./gives-promise.ts";
import { leafEffect } from "./leaves.ts";
import type { Analysis } from "./summary.ts";
import type { CallVisit, FileWalk, Use } from "./walk/visits.ts";

export interface ResultUse {
  readonly used: boolean;
  readonly onlyToRefuse: boolean;
}

/** What becomes of a call's value, by the rubric: a `return` counts as use unless somebody declared it void. */
export function resultUse(analysis: Analysis, file: FileFacts, visit: CallVisit, target: CallTarget): ResultUse {
  const walk = analysis.walks.get(file.path);
  if (visit.use.kind === "discarded") return { used: false, onlyToRefuse: false };
  const judge: Judge = { analysis, file, walk: walk ?? null };
  if (visit.use.kind === "returned") {
    const isVoid = returnsNothing(file.functions[visit.function]) || calleeIsVoid(analysis, target);
    return { used: !isVoid, onlyToRefuse: !isVoid && callersOnlyRefuse(judge, visit.function, 0) };
  }
  // A promise that a wrapper takes care of, where nobody looks at what the wrapper gives.
  if (visit.use.kind === "passed" && visit.use.result.kind === "discarded") {
    return { used: !mayGivePromise(analysis, target), onlyToRefuse: false };
  }
  const onlyToRefuse = onlyRefuses(judge, visit.use, 0);
  const unread = visit.use.kind === "bound" && walk !== undefined && isNeverRead(file, walk, visit.use);
  return { used: !unread, onlyToRefuse };
}

function isNeverRead(file: FileFacts, walk: FileWalk, use: Extract<Use, { kind: "bound" }>): boolean {
  const variables = boundVariables(file, use);
  return variables.every((variable) => (walk.uses.get(variable)?.length ?? 0) === 0 && isLocal(file, variable));
}

/** A variable of the module may be exported; only local ones are known to be unread. */
function isLocal(file: FileFacts, variable: number): boolean {
  return !Object.values(file.topValues).some((ref) => ref.kind === "variable" && ref.index === variable);
}

/** The variables that hold the value: for an element of a destructured array, the ones at its place, if any. */
function boundVariables(file: FileFacts, use: Extract<Use, { kind: "bound" }>): number[] {
  if (use.element === undefined) return [use.variable];
  const isWhole = (value: Expr | undefined): boolean =>
    value?.kind === "name" && value.ref.kind === "variable" && value.ref.index === use.variable;
  const isPart = (init: Expr | undefined): boolean => {
    if (init?.kind === "element") return init.index === use.element && isWhole(init.of);
    // `const [first = 0, ...others]`: with a default; the others are bound to the whole.
    return init?.kind === "logical" ? isPart(init.left) : isWhole(init?.kind === "spread" ? init.value : init);
  };
  const parts = file.variables.flatMap((variable, index) => (isPart(variable.init) ? [index] : []));
  // `const results = await Promise.all([...])` keeps the whole array; a destructured one has no name.
  return parts.length > 0 || file.variables[use.variable]?.name === null ? parts : [use.variable];
}

interface Judge {
  readonly analysis: Analysis;
  readonly file: FileFacts;
  readonly walk: FileWalk | null;
}

function onlyRefuses(judge: Judge, use: Use, depth: number): boolean {
  if (use.kind === "test") return use.refuses;
  if (depth > 6) return false;
  if (use.kind === "passed") return !hasEffect(judge, use.call) && onlyRefuses(judge, use.result, depth + 1);
  if (use.kind !== "bound") return false;
  const variables = boundVariables(judge.file, use);
  const uses = variables.flatMap((variable) => judge.walk?.uses.get(variable) ?? []);
  // What the error says of it is no use of its own, and no test either.
  const others = uses.filter((inner) => !isThrown(inner));
  return others.length > 0 && others.every((inner) => onlyRefuses(judge, inner, depth + 1));
}

function isThrown(use: Use): boolean {
  return use.kind === "thrown" || (use.kind === "passed" && isThrown(use.result));
}

/** Whether a call reads or writes anything: then what it is given has a further use. */
function hasEffect({ analysis, file }: Judge, call: number): boolean {
  const site = file.calls[call];
  const target = analysis.graph.targets[file.path]?.[call];
  if (!site || !target) return true;
  const leaf = leafEffect(file, site, target);
  if (leaf && leaf.effect !== "none") return true;
  return target.bodies.some((body) => {
    const summary = ofFunction(analysis.summaries, body);
    return !summary || summary.writes.size > 0 || summary.reads.size > 0;
  });
}

/** Whether everybody who calls a function only looks at its answer to refuse: `if (await this.isTaken(name)) throw`. */
function callersOnlyRefuse({ analysis, file }: Judge, index: number, depth: number): boolean {
  const callers = ofFunction(analysis.callers, { file: file.path, index }) ?? [];
  return (
    callers.length > 0 &&
    callers.every(({ file: path, visit }) => {
      const home = analysis.facts.get(path);
      const judge = home && { analysis, file: home, walk: analysis.walks.get(path) ?? null };
      return judge !== undefined && onlyRefuses(judge, visit.use, depth + 1);
    })
  );
}

function mayGivePromise({ facts }: Analysis, { bodies }: CallTarget): boolean {
  return bodies.every((body) => givesPromise(facts.get(body.file)?.functions[body.index]));
}

function returnsNothing(fn: FunctionFact | undefined): boolean {
  return fn?.returns !== undefined && isVoid(fn.returns);
}

function isVoid(type: TypeExpr): boolean {
  if (type.kind === "keyword") return type.name === "void" || type.name === "never";
  const isPromise = type.kind === "ref" && type.ref.kind === "global" && type.ref.name === "Promise";
  return isPromise && type.args?.length === 1 && type.args[0] !== undefined && isVoid(type.args[0]);
}

function calleeIsVoid(analysis: Analysis, target: CallTarget): boolean {
  if (target.bodies.length === 0) return false;
  return target.bodies.every((body) => {
    const fn = analysis.facts.get(body.file)?.functions[body.index];
    return fn !== undefined && (fn.returns ? isVoid(fn.returns) : fn.returned.length === 0);
  });
}
