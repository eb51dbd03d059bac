import type { CallSiteFact, Expr } from "../model/index.ts";
import { objectLiterals } from "./object-literals.ts";
import { injectionPoints, tokenKey } from "./tokens.ts";
import { awaited, type LinkedFile, type Type, type World } from "./world.ts";

interface Provider {
  readonly file: LinkedFile;
  readonly provide: Expr;
  readonly use: Expr;
  /** Whether `use` makes what is provided. */
  readonly makes: boolean;
}

/**
 * What stands behind what by the word of dependency injection, where no `implements` says it:
 * `{ provide: Port, useClass: Adapter }` and what containers are told, for a class as token, and for any other token the
 * type at each `@Inject(TOKEN)`.
 */
export function providedBehind(world: World): readonly { readonly parent: Type; readonly child: Type }[] {
  const points = injectionPoints(world);
  return [...world.files.values()].flatMap(providers).flatMap((provider) => {
    const token = world.valueOf(provider.file, provider.provide);
    const key = token?.kind === "class" ? null : tokenKey(world, provider.file, provider.provide);
    const parents = token?.kind === "class" ? [token] : key === null ? [] : (points.get(key) ?? []);
    if (parents.length === 0) return [];
    const child = provided(world, provider);
    const children = child?.kind === "union" ? child.types : child ? [child] : [];
    return parents.flatMap((parent) => children.map((each) => ({ parent, child: each })));
  });
}

function provided(world: World, { file, use, makes }: Provider): Type | null {
  const value = world.valueOf(file, use);
  return makes || value?.kind === "function" ? awaited(world.returnOf(value)) : value;
}

function providers(file: LinkedFile): Provider[] {
  const found: Provider[] = [];
  for (const { value } of objectLiterals(file)) {
    const provide = value.properties.find((property) => property.name === "provide")?.value;
    const use = provide && used(value);
    if (provide && use) found.push({ file, provide, ...use });
  }
  for (const site of file.facts.calls) {
    const told = registration(file, site);
    if (told && mayBeToken(file, told.provide)) found.push({ file, ...told });
  }
  return found;
}

/** Tokens are written in the open; any other key of any other map is not worth a look. */
function mayBeToken({ facts }: LinkedFile, value: Expr): boolean {
  if (value.kind === "literal") return true;
  const root = value.kind === "member" ? value.object : value;
  if (root.kind !== "name") return false;
  if (root.ref.kind !== "variable") return root.ref.kind !== "global";
  const variable = facts.variables[root.ref.index];
  return variable?.constant === true && variable.parameter === undefined;
}

function used(value: Expr | undefined): Pick<Provider, "use" | "makes"> | null {
  if (value?.kind !== "object") return null;
  const use = value.properties.find((property) => /^use(Class|Existing|Factory|Value)$/.test(property.name));
  return use ? { use: use.value, makes: use.name === "useFactory" } : null;
}

const BINDINGS = new Set(["to", "toClass", "toConstantValue", "toDynamicValue", "toService", "toFactory"]);

/**
 * What a container is told in code: `register(TOKEN, { useClass })`, `registerSingleton(TOKEN, Class)`,
 * `set(TOKEN, value)`, `bind(TOKEN).to(Class)`.
 */
function registration({ facts }: LinkedFile, { callee, args }: CallSiteFact): Omit<Provider, "file"> | null {
  const [first, second] = args;
  if (callee.kind !== "member" || !first) return null;
  if (BINDINGS.has(callee.name)) {
    const bound = callee.object.kind === "call" ? facts.calls[callee.object.call] : undefined;
    const isBind = bound?.callee.kind === "member" && /^(re)?bind$/.test(bound.callee.name);
    const provide = isBind ? bound.args[0] : undefined;
    return provide ? { provide, use: first, makes: /^to(Dynamic|Factory)/.test(callee.name) } : null;
  }
  const isTold = callee.name === "set" || callee.name.startsWith("register");
  if (!isTold || !second || args.length > 3) return null;
  return { provide: first, ...(used(second) ?? { use: second, makes: false }) };
}
