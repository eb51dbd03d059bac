import type { Expr, ValueContext } from "../model/index.ts";
import type { Builder } from "./builder.ts";

/**
 * Tells the functions and object literals that a value may be where it stands: that is what types their parameters.
 * Who stands nearer knows better: what was told first stays.
 */
export function giveContext(builder: Builder, value: Expr, context: ValueContext): void {
  switch (value.kind) {
    case "function": {
      const fn = builder.functions[value.function];
      if (fn) fn.context ??= context;
      return;
    }
    case "object": {
      const object = builder.objects[value.object];
      if (object) object.context ??= context;
      return;
    }
    case "array":
      for (const element of value.elements) giveContext(builder, element, { kind: "element", of: context });
      return;
    case "conditional":
      giveContext(builder, value.yes, context);
      giveContext(builder, value.no, context);
      return;
    case "logical":
      giveContext(builder, value.left, context);
      giveContext(builder, value.right, context);
      return;
    case "as":
      giveContext(builder, value.value, context);
      return;
    default:
  }
}
