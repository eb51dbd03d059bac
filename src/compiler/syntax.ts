import { type CallExpression, Node, type SourceFile, type Statement } from "ts-morph";
import type { Location, Span } from "../model/index.ts";

export type FunctionLike = Node & { getBody(): Node | undefined; isAsync(): boolean };

/** The call whose name token stands at a location; null when the file says something else there by now. */
export function callAt(file: SourceFile, location: Location): CallExpression | null {
  const position = offsetOf(file, location);
  const token = position === null ? undefined : file.getDescendantAtPos(position);
  for (let node: Node | undefined = token; node; node = node.getParent()) {
    if (Node.isCallExpression(node) && nameToken(node) === token) return node;
  }
  return null;
}

function nameToken(call: CallExpression): Node {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getNameNode() : callee;
}

function offsetOf(file: SourceFile, { start }: Location): number | null {
  const starts = file.compilerNode.getLineStarts();
  const line = starts[start.line - 1];
  return line === undefined ? null : line + start.column - 1;
}

export function enclosingFunction(node: Node): FunctionLike | null {
  for (let current = node.getParent(); current; current = current.getParent()) {
    if (isFunctionLike(current)) return current;
  }
  return null;
}

export function isFunctionLike(node: Node): node is FunctionLike {
  return (
    Node.isMethodDeclaration(node) ||
    Node.isFunctionDeclaration(node) ||
    Node.isFunctionExpression(node) ||
    Node.isArrowFunction(node)
  );
}

/** The statement around a node that stands directly in a block. */
export function statementOf(node: Node): Statement | null {
  for (let current: Node | undefined = node; current; current = current.getParent()) {
    if (Node.isStatement(current) && isBlockLike(current.getParent())) return current;
    if (isFunctionLike(current)) return null;
  }
  return null;
}

export function isBlockLike(node: Node | undefined): boolean {
  return node !== undefined && (Node.isBlock(node) || Node.isSourceFile(node) || Node.isModuleBlock(node));
}

/** Whether nothing but a comment stands on the lines of a node, before it or behind it. */
export function isOnOwnLines(node: Node): boolean {
  const text = node.getSourceFile().getFullText();
  const before = text.slice(text.lastIndexOf("\n", node.getStart() - 1) + 1, node.getStart());
  const end = text.indexOf("\n", node.getEnd());
  const behind = text.slice(node.getEnd(), end < 0 ? text.length : end);
  return before.trim() === "" && /^\s*(\/\/.*|\/\*.*\*\/)?\s*$/.test(behind);
}

export function spanOf(node: Node): Span {
  return { start: node.getStart(), end: node.getEnd() };
}

/** Leading blanks of the line on which a node starts. */
export function indentOf(node: Node): string {
  const text = node.getSourceFile().getFullText();
  const line = text.lastIndexOf("\n", node.getStart() - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
}

/** Calls inside a node, those inside nested functions included only on request. */
export function callsIn(node: Node, intoFunctions: boolean): CallExpression[] {
  const found: CallExpression[] = [];
  const visit = (child: Node): void => {
    if (!intoFunctions && isFunctionLike(child)) return;
    if (Node.isCallExpression(child)) found.push(child);
    for (const inner of child.forEachChildAsArray()) visit(inner);
  };
  for (const child of node.forEachChildAsArray()) visit(child);
  return found;
}

/** Name of the type of an expression: `Repository`, also for classes that extend it. */
export function typeNames(node: Node): string[] {
  const names: string[] = [];
  const queue = [node.getType().getNonNullableType()];
  for (let type = queue.shift(); type && names.length < 20; type = queue.shift()) {
    const name = (type.getSymbol() ?? type.getAliasSymbol())?.getName();
    if (name) names.push(name);
    if (type.isClassOrInterface() || type.getTargetType()?.isClassOrInterface()) queue.push(...type.getBaseTypes());
    else if (type.isUnion()) queue.push(...type.getUnionTypes());
  }
  return names;
}
