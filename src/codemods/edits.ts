import type { TextEdit } from "../model/index.ts";

/** Ending of the line at an offset; what the text ends its other lines with, where that line is the last one. */
function lineEndingAt(text: string, offset: number): "\r\n" | "\n" {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.includes("\r\n") ? "\r\n" : "\n";
  return text[end - 1] === "\r" ? "\r\n" : "\n";
}

/**
 * Carries out edits on a text and leaves every other character as it is. New text takes over the ending of the line
 * that it goes into: in a file of mixed endings, a line that is added below another leaves that one as it was.
 * Edits must not overlap; two insertions at one place keep their order.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => a.start - b.start || a.order - b.order);
  let result = "";
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) throw new RangeError(`overlapping edits at ${edit.start}`);
    result += text.slice(at, edit.start) + edit.text.replace(/\r?\n/g, lineEndingAt(text, edit.end));
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Leaves a byte order mark where it is: offsets count from behind it. */
export function editText(text: string, edit: (body: string) => readonly TextEdit[]): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const body = text.slice(mark.length);
  return mark + applyEdits(body, edit(body));
}

export function insertAt(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** One step of indentation, as the file does it. */
export function indentUnit(text: string): string {
  const match = /^(\t| {2,8})\S/m.exec(text);
  return match?.[1] ?? "  ";
}

/** The quote that most imports of a file use. */
export function quoteOf(text: string): '"' | "'" {
  const single = text.match(/from\s+'/g)?.length ?? 0;
  const double = text.match(/from\s+"/g)?.length ?? 0;
  return single > double ? "'" : '"';
}

/** Text over several lines, moved one step to the right; what spans a template literal stays. */
export function indentMore(text: string, unit: string): string {
  return text.includes("`") ? text : text.replace(/\r?\n(?=[^\r\n])/g, (eol) => `${eol}${unit}`);
}
