import { recordBesideCall } from "../../codemods/dual.ts";
import { type CutCall, UserError } from "../../model/index.ts";
import { specifier } from "../../scaffold/imports.ts";
import { ChangeSet } from "./changes.ts";
import type { CutContext, StageStep } from "./context.ts";
import { isEmitted } from "./handled-events.ts";

/** The event is recorded beside the call, which goes on doing the work until the switch is turned. */
export const dual: StageStep = async (context, tree) => {
  const changes = new ChangeSet(tree);
  for (const [file, calls] of byFile(context)) {
    const text = await changes.read(file);
    if (text === null) throw new UserError("SC2012", `${file} is gone`);
    const open = calls.filter((call) => !call.planned.guarded && !isRecorded(text, call));
    if (open.length === 0) continue;
    const after = recordBesideCall(text, open, {
      consumer: context.design.consumer.id,
      runtime: specifier(file, `${context.config.runtime}/index.ts`, context.style),
      eventFrom: (event) => specifier(file, event, context.style),
      quote: context.style.quote,
    });
    await changes.write(file, after);
  }
  return changes.list();
};

function byFile(context: CutContext): Map<string, CutCall[]> {
  const files = new Map<string, CutCall[]>();
  for (const call of context.design.calls) {
    const { file } = call.planned.call.caller;
    files.set(file, [...(files.get(file) ?? []), call]);
  }
  return files;
}

/** Offsets hold for the text that was planned on: where the event is recorded already, that text is gone. */
function isRecorded(text: string, { planned, event }: CutCall): boolean {
  const body = text.replace(/^\uFEFF/, "");
  const statement = body.slice(planned.statement.start, planned.statement.end);
  if (statement.includes(`.${planned.calleeMethod}(`) && !statement.includes(".calls(")) return false;
  if (isEmitted(body, event.variable)) return true;
  throw new UserError("SC2012", `${planned.call.caller.file} has changed since ${event.type} was planned`);
}
