import type { SourceFile } from "ts-morph";
import type { TextEdit } from "../model/index.ts";

/** The edit that makes a type of a package known in a file; none where it is already. */
export function importEdit(file: SourceFile, name: string, from: string): readonly TextEdit[] {
  const declarations = file.getImportDeclarations().filter((each) => each.getModuleSpecifierValue() === from);
  if (declarations.some((each) => each.getNamedImports().some((part) => part.getName() === name))) return [];
  const open = declarations.find((each) => each.getNamedImports().length > 0);
  const last = open?.getNamedImports().at(-1);
  if (open && last) {
    const text = open.isTypeOnly() ? `, ${name}` : `, type ${name}`;
    return [{ start: last.getEnd(), end: last.getEnd(), text }];
  }
  const quote = /from\s+'/.test(file.getFullText()) ? "'" : '"';
  return [{ start: 0, end: 0, text: `import type { ${name} } from ${quote}${from}${quote};\n` }];
}
