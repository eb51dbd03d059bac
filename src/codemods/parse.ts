import { Project, type SourceFile } from "ts-morph";

const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true, types: [] } });

/** The syntax tree of a text, without any other file: codemods look at form, types were looked at before. */
export function parse(text: string): SourceFile {
  return project.createSourceFile("edited.ts", text, { overwrite: true });
}
