import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import type { TextEdit } from "../model/index.ts";
import { insertAt, quoteOf } from "./edits.ts";
import { appendItems, removeItem } from "./lists.ts";

/** The edits that make names from a module known in a file: none where they are already. */
export function addImport(file: SourceFile, names: readonly string[], from: string): TextEdit[] {
  const declarations = file.getImportDeclarations();
  const same = declarations.find(
    (each) => each.getModuleSpecifierValue() === from && !each.isTypeOnly() && each.getNamedImports().length > 0,
  );
  const present = new Set(same?.getNamedImports().map((part) => part.getName()));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length === 0) return [];
  const last = same?.getNamedImports().at(-1);
  if (last) return [appendItems(last, missing)];
  const quote = quoteOf(file.getFullText());
  const semicolon = usesSemicolons(file) ? ";" : "";
  const line = `import { ${missing.join(", ")} } from ${quote}${from}${quote}${semicolon}`;
  const behind = declarations.at(-1);
  if (behind) return [insertAt(endWithComment(file, behind.getEnd()), `\n${line}`)];
  const statements = file.getStatements();
  const first = statements.find((each) => !isDirective(each));
  if (first) return [insertAt(first.getStart(true), `${line}\n\n`)];
  const directive = statements.at(-1);
  return [directive ? insertAt(directive.getEnd(), `\n\n${line}`) : insertAt(0, `${line}\n`)];
}

/** Takes a name out of the file's imports, the whole line with the last one. */
export function removeImport(file: SourceFile, name: string): TextEdit[] {
  for (const declaration of file.getImportDeclarations()) {
    const parts = declaration.getNamedImports();
    const part = parts.find((each) => (each.getAliasNode()?.getText() ?? each.getName()) === name);
    if (!part) continue;
    if (parts.length > 1) return [removeItem(part)];
    const whole = declaration.getDefaultImport();
    const list = part.getFirstAncestorByKind(SyntaxKind.NamedImports);
    if (whole && list) return [{ start: whole.getEnd(), end: list.getEnd(), text: "" }];
    const text = file.getFullText();
    const end = text.indexOf("\n", declaration.getEnd());
    const next = end < 0 ? text.length : end + 1;
    // The blank line below the last import of a file goes with it.
    const blank = declaration.getPos() === 0 && file.getImportDeclarations().length === 1;
    const gap = blank ? (/^(?:[ \t]*\r?\n)*/.exec(text.slice(next))?.[0].length ?? 0) : 0;
    return [{ start: declaration.getStart(), end: next + gap, text: "" }];
  }
  return [];
}

/** End of what stands at an offset, with a comment on the same line, which is about it. */
function endWithComment(file: SourceFile, offset: number): number {
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(file.getFullText().slice(offset));
  return offset + (comment?.[0].length ?? 0);
}

/** `"use strict"` is one only as long as it comes first. */
function isDirective(statement: Node): boolean {
  return Node.isExpressionStatement(statement) && Node.isStringLiteral(statement.getExpression());
}

function usesSemicolons(file: SourceFile): boolean {
  const first = file.getImportDeclarations()[0];
  return first ? first.getText().endsWith(";") : true;
}
