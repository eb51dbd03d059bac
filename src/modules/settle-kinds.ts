import type { Config, Module } from "../model/index.ts";
import type { Boundary } from "./boundary.ts";
import type { KindlessModule } from "./find-modules.ts";
import type { KindGuess } from "./kind-guess.ts";
import { guessKind, kindByName } from "./kinds.ts";
import { NO_SIGNALS, type Signals } from "./signals.ts";

/** Gives every module its kind: the configured one, else the one that most speaks for, with the evidence. */
export function settleKinds(
  modules: readonly KindlessModule[],
  signals: ReadonlyMap<string, Signals>,
  config: Pick<Config, "kinds" | "modules">,
  boundaries: readonly Boundary[] = [],
): Module[] {
  const tags = new Map(boundaries.map((boundary) => [boundary.root, boundary.tags]));
  const around = {
    modules: modules.length,
    areNamed: config.modules.length > 0,
    technical: new Set(modules.filter((module) => kindByName(module) !== null).map(({ id }) => id)),
  };
  return modules.map((module) => {
    const { id, root } = module;
    const about = { id, root, tags: tags.get(root) ?? [], signals: signals.get(id) ?? NO_SIGNALS };
    const { kind, evidence } = configured(config, id) ?? guessKind(about, around);
    return { ...module, kind, evidence: [...module.evidence, evidence] };
  });
}

function configured({ kinds }: Pick<Config, "kinds">, id: string): KindGuess | null {
  const kind = Object.hasOwn(kinds, id) ? kinds[id] : undefined;
  return kind === undefined ? null : { kind, evidence: "kind set in the configuration" };
}
