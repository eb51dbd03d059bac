import type { CallSiteFact, Expr, FileFacts } from "../model/index.ts";
import { nameOf } from "./name-of.ts";
import { textOf, type WrittenText } from "./written-text.ts";

const CARRIES_SQL = /^(text|sql|query|statement|queryString)$/;

/** The first text among the arguments, or in a property that is named for SQL: `{ text: "select …", values }`. */
export function firstText(facts: FileFacts, site: CallSiteFact): WrittenText | null {
  for (const argument of site.args) {
    const text = textOf(facts, argument);
    if (text) return text;
    const object = objectOf(facts, argument);
    const property = object?.properties.find(({ name }) => CARRIES_SQL.test(name));
    const inner = property && textOf(facts, property.value);
    if (inner) return inner;
  }
  return null;
}

export function argumentNames(facts: FileFacts, site: CallSiteFact): string[] {
  return site.args.map((argument) =>
    argument.kind === "array" ? nameOfFirst(facts, argument) : classOf(facts, argument),
  );
}

function nameOfFirst(facts: FileFacts, { elements }: Extract<Expr, { kind: "array" }>): string {
  const [first] = elements;
  return first ? (textOf(facts, first)?.text ?? classOf(facts, first)) : "";
}

/** The class of an instance that was just made, where it can be seen; else a name. */
function classOf(facts: FileFacts, value: Expr): string {
  const made = madeBy(facts, value);
  return made ? nameOf(facts, made.callee) : nameOf(facts, value);
}

/** The `new` that a value, or the constant that it stands in, comes from. */
function madeBy(facts: FileFacts, value: Expr): CallSiteFact | undefined {
  if (value.kind === "call") return facts.calls[value.call]?.isNew ? facts.calls[value.call] : undefined;
  if (value.kind !== "name" || value.ref.kind !== "variable") return undefined;
  const variable = facts.variables[value.ref.index];
  return variable?.constant && variable.init?.kind === "call" ? madeBy(facts, variable.init) : undefined;
}

/** An object literal, also one that a constant holds. */
function objectOf(facts: FileFacts, value: Expr): Extract<Expr, { kind: "object" }> | undefined {
  if (value.kind === "object") return value;
  if (value.kind === "as") return objectOf(facts, value.value);
  if (value.kind !== "name" || value.ref.kind !== "variable") return undefined;
  const variable = facts.variables[value.ref.index];
  return variable?.constant && variable.init?.kind === "object" ? variable.init : undefined;
}

/** Properties of an object, of the objects in an array, and of what a `new` is given. */
export function propertiesOf(facts: FileFacts, value: Expr, prefix = "", depth = 0): Record<string, string> {
  if (depth > 3) return {};
  const inner = (part: Expr, name: string) => propertiesOf(facts, part, name, depth + 1);
  if (value.kind === "array") return Object.assign({}, ...value.elements.map((element) => inner(element, prefix)));
  const made = madeBy(facts, value);
  if (made) return Object.assign({}, ...made.args.map((argument) => inner(argument, prefix)));
  const properties = objectOf(facts, value)?.properties ?? [];
  return Object.assign(
    {},
    ...properties.map((property) => {
      const name = `${prefix}${property.name}`;
      return { [name]: valueText(facts, property.value), ...inner(property.value, `${name}.`) };
    }),
  );
}

function valueText(facts: FileFacts, value: Expr): string {
  if (value.kind === "literal") return String(value.value);
  return textOf(facts, value)?.text ?? nameOf(facts, value);
}
