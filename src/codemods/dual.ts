import { Node } from "ts-morph";
import type { CutCall, PayloadProperty, PlannedCall, TextEdit } from "../model/index.ts";
import { applyEdits, editText, indentMore, indentUnit, insertAt } from "./edits.ts";
import { addImport } from "./imports.ts";
import { parse } from "./parse.ts";
import { dropUnusedImports } from "./unused-imports.ts";

export interface DualOptions {
  readonly consumer: string;
  /** Import specifier of the runtime's index, from this file. */
  readonly runtime: string;
  /** Import specifier of an event's file, from this file. */
  readonly eventFrom: (file: string) => string;
  readonly quote: '"' | "'";
}

/** Records the event beside each call, and lets the decision guard the call. All calls are of this file. */
export function recordBesideCall(text: string, calls: readonly CutCall[], options: DualOptions): string {
  const edited = editText(text, (body) => {
    const unit = indentUnit(body);
    const edits: TextEdit[] = [];
    const runtimeNames = new Set<string>();
    for (const call of calls) {
      const there = recordedAlready(body, call);
      const decision = there?.decision ?? freeName(call.planned, call.event.variable);
      if (!there?.decision) {
        runtimeNames.add("decide");
        edits.push(decideEdit(call, decision));
      }
      if (there) {
        if (!there.decision) edits.push({ ...there.constant, text: decision });
      } else {
        const { edit, helper } = emitEdit(body, call, decision, unit);
        runtimeNames.add(helper);
        edits.push(...edit);
      }
      edits.push(
        guardEdit(body, call.planned, `${decision}.calls(${options.quote}${options.consumer}${options.quote})`, unit),
      );
    }
    const file = parse(body);
    const imported = calls.flatMap((call) =>
      addImport(file, [call.event.variable], options.eventFrom(call.event.file)),
    );
    return [...unique(imported), ...addImport(file, [...runtimeNames].sort(), options.runtime), ...edits];
  });
  // The constant `EVENT` may have given way to a decision.
  return dropUnusedImports(text, edited);
}

interface Recorded {
  /** Variable of a decision that is made already; null where the constant `EVENT` stands. */
  readonly decision: string | null;
  readonly constant: { readonly start: number; readonly end: number };
}

/** Another consumer's cut may have put the same event into this function: it is recorded once. */
function recordedAlready(body: string, { planned, event }: CutCall): Recorded | null {
  const file = parse(body);
  const at = file.getDescendantAtPos(planned.statement.start);
  const owner = at?.getFirstAncestor((node) => Node.isMethodDeclaration(node) || Node.isFunctionDeclaration(node));
  const emit = owner
    ?.getDescendants()
    .filter(Node.isCallExpression)
    .find(
      (call) =>
        /^(emit|emitAlone)$/.test(call.getExpression().getText()) &&
        call
          .getArguments()
          .some((argument) => Node.isCallExpression(argument) && argument.getExpression().getText() === event.variable),
    );
  const last = emit?.getArguments().at(-1);
  if (!last || Node.isCallExpression(last)) return null;
  return {
    decision: last.getText() === "EVENT" ? null : last.getText(),
    constant: { start: last.getStart(), end: last.getEnd() },
  };
}

function freeName(planned: PlannedCall, event: string): string {
  return firstFree(planned.names, ["decision", `${event}Decision`]);
}

/** The first of some names that a function does not use; the last one with a number where it uses all of them. */
function firstFree(taken: readonly string[], names: readonly string[]): string {
  const free = names.find((name) => !taken.includes(name));
  if (free !== undefined) return free;
  const last = names[names.length - 1] ?? "value";
  for (let count = 2; ; count++) if (!taken.includes(`${last}${count}`)) return `${last}${count}`;
}

function decideEdit({ planned, event }: CutCall, decision: string): TextEdit {
  const key = event.payload.find((property) => property.name === event.key);
  const root = /^[A-Za-z_$][\w$]*/.exec(key?.expression ?? "")?.[0];
  const isKnown = root !== undefined && (planned.knownAtDecide.includes(root) || root === "this");
  const value = key && (key.shape.kind === "number" ? `String(${key.expression})` : key.expression);
  const argument = value !== undefined && isKnown ? `, ${value}` : "";
  return insertAt(
    planned.decideAt,
    `${planned.decideIndent}const ${decision} = await decide(${event.variable}${argument});\n`,
  );
}

function emitEdit(
  body: string,
  { planned, event }: CutCall,
  decision: string,
  unit: string,
): { readonly edit: readonly TextEdit[]; readonly helper: "emit" | "emitAlone" } {
  const place = planned.emit;
  if (place.kind === "transaction") {
    const made = factoryCall(event.variable, event.payload, place.renames, place.indent, unit);
    const text = `${place.indent}await emit(${place.handle}, ${made}, ${decision});\n`;
    return { edit: [insertAt(place.at, text)], helper: "emit" };
  }
  if (place.kind === "wrap") {
    return { edit: [wrapEdit(body, planned, place, event.variable, event.payload, decision, unit)], helper: "emit" };
  }
  const indent = planned.statementIndent;
  const made = factoryCall(event.variable, event.payload, {}, indent, unit);
  const text = `await emitAlone(${made}, ${decision});\n${indent}`;
  return { edit: [insertAt(planned.statement.start, text)], helper: "emitAlone" };
}

/** The write and the event in one transaction; what the write gives is given on. */
function wrapEdit(
  body: string,
  planned: PlannedCall,
  place: Extract<PlannedCall["emit"], { kind: "wrap" }>,
  variable: string,
  payload: readonly PayloadProperty[],
  decision: string,
  unit: string,
): TextEdit {
  const outer = place.indent;
  const inner = `${outer}${unit}`;
  const handle = firstFree(planned.names, ["manager", "tx"]);
  const receiver = body.slice(place.receiver.start, place.receiver.end);
  const rest = indentMore(body.slice(place.receiver.end, place.write.end), unit);
  const bound = place.receiverKind === "repository" ? `${handle}.withRepository(${receiver})` : handle;
  const opening = place.receiverKind === "repository" ? `${receiver}.manager.transaction` : `${receiver}.transaction`;
  const saved = firstFree(planned.names, ["saved", "written"]);
  const renames = place.variable === null ? {} : { [place.variable]: saved };
  const made = factoryCall(variable, payload, renames, inner, unit);
  const isUsed = place.variable !== null;
  const lines = [
    `${isUsed ? `const ${place.variable} = ` : ""}await ${opening}(async (${handle}) => {`,
    `${inner}${isUsed ? `const ${saved} = ` : ""}await ${bound}${rest};`,
    `${inner}await emit(${handle}, ${made}, ${decision});`,
    ...(isUsed ? [`${inner}return ${saved};`] : []),
    `${outer}});`,
  ];
  return { start: place.statement.start, end: place.statement.end, text: lines.join("\n") };
}

function guardEdit(body: string, planned: PlannedCall, test: string, unit: string): TextEdit {
  const { start, end } = planned.statement;
  const indent = planned.statementIndent;
  const statement = indentMore(body.slice(start, end), unit);
  const text = `if (${test}) {\n${indent}${unit}${statement}\n${indent}}`;
  return { start, end, text };
}

/** `orderPlaced({ orderId, email: customer.email })`, over several lines where one would be long. */
function factoryCall(
  variable: string,
  payload: readonly PayloadProperty[],
  renames: Readonly<Record<string, string>>,
  indent: string,
  unit: string,
): string {
  const properties = payload.map(({ name, shape, optional, expression }) => {
    const value = wireValue(renamed(expression, renames), shape.kind === "date", optional);
    return value === name ? name : `${name}: ${value}`;
  });
  const line = `${variable}({ ${properties.join(", ")} })`;
  if (line.length + indent.length < 90 && !line.includes("\n")) return payload.length === 0 ? `${variable}({})` : line;
  return `${variable}({\n${properties.map((property) => `${indent}${unit}${property},`).join("\n")}\n${indent}})`;
}

function wireValue(expression: string, isDate: boolean, optional: boolean): string {
  if (!isDate) return expression;
  const value = /^[\w$.!?[\]()]+$/.test(expression) ? expression : `(${expression})`;
  return `${value}${optional ? "?" : ""}.toISOString()`;
}

/** Replaces a variable: no member of that name, no key of an object, no word in a text, no parameter of a callback. */
function renamed(expression: string, renames: Readonly<Record<string, string>>): string {
  return Object.entries(renames).reduce((text, [from, to]) => {
    const wrapped = `(${text})`;
    const uses = parse(wrapped)
      .getDescendants()
      .filter((node) => Node.isIdentifier(node) && node.getText() === from && isVariable(node));
    const edits = uses.map((use) => {
      const key = Node.isShorthandPropertyAssignment(use.getParent()) ? `${from}: ` : "";
      return { start: use.getStart(), end: use.getEnd(), text: `${key}${to}` };
    });
    return applyEdits(wrapped, edits).slice(1, -1);
  }, expression);
}

function isVariable(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) return false;
  if (Node.isPropertyAssignment(parent) && parent.getNameNode() === node) return false;
  return !node
    .getAncestors()
    .some((each) => Node.isArrowFunction(each) && each.getParameters().some((it) => it.getName() === node.getText()));
}

function unique(edits: readonly TextEdit[]): TextEdit[] {
  return edits.filter((edit, index) => edits.findIndex((other) => other.text === edit.text) === index);
}
