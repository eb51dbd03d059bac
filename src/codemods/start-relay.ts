import { Node, type Statement } from "ts-morph";
import { editText, insertAt } from "./edits.ts";
import { addImport } from "./imports.ts";
import { parse } from "./parse.ts";

/** Starts the relay in an entry point, once the application listens; null where it cannot be told where that is. */
export function startRelay(text: string, from: string): string | null {
  let done = true;
  const after = editText(text, (body) => {
    const file = parse(body);
    const calls = file.getDescendants().filter(Node.isCallExpression);
    if (calls.some((call) => call.getExpression().getText() === "startSeamcut")) return [];
    const create = calls.find((call) => /(^|\.)NestFactory\.create$/.test(call.getExpression().getText()));
    const variable = create?.getFirstAncestor(Node.isVariableDeclaration)?.getName();
    const listen = calls.find(
      (call) => variable !== undefined && call.getExpression().getText() === `${variable}.listen`,
    );
    const statement = listen && awaitedStatement(listen);
    if (!statement) {
      done = false;
      return [];
    }
    const line = body.lastIndexOf("\n", statement.getStart()) + 1;
    const indent = /^[ \t]*/.exec(body.slice(line))?.[0] ?? "";
    const semicolon = statement.getText().endsWith(";") ? ";" : "";
    return [
      ...addImport(file, ["startSeamcut"], from),
      insertAt(statement.getEnd(), `\n${indent}await startSeamcut(${variable})${semicolon}`),
    ];
  });
  return done ? after : null;
}

function awaitedStatement(call: Node): Statement | null {
  const awaited = call.getParent();
  const statement = Node.isAwaitExpression(awaited) ? awaited.getParent() : undefined;
  return Node.isExpressionStatement(statement) ? statement : null;
}
