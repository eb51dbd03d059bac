import type { ClassifiedCall, FindingSeverity, ModuleKind, SeverityRule } from "../model/index.ts";

/**
 * How grave a new call is. Without a rule: an error between modules of the domain, a note where a module uses what is
 * there for all (shared, infrastructure) or where the application is put together.
 *
 * @param kindOf kind that counts, which is the baseline's where it froze one
 */
export function severityOf(
  call: ClassifiedCall,
  rules: readonly SeverityRule[],
  kindOf: (module: string) => ModuleKind,
): FindingSeverity | "off" {
  const kind = kindOf(call.to);
  const rule = rules.find(
    (candidate) =>
      candidate.code === undefined &&
      (candidate.from === undefined || candidate.from === call.from) &&
      (candidate.to === undefined || candidate.to === call.to) &&
      (candidate.kind === undefined || candidate.kind === kind) &&
      (candidate.verdict === undefined || candidate.verdict === call.verdict),
  );
  if (rule) return rule.severity;
  const isSeam = kind === "domain" && kindOf(call.from) !== "composition";
  return isSeam ? "error" : "note";
}
