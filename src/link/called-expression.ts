import type { Expr } from "../model/index.ts";
import { importTarget } from "./imports.ts";
import type { LinkedFile, World } from "./world.ts";

/**
 * The expression whose value is called. A method that was given a name first (`const { reserve } = stock`,
 * `const reserve = stock.reserve.bind(stock)`) and `stock.reserve.call(…)` are calls of that method all the same.
 */
export function calledExpression(world: World, file: LinkedFile, callee: Expr, depth = 0): Expr {
  if (depth > 8) return callee;
  if (callee.kind === "member" && /^(call|apply)$/.test(callee.name)) {
    return isFunction(world, file, callee.object) ? calledExpression(world, file, callee.object, depth + 1) : callee;
  }
  if (callee.kind === "call") {
    const bound = methodOf(file, callee);
    return bound && isFunction(world, file, bound) ? calledExpression(world, file, bound, depth + 1) : callee;
  }
  if (callee.kind !== "name" || callee.ref.kind !== "variable") return callee;
  const variable = file.facts.variables[callee.ref.index];
  const method = variable?.constant && !variable.type ? methodOf(file, variable.init) : null;
  return method ? calledExpression(world, file, method, depth + 1) : callee;
}

/** What a variable is another name of: a method, plain or bound, or one more name. */
function methodOf(file: LinkedFile, init: Expr | undefined): Expr | null {
  if (init?.kind === "member" || init?.kind === "name") return init;
  if (init?.kind !== "call") return null;
  const callee = file.facts.calls[init.call]?.callee;
  return callee?.kind === "member" && callee.name === "bind" ? callee.object : null;
}

function isFunction(world: World, file: LinkedFile, value: Expr): boolean {
  const kind = world.valueOf(file, value)?.kind;
  return kind === "function" || kind === "signatures";
}

/** Whether what is called comes from an import of own code that leads nowhere. */
export function isMissingImport(world: World, file: LinkedFile, callee: Expr): boolean {
  let root = callee;
  while (root.kind === "member") root = root.object;
  return (
    root.kind === "name" && root.ref.kind === "import" && importTarget(world, file, root.ref.index).kind === "missing"
  );
}
