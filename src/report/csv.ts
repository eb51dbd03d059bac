import { type Input, stringify } from "csv-stringify/sync";

/** RFC 4180. A cell that a spreadsheet would take for a formula gets a `'` in front. */
export function csv(columns: readonly string[], rows: Input): string {
  return stringify(rows, {
    header: true,
    columns: [...columns],
    record_delimiter: "windows",
    escape_formulas: true,
    quoted_match: /\r/,
  });
}
