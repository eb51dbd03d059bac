import type { Location } from "../model/index.ts";

/** Reads one line of a source file, 1-based; null where there is none. */
export type LineOf = (file: string, line: number) => string | null;

const WIDTH = 110;

/** The line of a place with a mark under it, indented; nothing where the file is not to be had. */
export function codeFrame(
  location: Location,
  lineOf: LineOf,
  mark: (text: string) => string,
  indent: string,
): string[] {
  const line = lineOf(location.file, location.start.line);
  if (line === null) return [];
  const number = String(location.start.line);
  // Deep indentation says nothing here; a tab is one column wide, as in the location.
  const blank = line.length - line.trimStart().length;
  const shift = Math.min(blank, Math.max(0, location.start.column - 1));
  const text = line.slice(shift).replaceAll("\t", " ").slice(0, WIDTH);
  const start = Math.max(0, location.start.column - 1 - shift);
  const isOneLine = location.end.line === location.start.line;
  const length = Math.max(1, isOneLine ? location.end.column - location.start.column : text.length - start);
  if (start >= text.length) return [`${indent}${number} │ ${text}`];
  return [
    `${indent}${number} │ ${text}`,
    `${indent}${" ".repeat(number.length)} │ ${" ".repeat(start)}${mark("^".repeat(Math.min(length, text.length - start)))}`,
  ];
}
