import { compareText } from "../model/index.ts";
import { featureForms, featureName } from "./feature-name.ts";
import { baseOf, folderOf } from "./module-folder.ts";

/** Folders that hold one kind of file of every feature. */
const SPLIT =
  /^(controllers?|services?|repositor(y|ies)|entit(y|ies)|models?|schemas?|dtos?|routes|routers|handlers|resolvers|validators|daos?|stores)$/;

/** Folders that are named by what their files are, not by what they are about. */
const LAYER = /^(middlewares?|helpers?|utils?|interfaces|types)$/;

export function isLayer(folder: string): boolean {
  return SPLIT.test(baseOf(folder)) || LAYER.test(baseOf(folder));
}

/** A layout of layers through which features run. */
export interface FeatureSplit {
  /** What the modules would be called, sorted. */
  readonly names: readonly string[];
  /** Globs that would make these modules, and keep the other folders as they are. */
  readonly globs: readonly string[];
}

interface Named {
  readonly layer: string;
  readonly name: string | null;
  readonly isNested: boolean;
}

/**
 * The features that file names in layers tell: `users.controller.ts` and `users.service.ts` are two files of `users`. Null
 * where names run across no two layers, or do for less than half of the files.
 */
export function splitByFeature(folders: readonly string[], files: readonly string[]): FeatureSplit | null {
  const layers = folders.filter((folder) => SPLIT.test(baseOf(folder)));
  const named = files.flatMap((file): Named[] => {
    const layer = layers.find((folder) => file.startsWith(`${folder}/`));
    if (layer === undefined) return [];
    const [first = "", ...rest] = file.slice(layer.length + 1).split("/");
    return [{ layer, name: featureName(first), isNested: rest.length > 0 }];
  });
  const forms = featureForms(named.flatMap(({ name }) => name ?? []));
  const layersOf = new Map<string, Set<string>>();
  for (const { layer, name } of named) {
    const feature = name === null ? undefined : forms.get(name);
    if (feature !== undefined) layersOf.set(feature, (layersOf.get(feature) ?? new Set()).add(layer));
  }
  const isFeature = (name: string) => (layersOf.get(name)?.size ?? 0) >= 2;
  const names = [...layersOf.keys()].filter(isFeature).sort(compareText);
  const told = named.filter(({ name }) => name !== null && isFeature(forms.get(name) ?? name));
  if (names.length < 2 || told.length * 2 < named.length) return null;
  const others = folders.filter((folder) => !layers.includes(folder));
  const flat = named.some(({ isNested }) => !isNested) ? choices(layers, "/:module.*") : [];
  const nested = named.some(({ isNested }) => isNested) ? choices(layers, "/:module/**/*") : [];
  return { names, globs: [...flat, ...nested, ...choices(others, "")] };
}

/** The folders as globs, those of one parent in one. */
function choices(folders: readonly string[], after: string): string[] {
  const byParent = new Map<string, string[]>();
  for (const folder of folders) {
    const parent = folderOf(folder);
    byParent.set(parent, [...(byParent.get(parent) ?? []), baseOf(folder)]);
  }
  return [...byParent].map(([parent, names]) => {
    const inside = names.length === 1 ? names[0] : `{${names.join(",")}}`;
    return `${parent === "" ? "" : `${parent}/`}${inside}${after}`;
  });
}
