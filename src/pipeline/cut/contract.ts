import { withQuotes } from "../../codemods/quotes.ts";
import { eventSource } from "../../contracts/event-source.ts";
import { eventSpecSource } from "../../contracts/event-spec-source.ts";
import { specifier } from "../../scaffold/imports.ts";
import { ChangeSet } from "./changes.ts";
import type { CutContext, StageStep } from "./context.ts";

/** The events: type, schema, factory, and their tests. */
export const contract: StageStep = async (context, tree) => {
  const changes = new ChangeSet(tree);
  for (const { event, planned } of context.design.calls) {
    if ((await changes.read(event.file)) !== null) continue;
    const runtime = specifier(event.file, `${context.config.runtime}/index.ts`, context.style);
    const source = eventSource(event, planned.call.caller.symbol, runtime);
    await changes.write(event.file, withQuotes(source, context.style.quote));
    if (!context.tests) continue;
    const spec = specFile(context, event.file);
    const test = eventSpecSource(event, specifier(spec, event.file, context.style), context.tests.runner);
    await changes.write(spec, withQuotes(test, context.style.quote));
  }
  return changes.list();
};

/** Where the test of a file goes: beside it, or into the folder of tests. */
export function specFile(context: CutContext, file: string): string {
  const suffix = context.tests?.suffix ?? ".spec.ts";
  const folder = context.tests?.folder ?? null;
  const bare = file.replace(/\.ts$/, "");
  return folder === null ? `${bare}${suffix}` : `${folder}/${bare.slice(bare.lastIndexOf("/") + 1)}${suffix}`;
}
