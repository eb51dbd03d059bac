import { Node, type SourceFile } from "ts-morph";
import { editText } from "./edits.ts";
import { removeImport } from "./imports.ts";
import { parse } from "./parse.ts";

/** Takes out the imports that an edit has made useless: used before it, not used after it. */
export function dropUnusedImports(before: string, after: string): string {
  const lost = [...usedImports(before)].filter((name) => !usedImports(after).has(name));
  // One at a time: two names of one line must not be cut out of the same text.
  return lost.reduce((text, name) => editText(text, (body) => removeImport(parse(body), name)), after);
}

function usedImports(text: string): ReadonlySet<string> {
  const file = parse(text.replace(/^\uFEFF/, ""));
  const imported = new Set(importedNames(file));
  const used = file
    .getDescendants()
    .filter((node) => Node.isIdentifier(node) && !node.getFirstAncestor(Node.isImportDeclaration))
    .map((node) => node.getText());
  return new Set(used.filter((name) => imported.has(name)));
}

function importedNames(file: SourceFile): string[] {
  return file
    .getImportDeclarations()
    .flatMap((each) => each.getNamedImports().map((part) => part.getAliasNode()?.getText() ?? part.getName()));
}
