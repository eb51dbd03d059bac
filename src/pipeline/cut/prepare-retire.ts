import { openProgram } from "../../compiler/program.ts";
import { type Config, type Module, UserError } from "../../model/index.ts";
import { type Analyzed, analyzeWithGraph } from "../analyze.ts";
import type { CutContext } from "./context.ts";
import { handledEvents, isGuarded } from "./handled-events.ts";
import type { PrepareOptions } from "./prepare.ts";
import { codeStyle, layoutOf, moduleNamed, requireStack } from "./repository.ts";

/** What retiring an edge needs to know: which events of one module the other handles, and that nobody calls any more. */
export async function prepareRetire(config: Config, options: PrepareOptions): Promise<CutContext> {
  const analyzed = await analyzeWithGraph({ ...config, checker: false }, options);
  const from = moduleNamed(analyzed.result, options.from);
  const to = moduleNamed(analyzed.result, options.to);
  requireStack(analyzed.result, config);
  const program = await openProgram(config.root, config.tsconfig, config.files);
  const read = (file: string) => program.file(file)?.getFullText() ?? "";
  const handled = handledEvents(analyzed, read, from, to);
  const [first] = handled;
  if (!first)
    throw new UserError("SC2010", `${to.id} handles no event of ${from.id}`, ["cut the edge first   seamcut cut"]);
  const guarded = fromFiles(analyzed, from).find((file) => isGuarded(read(file), first.key.consumer));
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
