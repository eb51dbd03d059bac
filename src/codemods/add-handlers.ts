import { Node } from "ts-morph";
import type { TextEdit } from "../model/index.ts";
import { editText, insertAt } from "./edits.ts";
import { addImport } from "./imports.ts";
import { appendElement, appendItems } from "./lists.ts";
import { parse } from "./parse.ts";

export interface AddedHandler {
  readonly event: string;
  readonly eventFrom: string;
  /** `on(orderPlaced, async (payload) => { … })`, indented as in the list. */
  readonly source: string;
  readonly service: string;
  readonly serviceFrom: string;
  readonly field: string;
}

/** Adds handlers to a consumer that stands already; those that it has stay as they are. */
export function addHandlers(text: string, className: string, handlers: readonly AddedHandler[]): string | null {
  let current: string | null = text;
  for (const handler of handlers) {
    if (current !== null && !hasHandler(current, handler.event)) current = addHandler(current, className, handler);
  }
  return current;
}

/** Whether a consumer's text handles an event. */
export function hasHandler(text: string, event: string): boolean {
  return new RegExp(`\\bon\\(\\s*${event}\\b`).test(text);
}

function addHandler(text: string, className: string, handler: AddedHandler): string | null {
  let done = true;
  const after = editText(text, (body) => {
    const file = parse(body);
    const owner = file.getClass(className);
    const list = owner?.getProperty("handlers")?.getInitializer();
    const [builder] = owner?.getConstructors() ?? [];
    if (!owner || !Node.isArrayLiteralExpression(list) || !builder) {
      done = false;
      return [];
    }
    const parameters = builder.getParameters();
    const last = parameters.at(-1);
    const known = parameters.some((parameter) => parameter.getName() === handler.field);
    const added = `private readonly ${handler.field}: ${handler.service}`;
    const edits: TextEdit[] = [appendElement(list, handler.source.trimStart())];
    if (!known)
      edits.push(last ? appendItems(last, [added]) : insertAt(builder.getStart() + "constructor(".length, added));
    return [
      ...addImport(file, [handler.event], handler.eventFrom),
      ...(known ? [] : addImport(file, [handler.service], handler.serviceFrom)),
      ...edits,
    ];
  });
  return done ? after : null;
}
