import { baselineWithout, parseBaseline, serializeBaseline } from "../../baseline/baseline.ts";
import { removeFromModules } from "../../codemods/nest-module.ts";
import { removeArguments, removeCalls } from "../../codemods/remove-call.ts";
import { extractFile } from "../../extract/extract-file.ts";
import { type CutCall, UserError } from "../../model/index.ts";
import { specifier } from "../../scaffold/imports.ts";
import { ChangeSet } from "./changes.ts";
import type { CutContext, StageStep } from "./context.ts";

/** The call goes, and with it the import, the injected dependency and the module import that only it needed. */
export const cleanup: StageStep = async (context, tree) => {
  const changes = new ChangeSet(tree);
  const files = new Map<string, CutCall[]>();
  for (const call of context.design.calls) {
    const { file } = call.planned.call.caller;
    files.set(file, [...(files.get(file) ?? []), call]);
  }
  const parameters: { className: string; index: number }[] = [];
  for (const [file, calls] of files) {
    const text = await changes.read(file);
    if (text === null) throw new UserError("SC2012", `${file} is gone`);
    const removed = removeCalls(
      text,
      calls.map(({ planned }) => ({
        caller: planned.call.caller.symbol,
        method: planned.calleeMethod,
        consumer: context.design.consumer.id,
      })),
      specifier(file, `${context.config.runtime}/index.ts`, context.style),
    );
    await changes.write(file, removed.text);
    parameters.push(...removed.parameters);
  }
  await dropArguments(context, changes, parameters);
  await dropModuleImport(context, changes);
  await shrinkBaseline(context, changes);
  return changes.list();
};

/** Classes that somebody builds by hand, in tests mostly, take one argument less. */
async function dropArguments(
  context: CutContext,
  changes: ChangeSet,
  parameters: readonly { readonly className: string; readonly index: number }[],
): Promise<void> {
  if (parameters.length === 0) return;
  for (const file of context.builders) {
    const text = await changes.read(file);
    if (text !== null) await changes.write(file, removeArguments(text, parameters));
  }
}

/** The producing module imports the consuming one only as long as some file of it uses something from there. */
async function dropModuleImport(context: CutContext, changes: ChangeSet): Promise<void> {
  const module = context.consumerModule.className;
  for (const file of context.fromFiles) {
    const text = await changes.read(file);
    if (text !== null && importsOther(context, file, text, module)) return;
  }
  for (const file of context.fromFiles) {
    const text = await changes.read(file);
    if (text?.includes("@Module(")) await changes.write(file, removeFromModules(text, module));
  }
}

function importsOther(context: CutContext, file: string, text: string, module: string): boolean {
  return extractFile(file, text.replace(/^\uFEFF/, "")).imports.some(({ specifier: from, name }) => {
    const target = context.resolve(file, from);
    return typeof target === "string" && target.startsWith(`${context.to.root}/`) && name !== module;
  });
}

async function shrinkBaseline(context: CutContext, changes: ChangeSet): Promise<void> {
  const text = await changes.read(context.config.baseline);
  if (text === null) return;
  const gone = context.design.calls.map(({ planned }) => planned.call.id);
  await changes.write(
    context.config.baseline,
    serializeBaseline(baselineWithout(parseBaseline(text, context.config.baseline), gone)),
  );
}
