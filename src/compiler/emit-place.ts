import {
  type ArrowFunction,
  type Block,
  type CallExpression,
  type FunctionExpression,
  Node,
  type Statement,
  SyntaxKind,
} from "ts-morph";
import type { BlockedCode, EmitPlace, TransactionShape } from "../model/index.ts";
import {
  callsIn,
  enclosingFunction,
  type FunctionLike,
  indentOf,
  isBlockLike,
  isOnOwnLines,
  spanOf,
  statementOf,
} from "./syntax.ts";
import { isOpening, isWrite, receiverKind } from "./transactions.ts";

export interface Refusal {
  readonly code: BlockedCode;
  readonly message: string;
  readonly remedy: string;
}

export interface Placed {
  readonly place: EmitPlace;
  /** The statement that records the event; the call's own where it goes beside the call. */
  readonly anchor: Statement;
  /** The caller's function as a whole, transaction callbacks of it included. */
  readonly caller: FunctionLike;
}

const GAP = "record it right after, in a transaction of its own, and accept the gap: --transaction gap";

/** Where in the calling function the event can be recorded together with what it tells of. */
export function placeEmit(
  call: CallExpression,
  statement: Statement,
  shape: TransactionShape,
  options: { readonly gap: boolean; readonly hiddenWrites: boolean },
): Placed | Refusal {
  const inner = enclosingFunction(call);
  if (!inner) return refusal("not-a-statement", "it stands outside every function", "move it into one");
  const around = openingAround(inner, shape);
  const caller = around ? (enclosingFunction(around) ?? inner) : inner;
  if (!inner.isAsync()) {
    return refusal("caller-not-async", "the function around it is not async", "make that function async");
  }
  if (options.gap) return { place: { kind: "alone", gap: true }, anchor: statement, caller };
  if (around) return insideTransaction(around, inner, statement, caller, shape);
  const opening = nearestOpening(caller, statement, shape);
  if (opening) return besideTransaction(opening, statement, caller);
  return withoutTransaction(statement, caller, shape, options.hiddenWrites);
}

/** The `transaction(…)` call whose callback a function is. */
function openingAround(fn: FunctionLike, shape: TransactionShape): CallExpression | null {
  const parent = fn.getParent();
  return Node.isCallExpression(parent) && isOpening(parent, shape) ? parent : null;
}

function insideTransaction(
  opening: CallExpression,
  callback: FunctionLike,
  statement: Statement,
  caller: FunctionLike,
  shape: TransactionShape,
): Placed | Refusal {
  const anchor = statementOf(opening);
  const body = callback.getBody();
  if (!anchor || !body || !Node.isBlock(body)) return hidden("the transaction has no block of its own");
  const handle = handleName(callback as ArrowFunction);
  if (handle === null) return noHandle();
  const isDirect = statement.getParent() === body;
  const writesLater = callsIn(body, false).some(
    (other) => other.getStart() > statement.getEnd() && isWrite(other, shape),
  );
  if (!isDirect && writesLater) return hidden("it is made under a condition, and the caller writes after it");
  const problem = isDirect ? noPlaceAtEnd(body, statement.getEnd()) : null;
  if (problem) return problem;
  const at = isDirect ? endOf(body, statement) : { at: lineAfter(statement), indent: indentOf(statement) };
  return { place: { kind: "transaction", statement: spanOf(anchor), handle, ...at, renames: {} }, anchor, caller };
}

/** Why the end of a transaction's block is no place for the event: it is not always reached, or has no line. */
function noPlaceAtEnd(body: Block, from: number): Refusal | null {
  const last = body.getStatements().at(-1);
  if (!last || !isOnOwnLines(last)) {
    return refusal("not-a-statement", "its transaction stands on one line", "give its statements lines of their own");
  }
  const callback = body.getParent();
  const leaves = body
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .some((each) => each !== last && each.getStart() >= from && enclosingFunction(each) === callback);
  return leaves ? hidden("its transaction may end before the event is recorded") : null;
}

/** The transaction of the same function: the last one before the call, else the first after it. */
function nearestOpening(caller: FunctionLike, statement: Statement, shape: TransactionShape): CallExpression | null {
  const openings = callsIn(caller, false).filter((other) => isOpening(other, shape));
  const before = openings.filter((other) => other.getEnd() <= statement.getStart());
  return before[before.length - 1] ?? openings.find((other) => other.getStart() >= statement.getEnd()) ?? null;
}

function besideTransaction(opening: CallExpression, statement: Statement, caller: FunctionLike): Placed | Refusal {
  const anchor = statementOf(opening);
  const callback = opening
    .getArguments()
    .find((argument) => Node.isArrowFunction(argument) || Node.isFunctionExpression(argument));
  const body = (callback as FunctionExpression | undefined)?.getBody();
  if (!anchor || !callback || !body || !Node.isBlock(body))
    return hidden("its transaction has no callback with a block");
  const problem = notAlwaysTogether(anchor, statement);
  if (problem) return problem;
  const handle = handleName(callback as ArrowFunction);
  if (handle === null) return noHandle();
  const noPlace = noPlaceAtEnd(body, body.getStart());
  if (noPlace) return noPlace;
  return {
    place: {
      kind: "transaction",
      statement: spanOf(anchor),
      handle,
      ...endOf(body, body.getStatements()[body.getStatements().length - 1] ?? anchor),
      renames: renamesOf(anchor, body),
    },
    anchor,
    caller,
  };
}

function withoutTransaction(
  statement: Statement,
  caller: FunctionLike,
  shape: TransactionShape,
  hiddenWrites: boolean,
): Placed | Refusal {
  const writes = callsIn(caller, false).filter((other) => isWrite(other, shape));
  const [write] = writes;
  if (!write) {
    if (hiddenWrites) return hidden("what the caller writes is hidden behind other functions");
    return { place: { kind: "alone", gap: false }, anchor: statement, caller };
  }
  if (writes.length > 1) {
    return {
      ...hidden("the caller writes several times without a transaction"),
      remedy: `put its writes into one transaction first, or ${GAP}`,
    };
  }
  const anchor = statementOf(write);
  const kind = receiverKind(write, shape);
  if (!anchor || kind === null) return hidden("its write stands in no statement of its own");
  const variable = writtenVariable(anchor, write);
  if (variable === undefined) return hidden("its write is part of a larger expression");
  const problem = notAlwaysTogether(anchor, statement);
  if (problem) return problem;
  const callee = write.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return hidden("its write has no receiver");
  return {
    place: {
      kind: "wrap",
      statement: spanOf(anchor),
      indent: indentOf(anchor),
      variable,
      write: spanOf(write),
      receiver: spanOf(callee.getExpression()),
      receiverKind: kind,
    },
    anchor,
    caller,
  };
}

/** `await this.x.save(…)` gives null, `const y = await this.x.save(…)` gives `y`, anything else undefined. */
function writtenVariable(statement: Statement, write: CallExpression): string | null | undefined {
  const awaited = write.getParent();
  if (!Node.isAwaitExpression(awaited)) return undefined;
  if (Node.isExpressionStatement(statement)) return statement.getExpression() === awaited ? null : undefined;
  if (!Node.isVariableStatement(statement)) return undefined;
  const [declaration, second] = statement.getDeclarations();
  if (!declaration || second || declaration.getInitializer() !== awaited) return undefined;
  const name = declaration.getNameNode();
  return Node.isIdentifier(name) && statement.getDeclarationKind() === "const" ? name.getText() : undefined;
}

/** Whether write and call can happen one without the other; null when they always go together. */
function notAlwaysTogether(write: Statement, call: Statement): Refusal | null {
  const caught = caughtBetween(write, call);
  if (caught) return caught;
  const [first, second] = write.getStart() < call.getStart() ? [write, call] : [call, write];
  const home = outOfTries(first, second).getParent();
  let step: Node = second;
  for (let node = second.getParent(); node && node !== home; step = node, node = node.getParent()) {
    if (isBlockLike(node) || (Node.isTryStatement(node) && node.getTryBlock() === step)) continue;
    return hidden("the call is made under a condition under which its write is not");
  }
  if (!home || step.getParent() !== home) return hidden("write and call stand in different branches");
  const leaves = home
    .getDescendants()
    .filter((node) => node.getStart() >= first.getEnd() && node.getEnd() <= second.getStart())
    .filter((node) => Node.isReturnStatement(node) || Node.isThrowStatement(node))
    .some((node) => enclosingFunction(node) === enclosingFunction(first) && !isOnFailureOf(node, first));
  return leaves ? hidden("the function may end between the write and the call") : null;
}

/** The outermost `try` whose block holds a statement but not the other one, else the statement. */
function outOfTries(statement: Statement, other: Statement): Node {
  let outer: Node = statement;
  for (let block = outer.getParent(); block; block = outer.getParent()) {
    const attempt = block.getParent();
    if (!Node.isTryStatement(attempt) || attempt.getTryBlock() !== block || isWithin(other, block)) return outer;
    outer = attempt;
  }
  return outer;
}

/** Whether a statement stands in the catch clause of a `try` around another. */
function isOnFailureOf(node: Node, statement: Statement): boolean {
  const attempt = node.getFirstAncestor(Node.isCatchClause)?.getParent();
  return Node.isTryStatement(attempt) && isWithin(statement, attempt.getTryBlock());
}

/** A write whose failure is caught, with a call that is made all the same. */
function caughtBetween(write: Statement, call: Statement): Refusal | null {
  for (let node: Node | undefined = write; node && node !== enclosingFunction(call); node = node.getParent()) {
    const attempt = node.getParent();
    if (!Node.isTryStatement(attempt) || attempt.getTryBlock() !== node || isWithin(call, node)) continue;
    const handler = attempt.getCatchClause();
    const last = handler?.getBlock().getStatements().at(-1);
    if (!handler || (!isWithin(call, handler) && (Node.isThrowStatement(last) || Node.isReturnStatement(last))))
      continue;
    return {
      code: "caught-with-emit",
      message: "the call is reached after a caught failure of the transaction that would hold the event",
      remedy: "let the failure end the function",
    };
  }
  return null;
}

function isWithin(node: Node, outer: Node): boolean {
  return node.getStart() >= outer.getStart() && node.getEnd() <= outer.getEnd();
}

/** `const order = await …transaction(async (m) => { …; return saved; })`: inside, `order` is `saved`. */
function renamesOf(anchor: Statement, body: Node): Readonly<Record<string, string>> {
  if (!Node.isVariableStatement(anchor) || !Node.isBlock(body)) return {};
  const name = anchor.getDeclarations()[0]?.getNameNode();
  const last = body.getStatements()[body.getStatements().length - 1];
  const value = Node.isReturnStatement(last) ? last.getExpression() : undefined;
  return Node.isIdentifier(name) && Node.isIdentifier(value) ? { [name.getText()]: value.getText() } : {};
}

/** Before the closing `return` of a block, else at its end. */
function endOf(body: Node, last: Statement): { readonly at: number; readonly indent: string } {
  const statements = Node.isBlock(body) ? body.getStatements() : [];
  const final = statements[statements.length - 1];
  if (Node.isReturnStatement(final)) return { at: lineStart(final), indent: indentOf(final) };
  return { at: lineAfter(final ?? last), indent: indentOf(final ?? last) };
}

export function lineStart(node: Node): number {
  return (
    node
      .getSourceFile()
      .getFullText()
      .lastIndexOf("\n", node.getStart() - 1) + 1
  );
}

export function lineAfter(node: Node): number {
  const text = node.getSourceFile().getFullText();
  const end = text.indexOf("\n", node.getEnd());
  return end < 0 ? text.length : end + 1;
}

/** Name of the callback's handle; empty where it takes none yet, null where it takes it apart. */
function handleName(callback: ArrowFunction | FunctionExpression): string | null {
  const [parameter] = callback.getParameters();
  if (!parameter) return null;
  const name = parameter.getNameNode();
  return Node.isIdentifier(name) ? name.getText() : null;
}

function noHandle(): Refusal {
  return {
    code: "no-transaction-handle",
    message: "the callback of its transaction does not name the handle",
    remedy: "name the handle: transaction(async (manager) => …)",
  };
}

function hidden(message: string): Refusal {
  return refusal("writes-hidden", message, GAP);
}

function refusal(code: BlockedCode, message: string, remedy: string): Refusal {
  return { code, message, remedy };
}
