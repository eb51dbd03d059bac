import { type CallExpression, Node, type Statement } from "ts-morph";
import { editText, insertAt } from "./edits.ts";
import { addImport } from "./imports.ts";
import { parse } from "./parse.ts";

/**
 * Lets a spec wait for what now happens later: `await deliverEvents()` after each call, at the given offsets, that
 * records the event. Expected failures (`expect(…).rejects`) record nothing and stay as they are.
 */
export function deliverInSpec(text: string, offsets: readonly number[], from: string): string {
  return editText(text, (body) => {
    const file = parse(body);
    const statements = new Set<Statement>();
    for (const offset of offsets) {
      const call = file.getDescendantAtPos(offset)?.getFirstAncestor(Node.isCallExpression);
      const statement = call && statementAfterCall(call);
      if (statement && !isDelivered(statement)) statements.add(statement);
    }
    if (statements.size === 0) return [];
    const inserted = [...statements].map((statement) => {
      const line = body.lastIndexOf("\n", statement.getStart() - 1) + 1;
      const indent = /^[ \t]*/.exec(body.slice(line))?.[0] ?? "";
      return insertAt(statement.getEnd(), `\n${indent}await deliverEvents();`);
    });
    return [...addImport(file, ["deliverEvents"], from), ...inserted];
  });
}

/** The statement that awaits the call, directly in the block of a test. */
function statementAfterCall(call: CallExpression): Statement | null {
  let node: Node = call;
  for (let parent = node.getParent(); parent; node = parent, parent = node.getParent()) {
    if (Node.isAwaitExpression(parent) || Node.isVariableDeclaration(parent) || Node.isVariableDeclarationList(parent))
      continue;
    if (Node.isParenthesizedExpression(parent)) continue;
    const isStatement = Node.isExpressionStatement(parent) || Node.isVariableStatement(parent);
    return isStatement && Node.isBlock(parent.getParent()) && /\bawait\b/.test(parent.getText())
      ? (parent as Statement)
      : null;
  }
  return null;
}

function isDelivered(statement: Statement): boolean {
  return /^await deliverEvents\(\)/.test(statement.getNextSibling()?.getText() ?? "");
}
