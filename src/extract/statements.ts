import type {
  Directive,
  Expression,
  ForStatementLeft,
  IfStatement,
  Statement as StatementNode,
  TryStatement,
  VariableDeclaration,
} from "oxc-parser";
import type { Expr, Statement } from "../model/index.ts";
import type { Builder } from "./builder.ts";
import { initialise } from "./classes.ts";
import { giveContext } from "./contexts.ts";
import { readDeclaration } from "./declarations.ts";
import { readModuleItem } from "./module-items.ts";
import { narrow } from "./narrowing.ts";
import { bindPattern } from "./patterns.ts";
import { createScope, functionScope, type Scope } from "./scope.ts";
import { annotation } from "./types.ts";

type Node = StatementNode | Directive;

export function readStatements(builder: Builder, nodes: readonly Node[], scope: Scope): Statement[] {
  return nodes.flatMap((node) => readStatement(builder, node, scope));
}

function readStatement(builder: Builder, node: Node | null | undefined, scope: Scope): Statement[] {
  if (!node) return [];
  const read = (inner: Expression) => builder.walk.expression(builder, inner, scope);
  const at = node.start;
  switch (node.type) {
    case "ExpressionStatement":
      return [{ kind: "expression", value: read(node.expression), at }];
    case "VariableDeclaration":
      return readVariables(builder, node, scope);
    case "ReturnStatement": {
      const value = node.argument ? read(node.argument) : undefined;
      const fn = builder.functions[builder.position.function];
      if (value && fn) {
        fn.returned = [...fn.returned, value];
        giveContext(builder, value, { kind: "returned", function: builder.position.function });
      }
      return [{ kind: "return", ...(value && { value }), at }];
    }
    case "ThrowStatement":
      return [{ kind: "throw", value: read(node.argument), at }];
    case "IfStatement":
      return [readIf(builder, node, scope)];
    case "BlockStatement":
      return [{ kind: "block", body: readStatements(builder, node.body, createScope(scope)) }];
    case "ForStatement":
    case "ForOfStatement":
    case "ForInStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return [readLoop(builder, node, scope)];
    case "TryStatement":
      return [readTry(builder, node, scope)];
    case "SwitchStatement": {
      const value = read(node.discriminant);
      const inner = createScope(scope);
      const cases = node.cases.map((item) => {
        const test = item.test ? builder.walk.expression(builder, item.test, inner) : undefined;
        return { ...(test && { test }), body: readStatements(builder, item.consequent, inner) };
      });
      return [{ kind: "switch", value, cases, at }];
    }
    case "LabeledStatement":
      return readStatement(builder, node.body, scope);
    case "WithStatement":
      return [{ kind: "expression", value: read(node.object), at }, ...readStatement(builder, node.body, scope)];
    case "BreakStatement":
    case "ContinueStatement":
      return [{ kind: "jump", at }];
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ExportDefaultDeclaration":
    case "TSExportAssignment":
    case "TSImportEqualsDeclaration":
      return readModuleItem(builder, node, scope, (inner) => readStatement(builder, inner, scope));
    case "EmptyStatement":
    case "DebuggerStatement":
    case "TSNamespaceExportDeclaration":
      return [];
    default:
      return readDeclaration(builder, node, scope, (inner, innerScope) => readStatement(builder, inner, innerScope));
  }
}

function readVariables(builder: Builder, node: VariableDeclaration, outer: Scope): Statement[] {
  const scope = node.kind === "var" ? functionScope(outer) : outer;
  const constant = node.kind === "const";
  return node.declarations.flatMap((declarator) => {
    const init = declarator.init ? builder.walk.expression(builder, declarator.init, outer) : undefined;
    if (init && declarator.id.type === "Identifier") {
      const type = annotation(builder, declarator.id.typeAnnotation, outer);
      initialise(builder, init, { name: declarator.id.name, type });
    }
    return bindPattern(builder, declarator.id, init, { scope, typeScope: outer, constant });
  });
}

function readIf(builder: Builder, node: IfStatement, scope: Scope): Statement {
  const test = builder.walk.expression(builder, node.test, scope);
  return {
    kind: "if",
    test,
    yes: readStatement(builder, node.consequent, narrow(builder, node.test, scope)),
    no: readStatement(builder, node.alternate, scope),
    at: node.start,
  };
}

type LoopNode = Extract<
  StatementNode,
  { type: "ForStatement" | "ForOfStatement" | "ForInStatement" | "WhileStatement" | "DoWhileStatement" }
>;

function readLoop(builder: Builder, node: LoopNode, outer: Scope): Statement {
  const scope = createScope(outer);
  const at = node.start;
  const read = (inner: Expression) => builder.walk.expression(builder, inner, scope);
  if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
    const over = read(node.right);
    const element: Expr =
      node.type === "ForInStatement" ? { kind: "literal", value: "" } : { kind: "element", of: over };
    const value: Expr = node.type === "ForOfStatement" && node.await ? { kind: "await", value: element } : element;
    const opening = bindLoopVariable(builder, node.left, value, scope);
    return { kind: "loop", header: [over], body: [...opening, ...readStatement(builder, node.body, scope)], at };
  }
  if (node.type === "ForStatement") {
    const opening = node.init?.type === "VariableDeclaration" ? readVariables(builder, node.init, scope) : [];
    const header = [node.init, node.test, node.update].flatMap((part) =>
      part && part.type !== "VariableDeclaration" ? [read(part)] : [],
    );
    const body = readStatement(builder, node.body, scope);
    return { kind: "block", body: [...opening, { kind: "loop", header, body, at }] };
  }
  return { kind: "loop", header: [read(node.test)], body: readStatement(builder, node.body, scope), at };
}

function bindLoopVariable(builder: Builder, left: ForStatementLeft, value: Expr, scope: Scope): Statement[] {
  if (left.type !== "VariableDeclaration") return [];
  const target = left.declarations[0]?.id;
  if (!target) return [];
  return bindPattern(builder, target, value, { scope, typeScope: scope, constant: left.kind === "const" });
}

function readTry(builder: Builder, node: TryStatement, scope: Scope): Statement {
  const block = readStatement(builder, node.block, scope);
  const finalizer = readStatement(builder, node.finalizer, scope);
  if (!node.handler) return { kind: "try", block, finalizer, at: node.start };
  const inner = createScope(scope);
  const { param } = node.handler;
  const opening = param
    ? bindPattern(builder, param, undefined, { scope: inner, typeScope: scope, constant: false })
    : [];
  const first = opening[0];
  const handler = {
    variable: first?.kind === "variable" ? first.variable : -1,
    body: [...opening.slice(1), ...readStatements(builder, node.handler.body.body, inner)],
  };
  return { kind: "try", block, handler, finalizer, at: node.start };
}
