import type { CallGraph, CallTarget, ClassifiedCall, FileFacts } from "../model/index.ts";
import { ROOT_MODULE } from "./by-nest.ts";

/** What speaks for one kind of module or another. */
export interface Signals {
  readonly ownsEntities: boolean;
  readonly hasEndpoints: boolean;
  /** Class of the module that the whole application is made of; null where it is elsewhere. */
  readonly rootModule: string | null;
  readonly createsApplication: boolean;
  /** Ids of modules that import or call it. */
  readonly usedBy: ReadonlySet<string>;
  /** Ids of modules that it imports or calls. */
  readonly uses: ReadonlySet<string>;
  /** Ids of modules that it calls, with how many of these calls do more than compute. */
  readonly calls: ReadonlyMap<string, { readonly all: number; readonly withEffect: number }>;
  /** Ids of modules in which its calls change something. */
  readonly changes: ReadonlySet<string>;
  /** Entities that calls of others write or read here. */
  readonly entities: ReadonlySet<string>;
  /** What else they write or read: a cache, a queue, mail. */
  readonly outside: ReadonlySet<string>;
  /** How many of its own calls lead into each package. */
  readonly packages: ReadonlyMap<string, number>;
  /** How many of its calls lead into code of its own. */
  readonly ownCalls: number;
}

/** What the modules are seen to do and to be used for, by id. */
export function readSignals(
  graph: CallGraph,
  calls: readonly ClassifiedCall[],
  moduleOf: (file: string) => string | null,
  resolve: (fromFile: string, specifier: string) => string | null | undefined,
): ReadonlyMap<string, Signals> {
  const signals = new Map<string, Collected>();
  const of = (id: string): Collected => {
    const known = signals.get(id) ?? new Collected();
    signals.set(id, known);
    return known;
  };
  const use = (from: string, to: string) => {
    of(from).uses.add(to);
    of(to).usedBy.add(from);
  };
  for (const file of graph.files) {
    const id = moduleOf(file.path);
    if (id === null) continue;
    of(id).addFile(file);
    for (const target of graph.targets[file.path] ?? []) of(id).addTarget(target);
    for (const { specifier } of file.imports) {
      const target = resolve(file.path, specifier);
      const to = typeof target === "string" ? moduleOf(target) : null;
      if (to !== null && to !== id) use(id, to);
    }
  }
  for (const call of calls) {
    use(call.from, call.to);
    of(call.from).addCallOut(call);
    of(call.to).addCallIn(call);
  }
  return signals;
}

/** Entities are named like types; what is outside the database by a plain word, state of a process by its holder. */
const ENTITY = /^[A-Z]/;
const OUTSIDE = /^[a-z][\w-]*$/;

class Collected implements Signals {
  ownsEntities = false;
  hasEndpoints = false;
  rootModule: string | null = null;
  createsApplication = false;
  readonly usedBy = new Set<string>();
  readonly uses = new Set<string>();
  readonly calls = new Map<string, { all: number; withEffect: number }>();
  readonly changes = new Set<string>();
  readonly entities = new Set<string>();
  readonly outside = new Set<string>();
  readonly packages = new Map<string, number>();
  ownCalls = 0;

  addFile(file: FileFacts): void {
    const decorators = file.classes.flatMap((fact) => fact.decorators.map((decorator) => decorator.name));
    this.ownsEntities ||= decorators.some((name) => /^(Entity|Schema|Table)$/.test(name));
    this.hasEndpoints ||= decorators.some((name) => /^(Controller|Resolver|WebSocketGateway)$/.test(name));
    if (ROOT_MODULE.test(file.path) && decorators.includes("Module")) {
      this.rootModule ??=
        file.classes.find((fact) => fact.decorators.some(({ name }) => name === "Module"))?.name ?? null;
    }
  }

  addTarget({ library, declarations }: CallTarget): void {
    if (library === undefined) {
      if (declarations.length > 0) this.ownCalls++;
      return;
    }
    if (library.package === "") return;
    const name = packageOf(library.package);
    this.packages.set(name, (this.packages.get(name) ?? 0) + 1);
    this.createsApplication ||= library.export === "NestFactory";
  }

  addCallOut({ to, verdict }: ClassifiedCall): void {
    const known = this.calls.get(to) ?? { all: 0, withEffect: 0 };
    known.all++;
    if (verdict !== "pure") known.withEffect++;
    this.calls.set(to, known);
    if (verdict === "event" || verdict === "command") this.changes.add(to);
  }

  addCallIn({ facts }: ClassifiedCall): void {
    for (const label of [...facts.writes, ...facts.reads]) {
      if (ENTITY.test(label)) this.entities.add(label);
      else if (OUTSIDE.test(label)) this.outside.add(label);
    }
  }
}

/** The package that a specifier leads into: `@aws-sdk/client-s3` of `@aws-sdk/client-s3/commands`. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Of a module of which nothing is known. */
export const NO_SIGNALS: Signals = new Collected();
