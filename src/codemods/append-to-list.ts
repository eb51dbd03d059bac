import { Node } from "ts-morph";
import { editText } from "./edits.ts";
import { addImport } from "./imports.ts";
import { appendElement } from "./lists.ts";
import { parse } from "./parse.ts";

/** Adds a name to the list that a variable or property holds, with its import; null where there is no such list. */
export function appendToList(text: string, list: string, element: string, from: string): string | null {
  let done = true;
  const after = editText(text, (body) => {
    const file = parse(body);
    const array = file.getDescendants().find((node) => {
      const parent = node.getParent();
      return (
        Node.isArrayLiteralExpression(node) &&
        (Node.isVariableDeclaration(parent) || Node.isPropertyAssignment(parent)) &&
        parent.getName() === list
      );
    });
    if (!Node.isArrayLiteralExpression(array)) {
      done = false;
      return [];
    }
    if (array.getElements().some((each) => each.getText() === element)) return [];
    return [appendElement(array, element), ...addImport(file, [element], from)];
  });
  return done ? after : null;
}
