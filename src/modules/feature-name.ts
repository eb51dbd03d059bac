import pluralize from "pluralize";
import { compareText } from "../model/index.ts";

/** Words that say which layer a file is of, at the end of its name: `UsersController`, `user_repository`. */
const LAYER_WORD =
  /[-_]?(controllers?|services?|repositor(y|ies)|entit(y|ies)|models?|schemas?|dtos?|routes?|routers?|handlers?|resolvers?|validators?|mappers?|dao|stores?)$/i;

/** Names that say nothing of the domain. */
const NO_FEATURE =
  /^(index|main|app|server|base|abstract|common|types?|interfaces?|constants?|errors?|utils?|helpers?)$/;

/**
 * What a file or folder is about, by its name: `users.controller.ts`, `UsersService.ts` and `users_repository.ts` all say
 * `users`. Null where it only says a layer, or nothing (`index.ts`, `service.ts`).
 */
export function featureName(name: string): string | null {
  const stem = name.split(".")[0] ?? "";
  const feature = kebabCase(stem.replace(LAYER_WORD, ""));
  return feature === "" || NO_FEATURE.test(feature) ? null : feature;
}

/** The names of features, with singular and plural told to be one: by each name, the form that is written most. */
export function featureForms(names: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const best = new Map<string, string>();
  const byUse = [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  for (const [name] of byUse) {
    const key = pluralize.singular(name);
    if (!best.has(key)) best.set(key, name);
  }
  return new Map(byUse.map(([name]) => [name, best.get(pluralize.singular(name)) ?? name]));
}

function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/_+/g, "-")
    .toLowerCase();
}
