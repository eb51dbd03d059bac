import type { Expr, FileFacts } from "../model/index.ts";

/** The last name of an expression: of a member, a class, an import, a variable, or of the callee of a call; "" for none. */
export function nameOf(facts: FileFacts, value: Expr): string {
  if (value.kind === "member") return value.name;
  if (value.kind === "call") return nameOf(facts, facts.calls[value.call]?.callee ?? { kind: "other", values: [] });
  if (value.kind !== "name") return "";
  switch (value.ref.kind) {
    case "class":
      return facts.classes[value.ref.index]?.name ?? "";
    case "import":
      return facts.imports[value.ref.index]?.name ?? "";
    case "variable":
      return facts.variables[value.ref.index]?.name ?? "";
    case "global":
      return value.ref.name;
    default:
      return "";
  }
}
