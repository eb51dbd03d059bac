import type { Expr, FileFacts } from "../model/index.ts";

export interface Assignment {
  readonly operator: string;
  readonly value: Expr;
}

const known = new WeakMap<FileFacts, ReadonlyMap<number, readonly Assignment[]>>();

/** What is assigned to a variable, wherever in its file. Few variables are asked about: looked up when first needed. */
export function assignmentsTo(facts: FileFacts, variable: number): readonly Assignment[] {
  let found = known.get(facts);
  if (!found) {
    found = collect(facts);
    known.set(facts, found);
  }
  return found.get(variable) ?? [];
}

function collect(facts: FileFacts): Map<number, Assignment[]> {
  const found = new Map<number, Assignment[]>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const inner of node) visit(inner);
    else if (typeof node === "object" && node !== null) {
      if (isAssign(node) && node.target.kind === "name" && node.target.ref.kind === "variable") {
        const { operator, value, target } = node;
        const index = target.ref.kind === "variable" ? target.ref.index : -1;
        found.set(index, [...(found.get(index) ?? []), { operator, value }]);
      }
      for (const inner of Object.values(node)) visit(inner);
    }
  };
  visit(facts.body);
  for (const fn of facts.functions) visit(fn.body);
  return found;
}

function isAssign(node: object): node is Extract<Expr, { kind: "assign" }> {
  return "kind" in node && node.kind === "assign";
}
