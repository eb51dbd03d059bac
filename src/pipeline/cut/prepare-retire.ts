import path from "node:path";
import { readEvent } from "../../codemods/read-event.ts";
import { openProgram, type Program } from "../../compiler/program.ts";
import { extractFile } from "../../extract/extract-file.ts";
import { type Config, type FileFacts, type Module, UserError } from "../../model/index.ts";
import type { SubscriptionKey } from "../../scaffold/migration-source.ts";
import { type Analyzed, analyzeWithGraph } from "../analyze.ts";
import type { CutContext } from "./context.ts";
import type { PrepareOptions } from "./prepare.ts";
import { codeStyle, layoutOf, moduleNamed, requireStack } from "./repository.ts";

/** What retiring an edge needs to know: which events of one module the other handles, and that nobody calls any more. */
export async function prepareRetire(config: Config, options: PrepareOptions): Promise<CutContext> {
  const analyzed = await analyzeWithGraph({ ...config, checker: false }, options);
  const from = moduleNamed(analyzed.result, options.from);
  const to = moduleNamed(analyzed.result, options.to);
  requireStack(analyzed.result);
  const program = await openProgram(config.root, config.tsconfig, config.files);
  const handled = handledEvents(program, analyzed, from, to);
  const [first] = handled;
  if (!first)
    throw new UserError("SC2010", `${to.id} handles no event of ${from.id}`, ["cut the edge first   seamcut cut"]);
  const guarded = fromFiles(analyzed, from).find((file) => guards(program, file, first.key.consumer));
  if (guarded) {
    throw new UserError("SC2010", `${guarded} still calls ${to.id} directly under a decision: nothing to retire yet`, [
      `clean up first   seamcut cut ${from.id} ${to.id}`,
    ]);
  }
  const layout = layoutOf(program);
  return {
    config,
    from,
    to,
    design: {
      from: from.id,
      to: to.id,
      calls: [],
      consumer: { id: first.key.consumer, className: "", file: first.file, effects: "database" },
    },
    keys: handled.map(({ key }) => key),
    layout,
    consumerModule: { className: "", file: "" },
    style: await codeStyle(config, program, layout),
    tests: null,
    rescanWithChecker: false,
    callIds: new Set(analyzed.result.calls.map((call) => call.id)),
    fromFiles: fromFiles(analyzed, from),
    builders: [],
    resolve: analyzed.resolve,
    specCalls: [],
  };
}

function fromFiles(analyzed: Analyzed, from: Module): string[] {
  return analyzed.graph.files.map((file) => file.path).filter((file) => analyzed.moduleOf(file) === from.id);
}

function guards(program: Program, file: string, consumer: string): boolean {
  return new RegExp(`\\.calls\\(["']${consumer}["']\\)`).test(program.file(file)?.getFullText() ?? "");
}

interface Handled {
  readonly key: SubscriptionKey;
  readonly file: string;
}

/** Events of the producing module that the consumers of the other one bind a handler to. */
function handledEvents(program: Program, analyzed: Analyzed, from: Module, to: Module): Handled[] {
  return analyzed.graph.files
    .filter((file) => file.path.startsWith(`${to.root}/events/`) && file.path.endsWith(".consumer.ts"))
    .flatMap((file) => eventsOf(program, analyzed, file, from));
}

function eventsOf(program: Program, analyzed: Analyzed, consumer: FileFacts, from: Module): Handled[] {
  const text = program.file(consumer.path)?.getFullText() ?? "";
  const id = /consumer = ["']([^"']+)["']/.exec(text)?.[1];
  if (id === undefined) return [];
  return extractFile(consumer.path, text).imports.flatMap(({ specifier, name }) => {
    const target = analyzed.resolve(consumer.path, specifier);
    if (typeof target !== "string" || path.posix.dirname(target) !== `${from.root}/events`) return [];
    const event = readEvent(program.file(target)?.getFullText() ?? "");
    return event?.variable === name ? [{ key: { consumer: id, type: event.type }, file: consumer.path }] : [];
  });
}
