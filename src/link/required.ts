import type { Expr } from "../model/index.ts";
import type { LinkedFile, World } from "./world.ts";

/** The own file behind `require("../billing")`; null for anything else. */
export function requiredFile(world: World, file: LinkedFile, value: Expr | undefined): LinkedFile | null {
  const site = value?.kind === "call" ? file.facts.calls[value.call] : undefined;
  const isRequire =
    site?.callee.kind === "name" && site.callee.ref.kind === "global" && site.callee.ref.name === "require";
  const specifier = isRequire ? site.args[0] : undefined;
  if (specifier?.kind !== "literal" || typeof specifier.value !== "string") return null;
  return world.resolve(file, specifier.value) ?? null;
}
