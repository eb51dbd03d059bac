/** A place in a file. 1-based, columns in UTF-16 code units, as editors and TypeScript count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span in a file; `file` is a posix path relative to the analysed root, `end` is exclusive. */
export interface Location {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** `src/orders/orders.service.ts:42`, the form that terminals make clickable. */
export function formatLocation(location: Location): string {
  return `${location.file}:${location.start.line}`;
}

/** Order by file, then position: the order of every list the tool prints. */
export function compareLocations(a: Location, b: Location): number {
  return compareText(a.file, b.file) || a.start.line - b.start.line || a.start.column - b.start.column;
}

/** Code-unit order. `localeCompare` depends on the machine's locale, and output must not. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
