import type { Decorator, ParamPattern } from "oxc-parser";
import type { DecoratorFact, Expr, Statement } from "../model/index.ts";
import {
  addVariable,
  type Builder,
  bindValueLater,
  type CallableNode,
  type CallableRole,
  type Draft,
  within,
} from "./builder.ts";
import { giveContext } from "./contexts.ts";
import { bindPattern } from "./patterns.ts";
import { createScope, type Scope } from "./scope.ts";
import { annotation, thisParameter, typeParameters } from "./types.ts";

/** Reads a function of any kind; returns its index. */
export function readCallable(builder: Builder, node: CallableNode, outer: Scope, role: CallableRole): number {
  const index = builder.functions.length;
  const scope = createScope(outer, true);
  const fact: Draft<(typeof builder.functions)[number]> = {
    name: role.name,
    at: role.at,
    end: node.end,
    kind: role.kind,
    class: role.class,
    static: role.static,
    parent: builder.position.function,
    typeParameters: [],
    parameters: [],
    async: node.async,
    generator: node.generator,
    decorators: role.decorators,
    returned: [],
  };
  builder.functions.push(fact);
  // A function expression knows itself by its own name; a parameter of that name stands before it.
  if (node.type === "FunctionExpression" && node.id) {
    scope.values.set(node.id.name, { kind: "function", indexes: [index] });
  }
  // An arrow keeps `this`; a plain function has a `this` that nobody declared.
  const isMember = role.class >= 0 && role.kind !== "arrow";
  const changed = isMember
    ? { class: role.class, static: role.static }
    : node.type === "ArrowFunctionExpression"
      ? {}
      : { class: -1, static: false };
  within(builder, { function: index, ...changed }, () => {
    fact.typeParameters = typeParameters(builder, node.typeParameters, scope);
    const opening: Statement[] = [];
    const receiver = thisParameter(node.params);
    const thisType = annotation(builder, receiver?.typeAnnotation, scope);
    if (thisType) fact.thisType = thisType;
    fact.parameters = (receiver ? node.params.slice(1) : node.params).map((parameter, position) =>
      readParameter(builder, parameter, { scope, function: index, position, role, opening }),
    );
    const returns = annotation(builder, node.returnType, scope);
    if (returns) fact.returns = returns;
    if (!node.body) return;
    if (node.body.type === "BlockStatement") {
      fact.body = [...opening, ...builder.walk.statements(builder, node.body.body, scope)];
    } else {
      const value = builder.walk.expression(builder, node.body, scope);
      fact.returned = [...fact.returned, value];
      giveContext(builder, value, { kind: "returned", function: index });
      fact.body = [...opening, { kind: "return", value, at: node.body.start }];
    }
  });
  return index;
}

interface ParameterPlace {
  readonly scope: Scope;
  readonly function: number;
  readonly position: number;
  readonly role: CallableRole;
  readonly opening: Statement[];
}

function readParameter(builder: Builder, node: ParamPattern, place: ParameterPlace): number {
  const isProperty = node.type === "TSParameterProperty";
  const pattern = isProperty ? node.parameter : node;
  const decorators = [
    ...readDecorators(builder, isProperty ? node.decorators : [], place.scope),
    ...readDecorators(builder, pattern.decorators ?? [], place.scope),
  ];
  let target = pattern;
  let init: Expr | undefined;
  if (target.type === "AssignmentPattern") {
    init = builder.walk.expression(builder, target.right, place.scope);
    target = target.left;
  }
  const rest = target.type === "RestElement";
  const type = annotation(builder, target.typeAnnotation, place.scope);
  const name = target.type === "Identifier" ? target.name : null;
  const variable = addVariable(builder, place.scope, {
    name,
    at: target.start,
    constant: false,
    parameter: { function: place.function, index: place.position, rest },
    ...(type && { type }),
    ...(init && { init }),
    ...(!isProperty && decorators.length > 0 && { decorators }),
  });
  if (isProperty && name !== null && place.role.kind === "constructor") {
    const owner = builder.classes[place.role.class];
    if (owner) {
      (owner.members as Record<string, unknown>)[name] = {
        kind: "property",
        at: target.start,
        abstract: false,
        functions: [],
        injected: true,
        decorators,
        ...(type && { type }),
        ...(init && { init }),
      };
    }
  }
  if (target.type !== "Identifier") {
    const source: Expr = { kind: "name", ref: { kind: "variable", index: variable }, at: target.start };
    const inner = target.type === "RestElement" ? target.argument : { ...target, typeAnnotation: null };
    // Hardly anybody assigns to a destructured parameter; what it names is what was taken out.
    const binding = { scope: place.scope, typeScope: place.scope, constant: true };
    place.opening.push(...bindPattern(builder, inner, source, binding));
  }
  return variable;
}

/** Decorators themselves are no calls; what their arguments hold is read like any code. */
export function readDecorators(builder: Builder, nodes: readonly Decorator[], scope: Scope): readonly DecoratorFact[] {
  return nodes.map((node) => {
    const target = node.expression.type === "CallExpression" ? node.expression.callee : node.expression;
    const fact: Draft<DecoratorFact> = {
      name: dottedName(target),
      ref: null,
      args:
        node.expression.type === "CallExpression"
          ? node.expression.arguments.map((argument) =>
              builder.walk.expression(builder, argument.type === "SpreadElement" ? argument.argument : argument, scope),
            )
          : [],
      at: node.start,
    };
    const head = fact.name.split(".")[0];
    if (head) {
      bindValueLater(builder, scope, head, (ref) => {
        fact.ref = ref;
      });
    }
    return fact;
  });
}

function dottedName(node: {
  readonly type: string;
  readonly name?: unknown;
  readonly object?: unknown;
  readonly property?: unknown;
}): string {
  if (node.type === "Identifier") return String(node.name);
  if (node.type === "MemberExpression") {
    return `${dottedName(node.object as typeof node)}.${dottedName(node.property as typeof node)}`;
  }
  return "";
}
