import { oneLine } from "./one-line.ts";

/**
 * Text of others as a code span that fits into a table: nothing in it is markup, tells anybody, or links to an issue.
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  // A span of backticks has no escape for its own mark, and a table none that every reader knows.
  if (!/[`|\\]/.test(line)) return `\`${line}\``;
  return `<code>${line.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** A table without the columns that are empty in every row. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly head: string; readonly rows: readonly string[] } {
  const kept = headings.map((_, column) => rows.some((row) => row[column] !== ""));
  const line = (cells: readonly string[]) => `| ${cells.filter((_, column) => kept[column]).join(" | ")} |\n`;
  return { head: line(headings) + line(headings.map(() => "---")), rows: rows.map(line) };
}
