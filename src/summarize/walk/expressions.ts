import type { Expr } from "../../model/index.ts";
import { visitCall } from "./calls.ts";
import { noteMember, noteName, visitAssign } from "./state-visits.ts";
import type { Use } from "./visits.ts";
import { addUse, DISCARDED, type Place, USED, type Walker } from "./walker.ts";

export function visit(walker: Walker, value: Expr, use: Use, place: Place, awaited = false): void {
  const go = (inner: Expr, innerUse: Use = USED) => visit(walker, inner, innerUse, place);
  switch (value.kind) {
    case "call":
      visitCall(walker, value.call, use, place, awaited);
      return;
    case "await":
      visit(walker, value.value, use, place, true);
      return;
    case "name":
      noteName(walker, value, use, place);
      return;
    case "member":
      noteMember(walker, value, place, null, use);
      // What is read off a value stands for the value: `if (!result.ok) throw`.
      go(value.object, use.kind === "discarded" ? USED : use);
      return;
    case "index":
      go(value.object, use.kind === "discarded" ? USED : use);
      go(value.key);
      return;
    case "element":
      if (value.of.kind === "name" && value.of.ref.kind === "variable" && use.kind === "bound") {
        addUse(walker, value.of.ref.index, use);
      } else go(value.of);
      return;
    case "logical":
      // `check() && act()`: the left side only decides, as it does in a condition that is given a name first.
      visit(walker, value.left, use.kind === "bound" || value.operator !== "&&" ? use : testUse(use), place, awaited);
      visit(walker, value.right, use, place, awaited);
      return;
    case "conditional":
      go(value.test, { kind: "test", refuses: false });
      visit(walker, value.yes, use, place, awaited);
      visit(walker, value.no, use, place, awaited);
      return;
    case "unary":
      if (value.operator === "void") {
        visit(walker, value.value, DISCARDED, { ...place, context: { ...place.context, letGo: true } });
      } else go(value.value, value.operator === "!" ? keepTest(use) : USED);
      return;
    case "binary":
      go(value.left, keepTest(use));
      go(value.right, keepTest(use));
      return;
    case "assign":
      visitAssign(walker, value, use, place);
      return;
    case "as":
      visit(walker, value.value, use, place, awaited);
      return;
    case "function":
      return;
    case "object":
      for (const property of value.properties) go(property.value, partUse(use));
      for (const spread of value.spreads) go(spread);
      return;
    case "array":
      for (const element of value.elements) go(element);
      return;
    case "template":
      for (const inner of value.values) go(inner, partUse(use));
      return;
    case "sequence":
    case "other":
      for (const inner of value.values) go(inner);
      return;
    case "spread":
    case "instance":
      go(value.value, use);
      return;
    default:
  }
}

/** A part of an object or a text goes where the whole goes, as long as nobody keeps it. */
function partUse(use: Use): Use {
  return use.kind === "passed" || use.kind === "thrown" ? use : USED;
}

function testUse(use: Use): Use {
  return use.kind === "test" ? use : { kind: "test", refuses: false };
}

/** `!x` and `x === y` in a test, bound to a variable that is tested later, or given back, still only decide. */
function keepTest(use: Use): Use {
  return use.kind === "test" || use.kind === "bound" || use.kind === "returned" ? use : USED;
}
