import type { Expression } from "oxc-parser";
import type { Expr } from "../model/index.ts";
import type { Builder } from "./builder.ts";
import { initialise } from "./classes.ts";

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`: exports of code without `export`. */
export function readCommonJsExport(builder: Builder, left: Expression, value: Expr): void {
  if (builder.position.function >= 0 || builder.position.class >= 0) return;
  const name = exportedName(left);
  if (name === null) return;
  exportValue(builder, name, value, left.start);
  if (name === "export=") exportProperties(builder, value);
}

/** The members of an exported object can be imported by name. */
export function exportProperties(builder: Builder, value: Expr): void {
  if (value.kind !== "object") return;
  for (const property of value.properties) {
    if (!property.getter) exportValue(builder, property.name, property.value, property.at);
  }
}

function exportValue(builder: Builder, name: string, value: Expr, at: number): void {
  if (Object.hasOwn(builder.exports, name)) return;
  const index = builder.variables.length;
  const named = name === "export=" ? null : name;
  if (named !== null) initialise(builder, value, { name: named });
  builder.variables.push({ name: named, at, constant: true, init: value });
  builder.exports[name] = { kind: "value", ref: { kind: "variable", index } };
  // A name exports what it stands for, which is known when the file is read.
  if (value.kind !== "name") return;
  builder.pending.push(() => {
    builder.exports[name] = { kind: "value", ref: value.ref };
  });
}

function exportedName(left: Expression): string | null {
  if (left.type !== "MemberExpression" || left.computed || left.property.type === "PrivateIdentifier") return null;
  const { object, property } = left;
  if (object.type === "Identifier") {
    if (object.name === "module" && property.name === "exports") return "export=";
    return object.name === "exports" ? property.name : null;
  }
  return exportedName(object) === "export=" ? property.name : null;
}
