import { parseSync } from "oxc-parser";
import type { Expr, FileFacts } from "../model/index.ts";
import { type Builder, createBuilder, type Walkers } from "./builder.ts";
import { readClass } from "./classes.ts";
import { readExpression } from "./expressions.ts";
import { readCallable } from "./functions.ts";
import { readStatements } from "./statements.ts";

const WALKERS: Walkers = {
  expression: readExpression,
  statements: readStatements,
  callable: readCallable,
  classLike: readClass,
};

/** Past a few thousand, the native parser overflows its stack and takes the process with it. */
const MAX_NESTING = 2000;

/**
 * Reads one file's text by itself. Never throws on bad syntax: what the parser could recover is kept, and `errors`
 * says what it could not. Throws only where brackets are nested past all measure.
 */
export function extractFile(path: string, text: string): FileFacts {
  if (nestingOf(text) > MAX_NESTING) throw new Error(`brackets nested deeper than ${MAX_NESTING}`);
  const parsed = parseSync(path, text);
  const builder = createBuilder(WALKERS);
  const body = readStatements(builder, parsed.program.body, builder.top);
  for (const bind of builder.pending) bind();
  adoptAssignments(builder);
  const starts = lineStarts(text);
  return {
    path,
    lineStarts: starts,
    imports: builder.imports,
    exportStars: builder.exportStars,
    exports: builder.exports,
    topValues: Object.fromEntries(builder.top.values),
    topTypes: Object.fromEntries(builder.top.types),
    variables: builder.variables,
    functions: builder.functions,
    classes: builder.classes,
    interfaces: builder.interfaces,
    aliases: builder.aliases,
    typeParameters: builder.typeParameters,
    namespaces: builder.namespaces,
    augmentations: builder.augmentations,
    objects: builder.objects,
    calls: builder.calls,
    memberAssignments: builder.memberAssignments,
    body,
    errors: parsed.errors
      .filter((error) => error.severity === "Error")
      .map((error) => ({ message: error.message, at: error.labels[0]?.start ?? starts[0] ?? 0 })),
  };
}

/** Upper bound of the nesting: brackets in texts count as well. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 40 || code === 91 || code === 123) deepest = Math.max(deepest, ++depth);
    else if (code === 41 || code === 93 || code === 125) depth--;
  }
  return deepest;
}

/** `let service; service = app.get(X)`: the first telling assignment stands in for the initialiser. */
function adoptAssignments(builder: Builder): void {
  for (const { target, value } of builder.assignments) {
    if (target.ref.kind !== "variable") continue;
    const variable = builder.variables[target.ref.index];
    if (!variable || variable.type || variable.parameter || !saysNothing(variable.init) || saysNothing(value)) continue;
    variable.init = value;
  }
}

function saysNothing(value: Expr | undefined): boolean {
  if (!value || value.kind === "literal") return true;
  return value.kind === "array" && value.elements.length === 0;
}

/** A byte order mark is part of the text and of no line: editors do not count it either. */
function lineStarts(text: string): number[] {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}
