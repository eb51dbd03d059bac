import { type CallExpression, type MethodDeclaration, Node, type Statement } from "ts-morph";
import {
  type Blocked,
  type ClassifiedCall,
  containsDate,
  type Enlist,
  type PlannedArgument,
  type PlannedCall,
  type TransactionShape,
  type TypeShape,
  unsupportedPart,
} from "../model/index.ts";
import { lineStart, type Placed, placeEmit, type Refusal } from "./emit-place.ts";
import { enlistCallee } from "./enlist.ts";
import { declaredNames, knownBefore } from "./known-names.ts";
import { notRepeatable, plannedArguments } from "./planned-argument.ts";
import { type Program, relativePath } from "./program.ts";
import { callAt, callsIn, type FunctionLike, indentOf, isBlockLike, isOnOwnLines, spanOf } from "./syntax.ts";
import { writtenEntities } from "./transactions.ts";

export interface DescribeOptions {
  /** Record the event after the writes, in a transaction of its own. */
  readonly gap: boolean;
}

/** All that is needed to replace a call by an event, or why it cannot be replaced. */
export function describeCall(
  program: Program,
  call: ClassifiedCall,
  shape: TransactionShape,
  options: DescribeOptions,
): PlannedCall | Blocked {
  const found = locate(program, call);
  if ("remedy" in found) return { call: call.id, ...found };
  const { node, statement, method } = found;
  const guarded = isGuarded(statement);
  const outer = guarded ? (statement.getFirstAncestor(Node.isIfStatement) ?? statement) : statement;
  const hiddenWrites = call.facts.afterOwnWrite || call.facts.beforeOwnWrite;
  const placed = placeEmit(node, outer, shape, { gap: options.gap, hiddenWrites });
  if ("remedy" in placed) return { call: call.id, ...placed };
  if (!isOnOwnLines(placed.anchor)) {
    return {
      call: call.id,
      code: "not-a-statement",
      message: "the caller's write shares its line with other code",
      remedy: "give it a line of its own",
    };
  }
  const planned = plannedArguments(node, method.getParameters());
  const problem = argumentProblem(planned) ?? (guarded ? null : repeatProblem(node, placed, outer));
  if (problem) return { call: call.id, ...problem };
  const enlist = enlistOf(call, method, program, shape);
  if ("remedy" in enlist) return { call: call.id, ...enlist };
  const first = placed.anchor.getStart() < outer.getStart() ? placed.anchor : outer;
  return {
    call,
    arguments: planned,
    statement: spanOf(outer),
    statementIndent: indentOf(outer),
    guarded,
    emit: placed.place,
    decideAt: lineStart(first),
    decideIndent: indentOf(first),
    between: waitsBetween(placed, outer),
    recorded: recordedIn(placed.caller),
    names: namesIn(placed.caller),
    declared: declaredNames(placed.caller),
    knownAtDecide: knownBefore(first, placed.caller),
    ownEntities: writtenEntities(callsIn(placed.caller, true), shape),
    enlist,
    calleeClass: className(method),
    calleeFile: relativePath(program, method.getSourceFile().getFilePath()),
    calleeMethod: method.getName(),
  };
}

interface Located {
  readonly node: CallExpression;
  readonly statement: Statement;
  readonly method: MethodDeclaration;
}

function locate(program: Program, call: ClassifiedCall): Located | Refusal {
  const file = program.file(call.location.file);
  const node = file && callAt(file, call.location);
  if (!node) {
    return refusal("not-a-statement", "the checker does not see this file", "list the file in the tsconfig");
  }
  const statement = ownStatement(node);
  if (!statement) {
    return refusal(
      "not-a-statement",
      "the call is part of a larger statement",
      "give it a statement of its own: await this.service.method(…)",
    );
  }
  if (!isBlockLike(statement.getParent()) || !isOnOwnLines(statement)) {
    return refusal(
      "not-a-statement",
      "the call shares its line, or a branch without braces, with other code",
      "put braces around it, and give it a line of its own",
    );
  }
  const method = calleeMethod(node);
  if (!method) {
    return refusal(
      "not-injected",
      `${call.callee.symbol} is no method of a class that a handler could have injected`,
      "make it a method of an injectable class",
    );
  }
  return { node, statement, method };
}

/** The statement that consists of the call, its `await` or `void`, and nothing else. */
function ownStatement(node: CallExpression): Statement | null {
  let outer: Node = node;
  for (let parent = outer.getParent(); parent; parent = outer.getParent()) {
    if (Node.isAwaitExpression(parent) || Node.isVoidExpression(parent) || Node.isParenthesizedExpression(parent)) {
      outer = parent;
    } else return Node.isExpressionStatement(parent) ? parent : null;
  }
  return null;
}

function calleeMethod(node: CallExpression): MethodDeclaration | null {
  const callee = node.getExpression();
  const symbol = Node.isPropertyAccessExpression(callee) ? callee.getNameNode().getSymbol() : undefined;
  const declaration = symbol?.getDeclarations().find(Node.isMethodDeclaration);
  const owner = declaration?.getParent();
  return declaration && Node.isClassDeclaration(owner) && !declaration.isAbstract() && declaration.getBody()
    ? declaration
    : null;
}

/** `if (decision.calls("mail")) await …`: the dual stage has been here. */
function isGuarded(statement: Statement): boolean {
  const parent = statement.getParent();
  const test = Node.isIfStatement(parent)
    ? parent
    : Node.isBlock(parent) && parent.getStatements().length === 1
      ? parent.getParent()
      : undefined;
  return Node.isIfStatement(test) && /\.calls\((["']).*\1\)$/.test(test.getExpression().getText());
}

function argumentProblem(planned: readonly PlannedArgument[]): Refusal | null {
  for (const part of planned.flatMap((argument) => argument.parts)) {
    const stuck = part.isLiteral ? null : (unsupportedPart(part.shape) ?? nestedDate(part.shape));
    if (!stuck) continue;
    const where = stuck.path === "" ? part.name : `${part.name}.${stuck.path}`;
    return refusal(
      "argument-not-serializable",
      `${where} (${stuck.text}) cannot travel in an event: ${stuck.why}`,
      "pass ids and values instead",
    );
  }
  return null;
}

/** A date by itself is sent as a string and made a date again; inside a larger value nobody would do that. */
function nestedDate(shape: TypeShape): { readonly path: string; readonly text: string; readonly why: string } | null {
  return shape.kind !== "date" && containsDate(shape)
    ? { path: "", text: "Date", why: "it holds a date, which is a string on the wire: pass the date by itself" }
    : null;
}

/** The arguments are written a second time, where the event is recorded: they must be known there, and be the same. */
function repeatProblem(node: CallExpression, placed: Placed, statement: Statement): Refusal | null {
  for (const argument of node.getArguments()) {
    const changing = notRepeatable(argument);
    if (changing === null) continue;
    return refusal(
      "argument-not-repeatable",
      `${changing} may give another value the second time`,
      "put its value into a constant before",
    );
  }
  if (placed.place.kind === "alone") return null;
  const renames = placed.place.kind === "transaction" ? placed.place.renames : {};
  const written = placed.place.kind === "wrap" ? placed.place.variable : null;
  const known = knownAtEmit(placed, statement);
  const names = node.getArguments().flatMap((argument) => rootNames(argument));
  const recordedAt = placed.place.kind === "transaction" ? placed.place.at : placed.anchor.getEnd();
  const changed = changedBetween(placed.caller, recordedAt, statement);
  const fields = node.getArguments().flatMap((argument) => fieldNames(argument));
  for (const name of [...names, ...fields]) {
    if (!changed.has(name)) continue;
    return refusal(
      "argument-not-repeatable",
      `${name} changes between the call and where the event is recorded`,
      "put its value into a constant before",
    );
  }
  for (const name of names) {
    if (known.has(name) || name === written || Object.hasOwn(renames, name)) continue;
    return refusal(
      "argument-not-repeatable",
      `${name} is not known yet where the event is recorded`,
      "compute it before the transaction, or give it back from there",
    );
  }
  return null;
}

/** Variables, parameters and imports that an expression starts from. */
function rootNames(node: Node): string[] {
  const identifiers = Node.isIdentifier(node) ? [node] : node.getDescendants().filter(Node.isIdentifier);
  const own = new Set(
    node
      .getDescendants()
      .filter(Node.isParameterDeclaration)
      .map((parameter) => parameter.getName()),
  );
  return identifiers
    .filter((identifier) => {
      const parent = identifier.getParent();
      if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) return false;
      if (Node.isPropertyAssignment(parent) && parent.getNameNode() === identifier) return false;
      return !Node.isParameterDeclaration(parent);
    })
    .map((identifier) => identifier.getText())
    .filter((name) => !own.has(name) && name !== "undefined");
}

/** `this.count` of an expression. */
function fieldNames(node: Node): string[] {
  const accesses = [node, ...node.getDescendants()].filter(Node.isPropertyAccessExpression);
  return accesses.filter((each) => Node.isThisExpression(each.getExpression())).map((each) => each.getText());
}

/** Variables and fields that a function assigns to, or to a part of them, between the call and another place. */
function changedBetween(caller: FunctionLike, at: number, call: Statement): ReadonlySet<string> {
  const [from, to] = [Math.min(at, call.getStart()), Math.max(at, call.getEnd())];
  const names = new Set<string>();
  for (const node of caller.getDescendants()) {
    if (node.getStart() < from || node.getEnd() > to) continue;
    const target = assignedBy(node);
    if (target) names.add(/^(?:this\.)?[A-Za-z_$][\w$]*/.exec(target.getText())?.[0] ?? "");
  }
  return names;
}

function assignedBy(node: Node): Node | null {
  if (Node.isBinaryExpression(node))
    return /^(=|[^=!<>]+=)$/.test(node.getOperatorToken().getText()) ? node.getLeft() : null;
  if (Node.isPostfixUnaryExpression(node)) return node.getOperand();
  return Node.isPrefixUnaryExpression(node) && /^(\+\+|--)/.test(node.getText()) ? node.getOperand() : null;
}

function knownAtEmit(placed: Placed, statement: Statement): ReadonlySet<string> {
  const { place, anchor, caller } = placed;
  const isAround =
    place.kind === "transaction" &&
    place.statement.start <= statement.getStart() &&
    place.statement.end >= statement.getEnd();
  const known = new Set(knownBefore(anchor, caller));
  if (!isAround) return known;
  // Inside the callback, everything declared in its blocks around the call is known as well.
  for (const name of knownBefore(statement, caller)) known.add(name);
  return known;
}

function enlistOf(
  call: ClassifiedCall,
  method: MethodDeclaration,
  program: Program,
  shape: TransactionShape,
): Enlist | Refusal {
  if (call.facts.writesOutside) return { kind: "external" };
  return enlistCallee(method, (absolute) => relativePath(program, absolute), shape);
}

/** `emit(manager, orderPlaced({ … }), …)`: the names of the events. */
function recordedIn(caller: FunctionLike): string[] {
  return callsIn(caller, true)
    .filter((each) => /^(emit|emitAlone)$/.test(each.getExpression().getText()))
    .flatMap((each) => each.getArguments().filter(Node.isCallExpression))
    .map((made) => made.getExpression().getText());
}

/** Calls that are awaited behind the change and before the call. */
function waitsBetween({ anchor, caller }: Placed, call: Statement): string[] {
  return callsIn(caller, false)
    .filter((each) => each.getStart() >= anchor.getEnd() && each.getEnd() <= call.getStart())
    .filter((each) => Node.isAwaitExpression(each.getParent()))
    .map((each) => each.getExpression().getText());
}

function className(method: MethodDeclaration): string {
  const owner = method.getParent();
  return Node.isClassDeclaration(owner) ? (owner.getName() ?? "") : "";
}

/** Names that stand for values in a function: no members behind a dot, no keys of objects. */
function namesIn(caller: FunctionLike): string[] {
  const names = caller
    .getDescendants()
    .filter(Node.isIdentifier)
    .filter((node) => {
      const parent = node.getParent();
      const isMember = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node;
      return !isMember && !(Node.isPropertyAssignment(parent) && parent.getNameNode() === node);
    });
  return [...new Set(names.map((node) => node.getText()))];
}

function refusal(code: Refusal["code"], message: string, remedy: string): Refusal {
  return { code, message, remedy };
}
