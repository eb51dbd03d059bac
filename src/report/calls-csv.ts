import type { ClassifiedCall } from "../model/index.ts";
import { csv } from "./csv.ts";

const COLUMNS = [
  "from",
  "to",
  "caller",
  "callee",
  "verdict",
  "confidence",
  "strategies",
  "via",
  "file",
  "line",
  "column",
  "id",
];

/** A row for each call. */
export function callsCsv(calls: readonly ClassifiedCall[]): string {
  const rows = calls.map(({ caller, callee, location, strategies, ...call }) => ({
    ...call,
    caller: caller.symbol,
    callee: callee.symbol,
    strategies: strategies.join(" "),
    file: location.file,
    line: location.start.line,
    column: location.start.column,
  }));
  return csv(COLUMNS, rows);
}
