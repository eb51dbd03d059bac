import { type CallExpression, type ClassDeclaration, type MethodDeclaration, Node } from "ts-morph";
import type { Enlist, TextEdit, TransactionShape } from "../model/index.ts";
import type { Refusal } from "./emit-place.ts";
import { importEdit } from "./import-edit.ts";
import { indentOf, typeNames } from "./syntax.ts";
import { isOpening, receiverKind } from "./transactions.ts";

/** How a callee's writes join the transaction of its handler, so that they happen once whatever crashes. */
export function enlistCallee(
  method: MethodDeclaration,
  relative: (absolute: string) => string,
  shape: TransactionShape,
): Enlist | Refusal {
  const handle = handleParameter(method, shape);
  if (handle !== null) return { kind: "handle", index: handle };
  const owner = method.getParent();
  if (!Node.isClassDeclaration(owner)) return refusal(`${method.getName()} is no method of a class`);
  const threads = new Map<MethodDeclaration, readonly TextEdit[]>();
  const problem = thread(method, owner, shape, threads);
  if (problem) return problem;
  const file = method.getSourceFile();
  const edits = [...threads.values()].flat();
  edits.push(...importEdit(file, shape.handle, shape.package));
  return { kind: "thread", index: method.getParameters().length, file: relative(file.getFilePath()), edits };
}

/** Position of a parameter that takes the ORM's handle; null when there is none. */
function handleParameter(method: MethodDeclaration, shape: TransactionShape): number | null {
  const index = method.getParameters().findIndex((parameter) => typeNames(parameter).includes(shape.handle));
  return index < 0 ? null : index;
}

/** Adds an optional handle to a method and to those of its own class that it calls. */
function thread(
  method: MethodDeclaration,
  owner: ClassDeclaration,
  shape: TransactionShape,
  done: Map<MethodDeclaration, readonly TextEdit[]>,
): Refusal | null {
  if (done.has(method)) return null;
  done.set(method, []);
  const body = method.getBody();
  if (!body || !Node.isBlock(body)) return refusal(`${method.getName()} has no body`);
  if (method.getParameters().some((parameter) => parameter.isRestParameter()))
    return refusal(`${method.getName()} takes any number of arguments`);
  const name = freeName(method, "manager");
  const fields = new Map<string, string>();
  const edits: TextEdit[] = [parameterEdit(method, name, shape)];
  for (const call of body.getDescendants().filter(Node.isCallExpression)) {
    if (isOpening(call, shape)) return refusal(`${method.getName()} opens a transaction of its own`);
    const next = ownMethod(call, owner);
    if (next) {
      const problem = joinOwn(call, next, owner, shape, done, name, edits);
      if (problem) return problem;
      continue;
    }
    const kind = receiverKind(call, shape);
    if (kind !== null) {
      const problem = joinReceiver(call, kind, method, name, fields, edits);
      if (problem) return problem;
    } else if (isForeignService(call)) {
      return refusal(`${method.getName()} hands on to ${call.getExpression().getText()}, which may write by itself`);
    }
  }
  if (fields.size > 0) edits.push(bindings(body, name, fields, shape.bind));
  done.set(method, edits);
  return null;
}

function joinOwn(
  call: CallExpression,
  next: MethodDeclaration,
  owner: ClassDeclaration,
  shape: TransactionShape,
  done: Map<MethodDeclaration, readonly TextEdit[]>,
  name: string,
  edits: TextEdit[],
): Refusal | null {
  const index = handleParameter(next, shape) ?? next.getParameters().length;
  if (handleParameter(next, shape) === null) {
    const problem = thread(next, owner, shape, done);
    if (problem) return problem;
  }
  if (call.getArguments().length > index) return null;
  edits.push(argumentEdit(call, index, name));
  return null;
}

function joinReceiver(
  call: CallExpression,
  kind: "repository" | "manager",
  method: MethodDeclaration,
  name: string,
  fields: Map<string, string>,
  edits: TextEdit[],
): Refusal | null {
  const callee = call.getExpression();
  const receiver = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : null;
  if (!receiver || !/^this(\.[A-Za-z_$][\w$]*)+$/.test(receiver.getText()))
    return refusal(`${method.getName()} writes through ${receiver?.getText() ?? "something"}, not through a field`);
  const text = receiver.getText();
  const span = { start: receiver.getStart(), end: receiver.getEnd() };
  if (kind === "manager") {
    edits.push({ ...span, text: `(${name} ?? ${text})` });
    return null;
  }
  const local = fields.get(text) ?? freeName(method, text.slice(text.lastIndexOf(".") + 1));
  fields.set(text, local);
  edits.push({ ...span, text: local });
  return null;
}

function ownMethod(call: CallExpression, owner: ClassDeclaration): MethodDeclaration | null {
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee) || !Node.isThisExpression(callee.getExpression())) return null;
  return owner.getInstanceMethod(callee.getName()) ?? null;
}

/** A call on an object of own code, held in a field: what it does with a database is not known here. */
function isForeignService(call: CallExpression): boolean {
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return false;
  const receiver = callee.getExpression();
  if (!/^this\./.test(receiver.getText())) return false;
  const declarations = receiver.getType().getSymbol()?.getDeclarations() ?? [];
  return declarations.some(
    (node) =>
      (Node.isClassDeclaration(node) || Node.isInterfaceDeclaration(node)) &&
      !node.getSourceFile().isInNodeModules() &&
      !node.getSourceFile().isDeclarationFile(),
  );
}

function parameterEdit(method: MethodDeclaration, name: string, shape: TransactionShape): TextEdit {
  const parameters = method.getParameters();
  const last = parameters[parameters.length - 1];
  if (last) return insert(last.getEnd(), `, ${name}?: ${shape.handle}`);
  const open = method.getText().indexOf("(", method.getNameNode().getEnd() - method.getStart());
  return insert(method.getStart() + open + 1, `${name}?: ${shape.handle}`);
}

function argumentEdit(call: CallExpression, index: number, name: string): TextEdit {
  const given = call.getArguments();
  const missing = Array.from({ length: index - given.length }, () => "undefined");
  const added = [...missing, name].join(", ");
  const last = given[given.length - 1];
  if (last) return insert(last.getEnd(), `, ${added}`);
  return insert(call.getEnd() - 1, added);
}

/** `const entries = manager?.withRepository(this.entries) ?? this.entries;` */
function bindings(body: Node, name: string, fields: ReadonlyMap<string, string>, bind: string): TextEdit {
  const first = Node.isBlock(body) ? body.getStatements()[0] : undefined;
  const indent = first ? indentOf(first) : "    ";
  const lines = [...fields].map(
    ([field, local]) => `\n${indent}const ${local} = ${name}?.${bind}(${field}) ?? ${field};`,
  );
  return insert(body.getStart() + 1, lines.join(""));
}

function freeName(method: MethodDeclaration, wanted: string): string {
  const taken = new Set(
    method
      .getDescendants()
      .filter(Node.isIdentifier)
      .filter(isBinding)
      .map((node) => node.getText()),
  );
  let name = wanted;
  while (taken.has(name)) name = `tx${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return name;
}

/** Names that stand for variables: not members after a dot. */
function isBinding(node: Node): boolean {
  const parent = node.getParent();
  return !(Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node);
}

function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function refusal(message: string): Refusal {
  return {
    code: "callee-not-enlistable",
    message,
    remedy: "give the callee an optional handle as its last parameter, and use it for all its writes",
  };
}
