import type { CallSiteFact, FileFacts } from "../../model/index.ts";

/** Name that a plain function is called by, "" for a member. */
export function calleeName(facts: FileFacts, site: CallSiteFact): string {
  if (site.callee.kind !== "name") return "";
  const { ref } = site.callee;
  if (ref.kind === "global") return ref.name;
  if (ref.kind === "import") return facts.imports[ref.index]?.name ?? "";
  if (ref.kind === "function") return facts.functions[ref.indexes[0] ?? -1]?.name ?? "";
  return ref.kind === "variable" ? (facts.variables[ref.index]?.name ?? "") : "";
}
