import type { CheckReport } from "../../model/index.ts";
import { ofKind } from "./findings.ts";

/** What shields.io reads from an endpoint. */
export function checkBadge(report: CheckReport): string {
  const added = ofKind(report, "new").length + ofKind(report, "expired").length;
  const known = report.known.length;
  const message = added > 0 ? `${known} known, ${added} new` : known > 0 ? `${known} known` : "none";
  const color = report.exitCode === 1 ? "red" : known + added > 0 ? "blue" : "brightgreen";
  return `${JSON.stringify({ schemaVersion: 1, label: "calls between modules", message, color })}\n`;
}
