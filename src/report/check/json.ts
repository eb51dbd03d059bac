import type { CheckReport, FindingKind } from "../../model/index.ts";
import { teamsOf } from "./teams.ts";

/** Version 1: what every other format is made of. New calls in full, the others by id. */
export function checkJson(report: CheckReport): string {
  const { result, baseline, since, findings, known, exitCode } = report;
  const idsOf = (...kinds: readonly FindingKind[]) =>
    findings.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const isNew = new Set(idsOf("new", "expired"));
  const value = {
    version: 1,
    tool: result.tool,
    hasBaseline: baseline.exists,
    baseline,
    ...(since && { since }),
    findings,
    new: result.calls.filter((call) => isNew.has(call.id)),
    known,
    stale: idsOf("gone"),
    teams: teamsOf(report),
    diagnostics: result.diagnostics,
    exitCode,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
