import type { Expr } from "../../model/index.ts";
import { visitCall } from "./calls.ts";
import { noteMember, noteName, visitAssign } from "./state-visits.ts";
import type { Use } from "./visits.ts";
import { addUse, DISCARDED, type Place, USED, type Walker } from "./walker.ts";

export function visit(walker: Walker, value: Expr, use: Use, place: Place, awaited = false): void {
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
      visit(walker, value.object, use.kind === "discarded" ? USED : use, place);
      return;
    case "index":
      visit(walker, value.object, use.kind === "discarded" ? USED : use, place);
      visit(walker, value.key, USED, place);
      return;
    case "element":
      if (value.of.kind === "name" && value.of.ref.kind === "variable" && use.kind === "bound") {
        addUse(walker, value.of.ref.index, use);
      } else visit(walker, value.of, USED, place);
      return;
    case "logical":
      // `check() && act()`: the left side only decides, as it does in a condition that is given a name first.
      visit(walker, value.left, use.kind === "bound" || value.operator !== "&&" ? use : testUse(use), place, awaited);
      visit(walker, value.right, use, place, awaited);
      return;
    case "conditional":
      visit(walker, value.test, DECIDES, place);
      visit(walker, value.yes, use, place, awaited);
      visit(walker, value.no, use, place, awaited);
      return;
    case "unary":
      if (value.operator === "void") {
        visit(walker, value.value, DISCARDED, { ...place, context: { ...place.context, letGo: true } });
      } else visit(walker, value.value, value.operator === "!" ? keepTest(use) : USED, place);
      return;
    case "binary":
      visit(walker, value.left, keepTest(use), place);
      visit(walker, value.right, keepTest(use), place);
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
      for (const property of value.properties) visit(walker, property.value, partUse(use), place);
      for (const spread of value.spreads) visit(walker, spread, USED, place);
      return;
    case "array":
      for (const element of value.elements) visit(walker, element, USED, place);
      return;
    case "template":
      for (const inner of value.values) visit(walker, inner, partUse(use), place);
      return;
    case "sequence":
    case "other":
      for (const inner of value.values) visit(walker, inner, USED, place);
      return;
    case "spread":
    case "instance":
      visit(walker, value.value, use, place);
      return;
    default:
  }
}

/** A part of an object or a text goes where the whole goes, as long as nobody keeps it. */
function partUse(use: Use): Use {
  return use.kind === "passed" || use.kind === "thrown" ? use : USED;
}
/** It decides which way the code goes; neither way is known to give up. */
const DECIDES: Use = { kind: "test", refuses: false };

function testUse(use: Use): Use {
  return use.kind === "test" ? use : DECIDES;
}

/** `!x` and `x === y` in a test, bound to a variable that is tested later, or given back, still only decide. */
function keepTest(use: Use): Use {
  return use.kind === "test" || use.kind === "bound" || use.kind === "returned" ? use : USED;
}
