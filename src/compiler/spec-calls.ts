import { Node, type SourceFile } from "ts-morph";
import { type Program, relativePath } from "./program.ts";

export interface SpecCalls {
  readonly file: string;
  /** Offsets of the name tokens of calls to the wanted functions. */
  readonly offsets: readonly number[];
}

/**
 * Calls in test files to any of the given functions (`file#Class.method`), in those tests that also look at the
 * consuming module: they may expect at once what now comes a little later.
 */
export function findSpecCalls(program: Program, wanted: ReadonlySet<string>, consumerRoot: string): SpecCalls[] {
  const found: SpecCalls[] = [];
  for (const file of program.project.getSourceFiles()) {
    if (!/\.(spec|test|e2e-spec|int-spec)\.[cm]?ts$/.test(file.getBaseName())) continue;
    if (!importsFrom(program, file, consumerRoot)) continue;
    const offsets = file
      .getDescendants()
      .filter(Node.isCallExpression)
      .flatMap((call) => {
        const callee = call.getExpression();
        if (!Node.isPropertyAccessExpression(callee)) return [];
        const target = callee.getNameNode().getSymbol()?.getDeclarations().find(Node.isMethodDeclaration);
        const owner = target?.getParent();
        if (!target || !Node.isClassDeclaration(owner)) return [];
        const key = `${relativePath(program, target.getSourceFile().getFilePath())}#${owner.getName() ?? ""}.${target.getName()}`;
        return wanted.has(key) ? [callee.getNameNode().getStart()] : [];
      });
    if (offsets.length > 0) found.push({ file: relativePath(program, file.getFilePath()), offsets });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function importsFrom(program: Program, file: SourceFile, folder: string): boolean {
  return file.getImportDeclarations().some((each) => {
    const target = each.getModuleSpecifierSourceFile();
    return target !== undefined && relativePath(program, target.getFilePath()).startsWith(`${folder}/`);
  });
}
