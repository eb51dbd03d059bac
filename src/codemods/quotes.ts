import { Node } from "ts-morph";
import { applyEdits } from "./edits.ts";
import { parse } from "./parse.ts";

/** Gives the string literals of our own text the quotes that a repository uses, where that needs no escape. */
export function withQuotes(text: string, quote: '"' | "'"): string {
  if (quote === '"') return text;
  const literals = parse(text).getDescendants().filter(Node.isStringLiteral);
  const edits = literals
    .filter((literal) => literal.getText().startsWith('"') && !/['\\]/.test(literal.getText()))
    .map((literal) => ({
      start: literal.getStart(),
      end: literal.getEnd(),
      text: `'${literal.getText().slice(1, -1)}'`,
    }));
  return applyEdits(text, edits);
}
