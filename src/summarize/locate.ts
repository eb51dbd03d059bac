import type { FileFacts, Location, Position } from "../model/index.ts";

/** The place of a span, from offsets. */
export function locate(facts: FileFacts, start: number, end: number): Location {
  return { file: facts.path, start: positionAt(facts.lineStarts, start), end: positionAt(facts.lineStarts, end) };
}

function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
