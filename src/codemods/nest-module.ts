import { type ArrayLiteralExpression, type ClassDeclaration, Node, type SourceFile } from "ts-morph";
import type { TextEdit } from "../model/index.ts";
import { editText, indentUnit, insertAt } from "./edits.ts";
import { addImport } from "./imports.ts";
import { appendElement, removeItem } from "./lists.ts";
import { parse } from "./parse.ts";
import { dropUnusedImports } from "./unused-imports.ts";

export type ModuleList = "imports" | "providers";

/** Adds a class to a list of a `@Module(…)`; the text as it was where it is there already. */
export function addToModule(
  text: string,
  moduleClass: string,
  list: ModuleList,
  element: string,
  from: string,
): string | null {
  let done = true;
  const after = editText(text, (body) => {
    const file = parse(body);
    const options = moduleOptions(file, moduleClass);
    if (!options) {
      done = false;
      return [];
    }
    const array = listOf(options, list);
    if (array === "computed") {
      done = false;
      return [];
    }
    if (array && holds(array, element)) return [];
    const edit = array ? appendElement(array, element) : addList(options, list, element, body);
    return [edit, ...addImport(file, [element], from)];
  });
  return done ? after : null;
}

/**
 * Takes a module class out of the imports of the `@Module(…)` classes in a file, `forwardRef(() => X)` included. One
 * that is exported again stays: others may get it from here.
 */
export function removeFromModules(text: string, element: string): string {
  const after = editText(text, (body) => {
    const file = parse(body);
    return file.getClasses().flatMap((owner) => {
      const options = moduleOptions(file, owner.getName() ?? "");
      const list = options && listOf(options, "imports");
      const exported = options && listOf(options, "exports");
      if (!list || list === "computed" || exported === "computed" || (exported && holds(exported, element))) return [];
      const item = list.getElements().find((each) => names(each, element));
      return item ? [removeItem(item)] : [];
    });
  });
  return dropUnusedImports(text, after);
}

export function moduleOptions(file: SourceFile, moduleClass: string): Node | null {
  const owner: ClassDeclaration | undefined = file.getClass(moduleClass);
  const [options] = owner?.getDecorator("Module")?.getArguments() ?? [];
  return Node.isObjectLiteralExpression(options) ? options : null;
}

export function listOf(options: Node, list: string): ArrayLiteralExpression | "computed" | null {
  if (!Node.isObjectLiteralExpression(options)) return null;
  const property = options.getProperty(list);
  if (!property) return null;
  const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  return Node.isArrayLiteralExpression(value) ? value : "computed";
}

function addList(options: Node, list: ModuleList, element: string, text: string): TextEdit {
  if (!Node.isObjectLiteralExpression(options)) throw new TypeError("module options are an object");
  const last = options.getProperties().at(-1);
  if (!last) return insertAt(options.getStart() + 1, ` ${list}: [${element}] `);
  const isMultiline = text.slice(options.getStart(), last.getStart()).includes("\n");
  const line = text.lastIndexOf("\n", last.getStart()) + 1;
  const indent = isMultiline ? (/^[ \t]*/.exec(text.slice(line))?.[0] ?? indentUnit(text)) : "";
  return insertAt(last.getEnd(), isMultiline ? `,\n${indent}${list}: [${element}]` : `, ${list}: [${element}]`);
}

function holds(array: ArrayLiteralExpression, element: string): boolean {
  return array.getElements().some((each) => names(each, element));
}

function names(item: Node, element: string): boolean {
  if (Node.isIdentifier(item)) return item.getText() === element;
  return Node.isCallExpression(item) && new RegExp(`^forwardRef\\(\\(\\) => ${element}\\)$`).test(item.getText());
}
