import type { DecoratorFact, Expr, TypeExpr } from "../model/index.ts";
import { importTarget } from "./imports.ts";
import { declarationsOf } from "./members.ts";
import { type LinkedFile, NO_ENV, type Type, type World } from "./world.ts";

/** The declared types of `@Inject(TOKEN) name: Type`, by token. */
export function injectionPoints(world: World): ReadonlyMap<string, readonly Type[]> {
  const points = new Map<string, Type[]>();
  const add = (file: LinkedFile, decorators: readonly DecoratorFact[], written: TypeExpr | undefined) => {
    const token = decorators.find((decorator) => /^inject$/i.test(decorator.name))?.args[0];
    const key = token ? tokenKey(world, file, token) : null;
    const type = key === null ? null : world.typeOf(file, written, NO_ENV);
    if (key !== null && type) points.set(key, [...(points.get(key) ?? []), type]);
  };
  for (const file of world.files.values()) {
    for (const owner of file.facts.classes) {
      for (const member of Object.values(owner.members)) add(file, member.decorators, member.type);
    }
    for (const variable of file.facts.variables) if (variable.decorators) add(file, variable.decorators, variable.type);
  }
  return points;
}

/** A token is the same wherever it is written: a text, or the place where the symbol is declared. */
export function tokenKey(world: World, file: LinkedFile, token: Expr): string | null {
  const value = world.valueOf(file, token);
  if (value?.kind === "primitive" && value.literal !== undefined) return `text ${String(value.literal)}`;
  if (token.kind === "name") return placeOf(declarationsOf(world, file, token.ref));
  if (token.kind !== "member") return null;
  return (
    enumMember(world, file, token) ??
    placeOf(world.member(world.valueOf(file, token.object), token.name)?.declarations ?? [])
  );
}

function placeOf([declared]: ReturnType<typeof declarationsOf>): string | null {
  return declared ? `${declared.file.id}:${declared.at}` : null;
}

function enumMember(
  world: World,
  file: LinkedFile,
  { object, name }: Extract<Expr, { kind: "member" }>,
): string | null {
  if (object.kind !== "name") return null;
  const target = object.ref.kind === "import" ? importTarget(world, file, object.ref.index) : null;
  const [home, ref] = target?.kind === "own" ? [target.file, target.value] : [file, object.ref];
  return ref?.kind === "enum" ? `${home.id}:${ref.name}.${name}` : null;
}
