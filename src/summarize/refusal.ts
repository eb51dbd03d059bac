import type { Expr, FileFacts, Statement } from "../model/index.ts";

/**
 * Whether a branch gives up: it throws, answers `false`, hands on an error, or calls something that is named for it.
 * A bare `return` or `return null` is no refusal: it may as well mean "nothing to do".
 */
export function isRefusal(facts: FileFacts, branch: readonly Statement[]): boolean {
  const last = branch[branch.length - 1];
  if (!last) return false;
  switch (last.kind) {
    case "throw":
      return true;
    case "block":
      return isRefusal(facts, last.body);
    case "return":
      return last.value !== undefined && isError(facts, last.value);
    case "expression":
      return isRejection(facts, last.value);
    default:
      return false;
  }
}

function isError(facts: FileFacts, value: Expr): boolean {
  switch (value.kind) {
    case "literal":
      return value.value === false;
    case "await":
    case "as":
      return isError(facts, value.value);
    case "call": {
      const site = facts.calls[value.call];
      if (!site) return false;
      return isRejection(facts, value) || (site.isNew && /(Error|Exception|Result)$/.test(nameOf(facts, site.callee)));
    }
    case "object":
      return value.properties.some(
        (property) =>
          /^(error|errors|errorCode|reason)$/.test(property.name) ||
          (/^(success|ok|valid|isValid|allowed)$/.test(property.name) &&
            property.value.kind === "literal" &&
            property.value.value === false),
      );
    default:
      return false;
  }
}

function isRejection(facts: FileFacts, value: Expr): boolean {
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call") return false;
  const site = facts.calls[call.call];
  return (
    site !== undefined &&
    /^(reject|fail|deny|forbid|abort|err|unauthorized|forbidden|badRequest|notFound)$/i.test(nameOf(facts, site.callee))
  );
}

function nameOf(facts: FileFacts, callee: Expr): string {
  if (callee.kind === "member") return callee.name;
  if (callee.kind !== "name") return "";
  switch (callee.ref.kind) {
    case "import":
      return facts.imports[callee.ref.index]?.name ?? "";
    case "class":
      return facts.classes[callee.ref.index]?.name ?? "";
    case "function":
      return facts.functions[callee.ref.indexes[0] ?? -1]?.name ?? "";
    case "variable":
      return facts.variables[callee.ref.index]?.name ?? "";
    case "namespace":
      return "";
    default:
      return callee.ref.name;
  }
}
