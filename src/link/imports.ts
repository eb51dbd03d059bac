import { requiredFile } from "./required.ts";
import type { LinkedFile, Target, World } from "./world.ts";

/** What the import at `index` of `file` stands for. */
export function importTarget(world: World, file: LinkedFile, index: number): Target {
  const cached = file.importCache[index];
  if (cached) return cached;
  const target = findTarget(world, file, index);
  // What is missing may only be so because barrels that go in circles are still being looked through.
  if (target.kind !== "missing") file.importCache[index] = target;
  return target;
}

function findTarget(world: World, file: LinkedFile, index: number): Target {
  const fact = file.facts.imports[index];
  if (!fact) return { kind: "missing" };
  const target = world.resolve(file, fact.specifier);
  if (target === null) return { kind: "library", package: fact.specifier, name: fact.name };
  if (target === undefined) return generatedClient(fact.specifier, fact.name);
  if (fact.name === "*") return { kind: "namespace", file: target };
  return exportTarget(world, target, fact.name) ?? { kind: "missing" };
}

/** Code that a generator writes is often absent from disk; its names are then as opaque as a library's. */
function generatedClient(specifier: string, name: string): Target {
  const isGenerated = /(^|[/._-])(__generated__|generated|gen|prisma)([/._-]|$)/i.test(specifier);
  return isGenerated ? { kind: "library", package: specifier, name } : { kind: "missing" };
}

/** What `file` exports under `name`, through re-exports and `export *`. */
export function exportTarget(world: World, file: LinkedFile, name: string): Target | null {
  const cached = file.exportCache.get(name);
  if (cached !== undefined) return cached;
  file.exportCache.set(name, null); // ends cycles of barrels
  const target = findExport(world, file, name);
  file.exportCache.set(name, target);
  return target;
}

function findExport(world: World, file: LinkedFile, name: string): Target | null {
  const { facts } = file;
  const fact = facts.exports[name] ?? (name === "default" || name === "export=" ? facts.exports["export="] : undefined);
  if (fact?.kind === "value") return { kind: "own", file, value: fact.ref };
  if (fact?.kind === "import") return importTarget(world, file, fact.import);
  if (fact) {
    const value = facts.topValues[fact.name];
    const type = facts.topTypes[fact.name];
    if (value?.kind === "import") return importTarget(world, file, value.index);
    return value || type ? { kind: "own", file, ...(value && { value }), ...(type && { type }) } : null;
  }
  if (name === "default") return null;
  const whole = reexported(world, file);
  if (whole) return exportTarget(world, whole, name);
  let library: Target | null = null;
  for (const specifier of facts.exportStars) {
    const target = world.resolve(file, specifier);
    if (target) {
      const found = exportTarget(world, target, name);
      if (found && found.kind !== "library") return found;
      library ??= found;
    } else if (target === null) library ??= { kind: "library", package: specifier, name };
  }
  return library;
}

/** `module.exports = require("./orders")`: everything of another file. */
function reexported(world: World, file: LinkedFile): LinkedFile | null {
  const { facts } = file;
  const fact = facts.exports["export="];
  const ref = fact?.kind === "value" && fact.ref.kind === "variable" ? fact.ref : null;
  return ref ? requiredFile(world, file, facts.variables[ref.index]?.init) : null;
}
