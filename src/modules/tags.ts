import type { ModuleKind } from "../model/index.ts";
import type { KindGuess } from "./kind-guess.ts";

/** What people write in Nx projects: `type:util`, `layer:domain`, `kind:shared`. */
const TYPE = /^(?:type|layer|kind):(.+)$/;

const KINDS: Readonly<Record<string, ModuleKind>> = {
  app: "composition",
  application: "composition",
  shell: "composition",
  e2e: "composition",
  composition: "composition",
  util: "shared",
  utils: "shared",
  utility: "shared",
  shared: "shared",
  common: "shared",
  model: "shared",
  models: "shared",
  types: "shared",
  infra: "infrastructure",
  infrastructure: "infrastructure",
  config: "infrastructure",
  feature: "domain",
  domain: "domain",
  "domain-logic": "domain",
  "data-access": "domain",
  api: "domain",
};

/** The kind that a project's tags stand for: its type, else the scope `shared`. */
export function kindByTags(tags: readonly string[]): KindGuess | null {
  for (const tag of tags) {
    const type = TYPE.exec(tag)?.[1]?.toLowerCase();
    const kind = type !== undefined && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    if (kind) return { kind, evidence: `tagged ${tag}` };
  }
  return tags.includes("scope:shared") ? { kind: "shared", evidence: "tagged scope:shared" } : null;
}
