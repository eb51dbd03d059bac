import { type ArrayLiteralExpression, type Node, SyntaxKind } from "ts-morph";
import type { TextEdit } from "../model/index.ts";
import { indentUnit, insertAt } from "./edits.ts";

/** Adds an element at the end of a list, in the list's own layout. */
export function appendElement(list: ArrayLiteralExpression, element: string): TextEdit {
  const elements = list.getElements();
  const last = elements[elements.length - 1];
  const text = list.getSourceFile().getFullText();
  if (!last) return appendToEmpty(list, element, text);
  const isMultiline = text.slice(list.getStart(), last.getStart()).includes("\n");
  return isMultiline ? appendOnLine(last, [element]) : appendInLine(list, last, element);
}

function appendToEmpty(list: ArrayLiteralExpression, element: string, text: string): TextEdit {
  const isMultiline = list.getText().includes("\n");
  if (!isMultiline && !element.includes("\n")) return insertAt(list.getStart() + 1, element);
  const indent = indentAt(text, list.getStart());
  const line = `\n${indent}${indentUnit(text)}${element},`;
  return insertAt(list.getStart() + 1, isMultiline ? line : `${line}\n${indent}`);
}

/** Adds items behind the last one of a list that stands on a line of its own, each on a line as well. */
export function appendOnLine(last: Node, items: readonly string[]): TextEdit {
  const text = last.getSourceFile().getFullText();
  const indent = indentAt(text, last.getStart());
  const comma = last.getNextSiblingIfKind(SyntaxKind.CommaToken);
  const end = (comma ?? last).getEnd();
  // A comment behind the last item is about that one.
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)(?=[ \t]*\r?\n)/.exec(text.slice(end))?.[0] ?? "";
  if (comma) return insertAt(end + comment.length, items.map((item) => `\n${indent}${item},`).join(""));
  return { start: end, end: end + comment.length, text: `,${comment}\n${indent}${items.join(`,\n${indent}`)}` };
}

/** Adds items behind the last one of a list, on its line or, where that one has a line to itself, on their own. */
export function appendItems(last: Node, items: readonly string[]): TextEdit {
  const text = last.getSourceFile().getFullText();
  const isOnOwnLine = text.slice(text.lastIndexOf("\n", last.getStart()) + 1, last.getStart()).trim() === "";
  return isOnOwnLine ? appendOnLine(last, items) : insertAt(last.getEnd(), `, ${items.join(", ")}`);
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";
}

const LONGEST_LINE = 110;

/** On the list's line as long as that is one to read, else each element on a line of its own. */
function appendInLine(list: ArrayLiteralExpression, last: Node, element: string): TextEdit {
  const text = list.getSourceFile().getFullText();
  const lineStart = text.lastIndexOf("\n", list.getStart()) + 1;
  const lineEnd = text.indexOf("\n", list.getEnd());
  const length = (lineEnd < 0 ? text.length : lineEnd) - lineStart + element.length + 2;
  if (length <= LONGEST_LINE) return insertAt(last.getEnd(), `, ${element}`);
  const indent = indentAt(text, list.getStart());
  const elements = [...list.getElements().map((each) => each.getText()), element];
  const lines = elements.map((each) => `${indent}${indentUnit(text)}${each},`);
  return { start: list.getStart(), end: list.getEnd(), text: `[\n${lines.join("\n")}\n${indent}]` };
}

/** Takes one item out of a comma-separated list, with its comma and, where it has one to itself, its line. */
export function removeItem(item: Node): TextEdit {
  const text = item.getSourceFile().getFullText();
  const next = item.getNextSiblingIfKind(SyntaxKind.CommaToken);
  const previous = item.getPreviousSiblingIfKind(SyntaxKind.CommaToken);
  const lineStart = text.lastIndexOf("\n", item.getStart() - 1) + 1;
  const end = next ? next.getEnd() : item.getEnd();
  const lineEnd = text.indexOf("\n", end);
  const isOwnLine =
    text.slice(lineStart, item.getStart()).trim() === "" && lineEnd >= 0 && text.slice(end, lineEnd).trim() === "";
  if (isOwnLine && (next || !previous)) return { start: lineStart, end: lineEnd + 1, text: "" };
  if (next) {
    const blanks = /^[ \t]*/.exec(text.slice(next.getEnd()))?.[0].length ?? 0;
    return { start: item.getStart(), end: next.getEnd() + blanks, text: "" };
  }
  return { start: previous ? previous.getStart() : item.getStart(), end: item.getEnd(), text: "" };
}
