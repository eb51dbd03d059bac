import type { CallSiteFact, Expr, FileFacts } from "../model/index.ts";
import { assignmentsTo } from "./assignments.ts";
import { nameOf } from "./name-of.ts";

export interface WrittenText {
  readonly text: string;
  /** Names of what is put into the holes of a template, "" where there is none. */
  readonly holes: readonly string[];
}

const HOLE = "\u0024{}";
/** Further than through a few names nobody follows it; and a constant may hold itself. */
const MAX_DEPTH = 6;

/**
 * Text that stands in the file: a string, a template (tagged ones too), a constant or field that holds one, what is put
 * together of such. Null where nothing of it can be seen.
 */
export function textOf(facts: FileFacts, value: Expr | undefined, depth = 0): WrittenText | null {
  if (!value || depth > MAX_DEPTH) return null;
  const read = (inner: Expr | undefined) => textOf(facts, inner, depth + 1);
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? plain(value.value) : null;
    case "template":
      return templateOf(facts, value, depth);
    case "await":
    case "as":
      return read(value.value);
    case "binary":
      return value.operator === "+" ? joined([read(value.left), read(value.right)], "") : null;
    case "conditional": {
      // Whatever either of them does may be done.
      const [yes, no] = [read(value.yes), read(value.no)];
      return yes && no ? joined([yes, no], " ") : null;
    }
    case "call":
      return textOfCall(facts, facts.calls[value.call], depth);
    case "name":
      return value.ref.kind === "variable" ? textOfVariable(facts, value.ref.index, depth) : null;
    case "member":
      return read(heldBy(facts, value));
    default:
      return null;
  }
}

function plain(text: string): WrittenText {
  return { text, holes: [] };
}

/** Null where all parts are unknown; an unknown part among known ones is a hole. */
function joined(parts: readonly (WrittenText | null)[], between: string): WrittenText | null {
  if (parts.every((part) => part === null)) return null;
  return {
    text: parts.map((part) => part?.text ?? HOLE).join(between),
    holes: parts.flatMap((part) => part?.holes ?? [""]),
  };
}

function templateOf(facts: FileFacts, value: Extract<Expr, { kind: "template" }>, depth: number): WrittenText {
  const pieces = value.text.split(HOLE);
  const parts = pieces.flatMap((piece, index): WrittenText[] => {
    const inner = value.values[index];
    if (index === pieces.length - 1 || !inner) return [plain(piece)];
    return [plain(piece), textOf(facts, inner, depth + 1) ?? { text: HOLE, holes: [nameOf(facts, inner)] }];
  });
  return { text: parts.map((part) => part.text).join(""), holes: parts.flatMap((part) => part.holes) };
}

/** sql`…`, `["select", …].join(" ")`, `text.trim()`, `sql.raw("…")`, `sql.table("orders")`. */
function textOfCall(facts: FileFacts, site: CallSiteFact | undefined, depth: number): WrittenText | null {
  const [first] = site?.args ?? [];
  if (!site) return null;
  if (site.isTag) return textOf(facts, first, depth + 1);
  if (site.callee.kind !== "member") return null;
  const { name, object } = site.callee;
  if (name === "join" && object.kind === "array") {
    const parts = object.elements.map((element) => textOf(facts, element, depth + 1));
    return joined(parts, " ");
  }
  if (/^(table|ref|id|identifier)$/.test(name) && first?.kind === "array") {
    return joined(
      first.elements.map((element) => textOf(facts, element, depth + 1)),
      ".",
    );
  }
  if (/^(raw|unsafe|table|ref|id|identifier)$/.test(name)) return textOf(facts, first, depth + 1);
  return /^(trim|concat|replace|replaceAll|toString)$/.test(name) ? textOf(facts, object, depth + 1) : null;
}

/** A constant; and a variable that is only added to: `let sql = "select …"; sql += " limit 1"`. */
function textOfVariable(facts: FileFacts, index: number, depth: number): WrittenText | null {
  const variable = facts.variables[index];
  if (!variable || variable.parameter) return null;
  if (variable.constant) return textOf(facts, variable.init, depth + 1);
  const assigned = assignmentsTo(facts, index).map(({ operator, value }) => {
    return operator === "=" || operator === "+=" ? textOf(facts, value, depth + 1) : null;
  });
  return variable.init ? joined([textOf(facts, variable.init, depth + 1), ...assigned], " ") : joined(assigned, " ; ");
}

/** What a field of the class, or a property of a constant object, is written to hold. */
function heldBy(facts: FileFacts, { object, name }: Extract<Expr, { kind: "member" }>): Expr | undefined {
  if (object.kind === "this") {
    const owner = facts.classes[object.class];
    const members = object.static ? owner?.statics : owner?.members;
    return members && Object.hasOwn(members, name) ? members[name]?.init : undefined;
  }
  if (object.kind !== "name") return undefined;
  if (object.ref.kind === "class") {
    const statics = facts.classes[object.ref.index]?.statics ?? {};
    return Object.hasOwn(statics, name) ? statics[name]?.init : undefined;
  }
  const init = object.ref.kind === "variable" ? facts.variables[object.ref.index]?.init : undefined;
  return init?.kind === "object" ? init.properties.find((property) => property.name === name)?.value : undefined;
}
