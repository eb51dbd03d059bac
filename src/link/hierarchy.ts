import { providedBehind } from "./providers.ts";
import { baseKey, type LinkedFile, NO_ENV, type Type, type World } from "./world.ts";

/** A class or interface among all files. */
export type TypeKey = string;

export interface ClassRef {
  readonly file: LinkedFile;
  readonly class: number;
}

/** Which classes stand behind a type: subclasses of a class, implementers of an interface, to any depth. */
export interface Hierarchy {
  below(key: TypeKey): readonly ClassRef[];
  /** Objects that a container gives where the type is asked for: `{ provide: CLOCK, useValue: clock }`. */
  objectsBehind(key: TypeKey): readonly Type[];
}

export function classKey(file: LinkedFile, index: number): TypeKey {
  return `class ${file.id}:${index}`;
}

export function interfaceKey(file: LinkedFile, index: number): TypeKey {
  return `interface ${file.id}:${index}`;
}

function keyOf(type: Type | null): TypeKey | null {
  if (type?.kind === "instance" || type?.kind === "class") return classKey(type.file, type.class);
  return type?.kind === "interface" ? interfaceKey(type.file, type.interface) : null;
}

/** What a class extends, and what the mixins among it were given to extend. */
function basesOf(base: Type | null): Type[] {
  const found: Type[] = [];
  for (let current = base; current && found.length < 20; ) {
    found.push(current);
    current = current.kind === "class" ? (current.env?.[baseKey(current.file, current.class)] ?? null) : null;
  }
  return found;
}

export function createHierarchy(world: World): Hierarchy {
  const children = new Map<TypeKey, TypeKey[]>();
  const classes = new Map<TypeKey, ClassRef>();
  const add = (parent: TypeKey | null, child: TypeKey) => {
    if (parent === null) return;
    const known = children.get(parent);
    if (known) known.push(child);
    else children.set(parent, [child]);
  };
  for (const file of world.files.values()) {
    file.facts.classes.forEach((fact, index) => {
      const key = classKey(file, index);
      classes.set(key, { file, class: index });
      if (fact.extends) for (const parent of basesOf(world.valueOf(file, fact.extends))) add(keyOf(parent), key);
      for (const clause of fact.implements) add(keyOf(world.typeOf(file, clause, NO_ENV)), key);
    });
    file.facts.interfaces.forEach((fact, index) => {
      for (const base of fact.extends) add(keyOf(world.typeOf(file, base, NO_ENV)), interfaceKey(file, index));
    });
  }
  const objects = new Map<TypeKey, Type[]>();
  for (const { parent, child } of providedBehind(world)) {
    const [above, below] = [keyOf(parent), keyOf(child)];
    if (above !== below && below !== null) add(above, below);
    if (above !== null && child.kind === "literal-object") objects.set(above, [...(objects.get(above) ?? []), child]);
  }
  return {
    objectsBehind: (key) => objects.get(key) ?? [],
    below(key) {
      const seen = new Set<TypeKey>();
      const queue = [...(children.get(key) ?? [])];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(...(children.get(next) ?? []));
      }
      return [...seen].sort().flatMap((child) => classes.get(child) ?? []);
    },
  };
}
