import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, type SourceFile } from "ts-morph";
import { typeormTransactions } from "../../src/adapters/orm/typeorm-transactions.ts";
import { describeCall } from "../../src/compiler/describe-call.ts";
import type { Program } from "../../src/compiler/program.ts";
import type { Blocked, CallFacts, PlannedCall } from "../../src/model/index.ts";
import { callWith, classifiedCall, WRITING } from "./call.ts";

/** As much of the libraries as callers of a fixture use. */
const LIBRARIES: Readonly<Record<string, string>> = {
  "node_modules/@nestjs/common/index.d.ts": `
    export declare function Injectable(): ClassDecorator;
    export declare function Inject(token: unknown): ParameterDecorator;
    export declare function forwardRef(fn: () => unknown): unknown;`,
  "node_modules/typeorm/index.d.ts": `
    type Entity<T> = abstract new (...args: never[]) => T;
    export declare class Repository<T> {
      readonly manager: EntityManager;
      save(value: Partial<T>): Promise<T>;
      insert(value: Partial<T>): Promise<void>;
      update(where: Partial<T>, value: Partial<T>): Promise<void>;
      delete(where: Partial<T>): Promise<void>;
      findOneByOrFail(where: Partial<T>): Promise<T>;
    }
    export declare class EntityManager {
      transaction<R>(run: (manager: EntityManager) => Promise<R>): Promise<R>;
      withRepository<R>(repository: R): R;
      save<T>(entity: Entity<T>, value: Partial<T>): Promise<T>;
      insert<T>(entity: Entity<T>, value: Partial<T>): Promise<void>;
      update<T>(entity: Entity<T>, where: Partial<T>, value: Partial<T>): Promise<void>;
      delete<T>(entity: Entity<T>, where: Partial<T>): Promise<void>;
      find<T>(entity: Entity<T>): Promise<T[]>;
    }
    export declare class DataSource {
      readonly manager: EntityManager;
      transaction<R>(run: (manager: EntityManager) => Promise<R>): Promise<R>;
    }`,
  // The emitted runtime as its users see it: templates/runtime, without what is behind it.
  "src/seamcut/index.ts": `
    import type { EntityManager } from "typeorm";
    export interface Decision { calls(consumer: string): boolean }
    export declare const EVENT: Decision;
    export interface SeamcutEvent<P = unknown> { readonly payload: P }
    export interface EventContract<P> { readonly type: string; keyOf(payload: P): string | null }
    export type EventFactory<P> = EventContract<P> & ((payload: P) => SeamcutEvent<P>);
    export declare function defineEvent<P>(definition: {
      type: string; version: number; schema: object; key?: (payload: P) => string }): EventFactory<P>;
    export declare function decide(contract: Pick<EventContract<never>, "type">, key?: string): Promise<Decision>;
    export declare function emit<P>(handle: EntityManager, event: SeamcutEvent<P>, decision?: Decision): Promise<void>;
    export declare function emitAlone<P>(event: SeamcutEvent<P>, decision?: Decision): Promise<void>;
    export interface Handler { readonly contract: EventContract<any> }
    export interface Consumer { readonly consumer: string; readonly effects: "database" | "external";
      readonly onExhausted: "block" | "dead-letter"; readonly handlers: readonly Handler[] }
    export declare function on<P>(
      contract: EventContract<P>, handle: (payload: P, context: { readonly tx: any }) => Promise<void>): Handler;`,
};

// One project for all: the checker parses the language's own libraries once.
const project = new Project({
  useInMemoryFileSystem: true,
  compilerOptions: {
    strict: true,
    experimentalDecorators: true,
    target: ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    types: [],
  },
});

/** Files in memory, with the libraries that they import, strictly checked. Those of an earlier call are gone. */
export function openInMemory(files: Readonly<Record<string, string>>): Program {
  const wanted = Object.entries({ ...LIBRARIES, ...files });
  const paths = new Set(wanted.map(([file]) => `/${file}`));
  for (const file of project.getSourceFiles()) if (!paths.has(file.getFilePath())) project.removeSourceFile(file);
  for (const [file, text] of wanted) {
    const body = text.replace(/^\uFEFF/, "");
    if (project.getSourceFile(`/${file}`)?.getFullText() !== body)
      project.createSourceFile(`/${file}`, body, { overwrite: true });
  }
  return { root: "/", project, file: (relative) => project.getSourceFile(`/${relative}`) ?? null };
}

/** What the compiler says is wrong with own files, as `file: message`. */
export function typeErrors(program: Program): string[] {
  return program.project
    .getSourceFiles()
    .filter((file) => !file.isInNodeModules())
    .flatMap((file) => file.getPreEmitDiagnostics())
    .map((each) => {
      const message = each.getMessageText();
      return `${each.getSourceFile()?.getBaseName()}:${each.getLineNumber()}: ${typeof message === "string" ? message : message.getMessageText()}`;
    });
}

export interface AskedCall {
  /** `OrdersService.place`. */
  readonly caller: string;
  /** As the caller writes it, up to the bracket: `this.notifications.orderPlaced`. */
  readonly call: string;
  readonly facts?: Partial<CallFacts>;
  readonly gap?: boolean;
}

/** Plans one call of a file by its text: the first one in its caller. */
export function planCall(program: Program, file: string, asked: AskedCall): PlannedCall | Blocked {
  const source = program.file(file);
  if (!source) throw new Error(`no file ${file}`);
  const at = offsetOf(source, asked);
  const { line, column } = source.getLineAndColumnAtPos(at);
  const place = { line, column };
  const method = asked.call.slice(asked.call.lastIndexOf(".") + 1);
  const symbol = `Callee.${method}`;
  const call = classifiedCall({
    ...callWith({ ...WRITING, ...asked.facts }, symbol),
    id: `orders:${asked.caller}->stock:${symbol}`,
    caller: { symbol: asked.caller, file },
    location: { file, start: place, end: place },
  });
  return describeCall(program, call, typeormTransactions, { gap: asked.gap === true });
}

function offsetOf(source: SourceFile, { caller, call }: AskedCall): number {
  const text = source.getFullText();
  const [owner = "", method = ""] = caller.split(".");
  const start =
    method === "" ? text.indexOf(`function ${owner}`) : text.search(new RegExp(`\\b${method}(\\(|<| = )[^;]*?\\{`));
  const found = text.indexOf(`${call}(`, start);
  if (start < 0 || found < 0) throw new Error(`${caller} does not call ${call}`);
  return found + call.lastIndexOf(".") + 1;
}
