import type { Augmentations, AugmentingInterface, LibraryType, LinkedFile, Member, World } from "./world.ts";

/** Collects `declare module "fastify" { interface FastifyInstance { … } }` and `declare global { … }`. */
export function findAugmentations(files: readonly LinkedFile[]): Augmentations {
  const interfaces = new Map<string, AugmentingInterface[]>();
  const members = new Set<string>();
  const add = (file: LinkedFile, module: string, namespace: number): void => {
    for (const [name, ref] of Object.entries(file.facts.namespaces[namespace]?.types ?? {})) {
      if (ref.kind === "namespace") add(file, module, ref.index);
      if (ref.kind !== "interface") continue;
      interfaces.set(name, [...(interfaces.get(name) ?? []), { module, file, interface: ref.index }]);
      for (const member of Object.keys(file.facts.interfaces[ref.index]?.members ?? {})) members.add(member);
    }
  };
  for (const file of files) {
    for (const { module, namespace } of file.facts.augmentations) add(file, module, namespace);
  }
  return { interfaces, members };
}

/**
 * A member that own code adds to a library's type; undefined where none of its additions has that name. Where one has,
 * and the library's type cannot be told to be another, nothing more is said.
 */
export function augmentedMember(world: World, type: LibraryType, name: string): Member | null | undefined {
  const { interfaces, members } = world.augmentations;
  if (!members.has(name)) return undefined;
  const direct = type.path.length === 0 ? (interfaces.get(type.export.split(".").at(-1) ?? "") ?? []) : [];
  for (const { module, file, interface: index } of direct) {
    if (module !== "" && module !== type.package) continue;
    const found = world.member({ kind: "interface", file, interface: index, env: {} }, name);
    if (found) return found;
  }
  return type.path.length > 0 ? null : undefined;
}
