import { type ClassDeclaration, type IfStatement, Node, type SourceFile } from "ts-morph";
import type { TextEdit } from "../model/index.ts";
import { editText } from "./edits.ts";
import { addImport } from "./imports.ts";
import { removeItem } from "./lists.ts";
import { parse } from "./parse.ts";
import { dropUnusedImports } from "./unused-imports.ts";

export interface RemovedCall {
  /** `OrdersService.place`. */
  readonly caller: string;
  /** `orderPlaced`, the callee's member. */
  readonly method: string;
  readonly consumer: string;
}

export interface WithoutCall {
  readonly text: string;
  /** Constructor parameters that went with the calls: class and position. */
  readonly parameters: readonly { readonly className: string; readonly index: number }[];
}

/** Takes out calls that a decision guards, the decision where nobody asks it any more, and what only they needed. */
export function removeCalls(text: string, calls: readonly RemovedCall[], runtime: string): WithoutCall {
  let current = text;
  for (const call of calls) {
    const removed = editText(current, (body) => guardRemoval(parse(body), call));
    current = removed;
  }
  const constant = editText(current, (body) => settledDecisions(parse(body), runtime));
  const { text: bare, parameters } = dropUnusedFields(text, constant);
  return { text: dropUnusedImports(text, bare), parameters };
}

function guardRemoval(file: SourceFile, call: RemovedCall): TextEdit[] {
  const guard = file
    .getDescendants()
    .filter(Node.isIfStatement)
    .find((each) => guardsCall(each, call));
  return guard ? [withoutStatement(guard)] : [];
}

function withoutStatement(guard: IfStatement): TextEdit {
  const parent = guard.getParent();
  if (Node.isIfStatement(parent) && parent.getElseStatement() === guard)
    return { start: parent.getThenStatement().getEnd(), end: guard.getEnd(), text: "" };
  if (!Node.isBlock(parent)) return { start: guard.getStart(), end: guard.getEnd(), text: "{}" };
  // A `try` around nothing but the call goes with it.
  const attempt = parent.getParent();
  const isAlone = Node.isTryStatement(attempt) && attempt.getTryBlock() === parent && !attempt.getFinallyBlock();
  return wholeLines(isAlone && parent.getStatements().length === 1 ? attempt : guard);
}

function guardsCall(statement: IfStatement, call: RemovedCall): boolean {
  const test = statement.getExpression().getText();
  if (!new RegExp(`\\.calls\\(["']${call.consumer}["']\\)$`).test(test) || statement.getElseStatement()) return false;
  if (symbolAround(statement) !== call.caller) return false;
  return statement
    .getThenStatement()
    .getDescendants()
    .some(
      (node) =>
        Node.isCallExpression(node) &&
        Node.isPropertyAccessExpression(node.getExpression()) &&
        node.getExpression().getText().endsWith(`.${call.method}`),
    );
}

/** `Class.method` or `function`: a callback belongs to the nearest named function. */
function symbolAround(node: Node): string {
  const method = node.getFirstAncestor(Node.isMethodDeclaration);
  if (method) {
    const owner = method.getParent();
    return Node.isClassDeclaration(owner) ? `${owner.getName() ?? ""}.${method.getName()}` : method.getName();
  }
  const property = node.getFirstAncestor(Node.isPropertyDeclaration);
  const owner = property?.getParent();
  if (property && Node.isClassDeclaration(owner)) return `${owner.getName() ?? ""}.${property.getName()}`;
  return (
    node.getFirstAncestor(Node.isFunctionDeclaration)?.getName() ??
    node.getFirstAncestor(Node.isVariableDeclaration)?.getName() ??
    ""
  );
}

/** Decisions that guard no call become the constant `EVENT`. */
function settledDecisions(file: SourceFile, runtime: string): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const declaration of file.getDescendants().filter(Node.isVariableDeclaration)) {
    const value = declaration.getInitializer();
    const call = Node.isAwaitExpression(value) ? value.getExpression() : undefined;
    if (!Node.isCallExpression(call) || call.getExpression().getText() !== "decide") continue;
    const statement = declaration.getVariableStatement();
    const others = declaration.findReferencesAsNodes().filter((node) => node.getParent() !== declaration);
    if (!statement || others.some((node) => Node.isPropertyAccessExpression(node.getParent()))) continue;
    edits.push(wholeLines(statement));
    for (const use of others) {
      const key = Node.isShorthandPropertyAssignment(use.getParent()) ? `${use.getText()}: ` : "";
      edits.push({ start: use.getStart(), end: use.getEnd(), text: `${key}EVENT` });
    }
  }
  return edits.length === 0 ? [] : [...addImport(file, ["EVENT"], runtime), ...edits];
}

/** Private constructor parameters that were read before and are not read any more. */
function dropUnusedFields(before: string, after: string): WithoutCall {
  const used = new Map(
    parse(before.replace(/^\uFEFF/, ""))
      .getClasses()
      .map((each) => [each.getName(), fieldsRead(each)]),
  );
  const parameters = parse(after.replace(/^\uFEFF/, ""))
    .getClasses()
    .flatMap((owner) => {
      const read = fieldsRead(owner);
      return (owner.getConstructors()[0]?.getParameters() ?? []).flatMap((parameter, index) => {
        const name = parameter.getName();
        const isLost = used.get(owner.getName())?.has(name) && !read.has(name);
        return isLost && parameter.hasModifier("private") ? [{ className: owner.getName() ?? "", index }] : [];
      });
    });
  // One at a time, from the last one on: two items of one line must not be cut out of the same text.
  const text = [...parameters]
    .sort((a, b) => b.index - a.index)
    .reduce((current, parameter) => editText(current, (body) => dropParameter(parse(body), parameter)), after);
  return { text, parameters };
}

/** A constructor that is left with nothing to take or to do goes as well. */
function dropParameter(file: SourceFile, { className, index }: WithoutCall["parameters"][number]): TextEdit[] {
  const owner = file.getClass(className);
  const builder = owner?.getConstructors()[0];
  const parameter = builder?.getParameters()[index];
  if (!owner || !builder || !parameter) return [];
  const isEmpty = builder.getParameters().length === 1 && /\{\s*\}$/.test(builder.getText());
  return [isEmpty && !owner.getExtends() ? wholeLines(builder) : removeItem(parameter)];
}

/** Members of `this` that a class reads: `this.mail`, `this["mail"]`, `const { mail } = this`. */
function fieldsRead(owner: ClassDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of owner.getDescendants().filter(Node.isThisExpression)) {
    const parent = node.getParent();
    if (Node.isPropertyAccessExpression(parent)) names.add(parent.getName());
    else if (Node.isElementAccessExpression(parent))
      names.add(parent.getArgumentExpression()?.getText().replace(/["']/g, "") ?? "");
    else if (Node.isVariableDeclaration(parent)) {
      const pattern = parent.getNameNode();
      if (!Node.isObjectBindingPattern(pattern)) continue;
      for (const element of pattern.getElements())
        names.add(element.getPropertyNameNode()?.getText() ?? element.getName());
    }
  }
  return names;
}

/** A statement with its lines and, where it leaves two blank lines, one of them. */
function wholeLines(statement: Node): TextEdit {
  const text = statement.getSourceFile().getFullText();
  const start = text.lastIndexOf("\n", statement.getStart() - 1) + 1;
  const next = text.indexOf("\n", statement.getEnd());
  let end = next < 0 ? text.length : next + 1;
  const isBlankBefore = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, start)) || /\{[ \t]*\r?\n$/.test(text.slice(0, start));
  const blankAfter = /^[ \t]*\r?\n/.exec(text.slice(end));
  const closesAfter = /^[ \t]*\}/.test(text.slice(end));
  if (isBlankBefore && blankAfter) end += blankAfter[0].length;
  if (closesAfter) {
    const blanks = /(\r?\n)([ \t]*\r?\n)+$/.exec(text.slice(0, start));
    if (blanks) return { start: start - blanks[0].length + (blanks[1]?.length ?? 1), end, text: "" };
  }
  return { start, end, text: "" };
}

/** `new OrdersService(a, b, c)` without the argument of a parameter that is gone. */
export function removeArguments(
  text: string,
  parameters: readonly { readonly className: string; readonly index: number }[],
): string {
  // From the last one on, so that positions stay true.
  const sorted = [...parameters].sort((a, b) => b.index - a.index);
  return sorted.reduce(
    (current, { className, index }) =>
      editText(current, (body) =>
        parse(body)
          .getDescendants()
          .filter(Node.isNewExpression)
          .filter((each) => each.getExpression().getText() === className)
          .flatMap((each) => {
            const argument = each.getArguments()[index];
            return argument ? [removeItem(argument)] : [];
          }),
      ),
    text,
  );
}
