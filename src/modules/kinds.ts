import { isBuiltin } from "node:module";
import { compareText, type ModuleKind } from "../model/index.ts";
import type { KindGuess } from "./kind-guess.ts";
import { baseOf, listed } from "./module-folder.ts";
import type { Signals } from "./signals.ts";
import { kindByTags } from "./tags.ts";

const INFRASTRUCTURE =
  /^(config|configuration|database|db|prisma|typeorm|mongo|redis|cache|mail|mailer|emails?|logger|logging|log|health|metrics|telemetry|tracing|i18n|queue|queues|storage|files?|http|auth-config|cron|scheduler|bus|broker|kafka|rabbitmq)$/;
const SHARED =
  /^(shared|common|core|kernel|utils?|lib|helpers?|types|interfaces|constants|decorators|guards|interceptors|pipes|filters)$/;
const COMPOSITION = /^(app|bootstrap|main|composition|scripts|commands|cli|seeds?|migrations)$/;

/** Folders whose content is run by hand, one level below or deeper. */
const TOOLS = /(?:^|.*\/)(?:seeds?|seeders|migrations|scripts)(?=\/)/;

/** A module whose kind is to be told. */
export interface Candidate {
  readonly id: string;
  readonly root: string;
  /** What Nx knows of it. */
  readonly tags: readonly string[];
  readonly signals: Signals;
}

export interface Surroundings {
  /** How many modules there are. */
  readonly modules: number;
  /** Whether the user named the modules: then they are domain unless told otherwise. */
  readonly areNamed: boolean;
  /** Modules that do not look like the domain by their name: what is changed there is no business of it. */
  readonly technical: ReadonlySet<string>;
}

/** Every rule is sure or silent; the first that speaks decides. */
const RULES: readonly ((candidate: Candidate, around: Surroundings) => KindGuess | null)[] = [
  byTags,
  (_, { areNamed }) => (areNamed ? { kind: "domain", evidence: "domain unless configured" } : null),
  ({ signals }) => (signals.ownsEntities ? { kind: "domain", evidence: "owns entities" } : null),
  rootOfApplication,
  ({ signals }) => (signals.hasEndpoints ? { kind: "domain", evidence: "has endpoints" } : null),
  byName,
  byPlace,
  onlyWires,
  onlyWraps,
  usedByAll,
  ({ signals }) =>
    signals.entities.size > 0
      ? { kind: "domain", evidence: `others change or read data through it (${listed([...signals.entities].sort())})` }
      : null,
];

/**
 * What a module seems to be for. A module of the wrong kind hides its calls, so in doubt it is a part of the domain, and
 * a name alone does not speak against what the code shows.
 */
export function guessKind(candidate: Candidate, around: Surroundings): KindGuess {
  for (const rule of RULES) {
    const guess = rule(candidate, around);
    if (guess) return guess;
  }
  return { kind: "domain", evidence: "nothing says otherwise" };
}

/** What people wrote down; an application that is called thin, and is not, stays a part of the domain. */
function byTags({ tags, signals }: Candidate): KindGuess | null {
  const guess = kindByTags(tags);
  const isThick = signals.ownsEntities || signals.hasEndpoints;
  return guess?.kind === "composition" && isThick ? null : guess;
}

/** The kind that the name of a module or its folder stands for, if any. */
export function kindByName({ id, root }: Pick<Candidate, "id" | "root">): ModuleKind | null {
  return kindOfWord(baseOf(id)) ?? kindOfWord(baseOf(root));
}

function kindOfWord(name: string): ModuleKind | null {
  if (COMPOSITION.test(name)) return "composition";
  if (SHARED.test(name)) return "shared";
  return INFRASTRUCTURE.test(name) ? "infrastructure" : null;
}

function byName({ id, root, signals }: Candidate, around: Surroundings): KindGuess | null {
  const kind = kindByName({ id, root });
  if (kind === null) return null;
  const name = `named ${kindOfWord(baseOf(id)) === null ? baseOf(root) : baseOf(id)}`;
  const against = kind === "composition" ? usedTooMuch(signals, around) : changesTheDomain(signals, around);
  if (against !== null) return { kind: "domain", evidence: `${name}, but ${against}` };
  return { kind, evidence: `${name}, no entity or endpoint; ${useOf(signals, around)}` };
}

function changesTheDomain({ changes }: Signals, { technical }: Surroundings): string | null {
  const changed = [...changes].filter((module) => !technical.has(module)).sort();
  return changed.length === 0 ? null : `changes something in ${listed(changed)}`;
}

function usedTooMuch({ usedBy }: Signals, { modules }: Surroundings): string | null {
  // Migrations and the like are named by a few; what a tenth of all use is no place where they are put together.
  return usedBy.size <= Math.max(2, (modules - 1) / 10) ? null : `used by ${usedBy.size} of ${modules - 1} others`;
}

/** What fills or changes the database by hand is no part of the running application. */
function byPlace({ root }: Candidate): KindGuess | null {
  const place = TOOLS.exec(root)?.[0];
  return place === undefined ? null : { kind: "composition", evidence: `lies in ${place}` };
}

function rootOfApplication({ signals }: Candidate): KindGuess | null {
  const { rootModule, createsApplication, usedBy } = signals;
  if (rootModule !== null) return { kind: "composition", evidence: `holds the root module ${rootModule}` };
  if (!createsApplication || usedBy.size > 0) return null;
  return { kind: "composition", evidence: "creates a NestJS application, and is used by no module" };
}

/** It brings modules together and is used by none: what it calls there constructs, and has no effect. */
function onlyWires({ signals }: Candidate, { modules }: Surroundings): KindGuess | null {
  const { usedBy, uses, calls } = signals;
  if (usedBy.size > 0 || uses.size < 3 || uses.size * 2 < modules - 1) return null;
  if ([...calls.values()].some(({ withEffect }) => withEffect > 0)) return null;
  return {
    kind: "composition",
    evidence: `uses ${uses.size} of ${modules - 1} others, changes and reads nothing there, and is used by none`,
  };
}

/** What a framework, a language or a data type is made of; wrapping it says nothing. */
const NO_SERVICE =
  /^(@nestjs\/(common|core|swagger|graphql|typeorm|mongoose|passport|testing)|@types\/.*|rxjs|reflect-metadata|tslib|react|react-.*|express|koa|fastify|hono|lodash|lodash-es|es-toolkit|ramda|remeda|date-fns|dayjs|luxon|moment|ms|uuid|nanoid|big\.js|decimal\.js|bignumber\.js|zod|valibot|joi|yup|class-validator|class-transformer|http-status-codes|vitest|jest|typeorm|@prisma\/client|drizzle-orm|sequelize|sequelize-typescript|mongoose|knex|kysely|@mikro-orm\/.*|objection|graphql)(\/.*)?$/;
/** Whoever brings more libraries than these together does something with them. */
const MOST_WRAPPED = 3;

const CONFIGURES = /^(envalid|dotenv|dotenv-.*|convict|env-var|nconf|config|@nestjs\/config|@t3-oss\/env-core)$/;

/** At least half of what it does is to call a few libraries that reach outside, it calls no module, and holds no data. */
function onlyWraps({ signals }: Candidate): KindGuess | null {
  const { packages, ownCalls, calls, entities, outside } = signals;
  if (calls.size > 0 || entities.size > 0) return null;
  const wrapped = [...packages].filter(([name]) => !isBuiltin(name) && !NO_SERVICE.test(name));
  wrapped.sort(([a, x], [b, y]) => y - x || compareText(a, b));
  const [most] = wrapped;
  const count = wrapped.reduce((sum, [, number]) => sum + number, 0);
  if (most === undefined || wrapped.length > MOST_WRAPPED || count < ownCalls) return null;
  const configures = CONFIGURES.test(most[0]);
  if (outside.size === 0 && !configures) return null;
  const names = wrapped.map(([name]) => name).join(", ");
  return { kind: "infrastructure", evidence: `only ${configures ? "configures" : "wraps"} ${names}, calls no module` };
}

/** Two thirds of the others use it, it calls hardly any, and nothing is changed or read through it. */
function usedByAll({ signals }: Candidate, around: Surroundings): KindGuess | null {
  const { usedBy, uses, calls, entities, outside } = signals;
  const others = around.modules - 1;
  if (others < 4 || usedBy.size * 3 < others * 2 || uses.size * 4 > usedBy.size) return null;
  if (entities.size > 0 || outside.size > 0 || [...calls.values()].some(({ withEffect }) => withEffect > 0))
    return null;
  return { kind: "shared", evidence: `${useOf(signals, around)}, and holds no data` };
}

function useOf({ usedBy, calls }: Signals, { modules }: Surroundings): string {
  const by = usedBy.size === 0 ? "no module" : `${usedBy.size} of ${modules - 1} others`;
  return `used by ${by}, calls ${calls.size === 0 ? "none" : calls.size}`;
}
