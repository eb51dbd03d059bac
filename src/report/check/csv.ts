import type { CheckReport } from "../../model/index.ts";
import { csv } from "../csv.ts";

const COLUMNS = [
  "kind",
  "severity",
  "from",
  "to",
  "verdict",
  "confidence",
  "file",
  "line",
  "column",
  "id",
  "was",
  "message",
  "reason",
  "owners",
];

/** A row for each finding. */
export function checkCsv({ findings }: CheckReport): string {
  const rows = findings.map(({ location, owners, ...finding }) => ({
    ...finding,
    file: location?.file,
    line: location?.start.line,
    column: location?.start.column,
    owners: owners.join(" "),
  }));
  return csv(COLUMNS, rows);
}
