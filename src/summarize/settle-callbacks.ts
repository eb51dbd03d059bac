import type { CallGraph, CallTarget, Expr, FileFacts, FunctionId } from "../model/index.ts";
import { nameOf } from "./name-of.ts";
import { rootOf } from "./state.ts";
import { KEEPS } from "./walk/method-names.ts";
import type { FileWalk } from "./walk/visits.ts";

interface Code {
  readonly graph: CallGraph;
  readonly walks: ReadonlyMap<string, FileWalk>;
  readonly facts: ReadonlyMap<string, FileFacts>;
}

/**
 * The walks with what only the call graph can tell: a function given to own code runs as part of the caller only where
 * that code calls it. Where it is kept for later, or wrapped into another function, nothing has run yet.
 */
export function settleCallbacks(code: Code): ReadonlyMap<string, FileWalk> {
  const settled = new Map<string, FileWalk>();
  for (const [path, walk] of code.walks) {
    const file = code.facts.get(path);
    const running = [...walk.runsIn].filter(([inner]) => file === undefined || runs(code, file, inner));
    settled.set(path, running.length === walk.runsIn.size ? walk : { ...walk, runsIn: new Map(running) });
  }
  return settled;
}

function runs(code: Code, file: FileFacts, inner: number): boolean {
  const context = file.functions[inner]?.context;
  if (context?.kind !== "argument") return true;
  const target = code.graph.targets[file.path]?.[context.call];
  if (target === undefined) return true;
  if (target.bodies.length === 0 && isMaker(code, file, context.call)) return false;
  return mayRun(code, target, context.index, 0);
}

/**
 * Functions of a library that make another function, or a thing that holds it: `createMiddleware(async (context) => …)`.
 * What they are given runs when that is called.
 */
const MAKES = /^(create|define|make|compose|curry|debounce|throttle|memoize|memoise|once)([A-Z_]|$)/;

function isMaker(code: Code, file: FileFacts, call: number): boolean {
  const site = file.calls[call];
  if (!site || site.isNew || !MAKES.test(nameOf(file, site.callee))) return false;
  const visit = code.walks.get(file.path)?.calls.find((one) => one.call === call);
  if (!visit || visit.use.kind === "discarded") return false;
  // `return` waits as well, in a function that gives a promise.
  return !visit.awaited || (visit.use.kind === "returned" && !file.functions[visit.function]?.async);
}

function mayRun(code: Code, { bodies }: CallTarget, argument: number, depth: number): boolean {
  return bodies.length === 0 || bodies.some((body) => callsParameter(code, body, argument, depth));
}

/**
 * Whether a body may call what it is given. It does not where each time that it names it, it puts it away, names it in
 * a function that has not run, or hands it to own code that does one of these; anything else may run it.
 */
function callsParameter(code: Code, body: FunctionId, argument: number, depth: number): boolean {
  const file = code.facts.get(body.file);
  const walk = code.walks.get(body.file);
  const parameter = file?.functions[body.index]?.parameters[argument];
  const variable = file?.variables[parameter ?? -1];
  // A parameter that is taken apart, or stands for several, is not followed.
  if (!file || !walk || parameter === undefined || variable?.name == null || depth > 3) return true;
  const isIt = (value: Expr): boolean =>
    value.kind === "name" && value.ref.kind === "variable" && value.ref.index === parameter;
  let kept = 0;
  for (const visit of walk.calls) {
    const site = file.calls[visit.call];
    const target = code.graph.targets[file.path]?.[visit.call];
    if (!site || !target) continue;
    const hasNotRun = rootOf(walk, visit.function) !== body.index;
    const isCalled = isIt(site.callee) || (site.callee.kind === "member" && isIt(site.callee.object));
    if (isCalled && hasNotRun) kept++;
    const putsAway = site.callee.kind === "member" && KEEPS.test(site.callee.name);
    site.args.forEach((value, index) => {
      if (isIt(value) && (hasNotRun || putsAway || !mayRun(code, target, index, depth + 1))) kept++;
    });
  }
  return kept < (walk.uses.get(parameter)?.length ?? 0);
}
