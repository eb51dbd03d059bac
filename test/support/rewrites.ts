import path from "node:path";
import { type ClassDeclaration, Node, type Project, type SourceFile, SyntaxKind } from "ts-morph";

/** Draws a whole number below the bound. */
export type Draw = (bound: number) => number;

/** A change of source code that means nothing to a reader, applied to a whole project. */
export interface Rewrite {
  readonly name: string;
  apply(project: Project, draw: Draw): void;
}

const blankLines: Rewrite = {
  name: "blank lines between statements",
  apply(project, draw) {
    for (const file of project.getSourceFiles()) {
      const starts = file
        .getDescendants()
        .filter((node) => Node.isStatement(node) || Node.isMethodDeclaration(node) || Node.isPropertyDeclaration(node))
        .map((node) => node.getNonWhitespaceStart())
        .filter(() => draw(2) === 0);
      for (const start of [...new Set(starts)].sort((a, b) => b - a)) file.insertText(start, "\n\n");
    }
  },
};

const localNames: Rewrite = {
  name: "names of parameters and local variables",
  apply(project, draw) {
    for (const file of project.getSourceFiles()) {
      for (const fn of file.getDescendantsOfKind(SyntaxKind.MethodDeclaration)) {
        const locals = [
          ...fn.getParameters(),
          ...fn.getDescendantsOfKind(SyntaxKind.VariableDeclaration),
          ...fn.getDescendantsOfKind(SyntaxKind.Parameter),
        ].map((declaration) => declaration.getNameNode());
        for (const [index, name] of locals.entries()) {
          if (!Node.isIdentifier(name) || draw(4) > 0) continue;
          name.rename(`local${draw(100)}x${index}`);
        }
      }
    }
  },
};

const methodOrder: Rewrite = {
  name: "order of methods",
  apply(project, draw) {
    for (const owner of project.getSourceFiles().flatMap((file) => file.getClasses())) shuffle(owner, draw);
  },
};

function shuffle(owner: ClassDeclaration, draw: Draw): void {
  const first = owner.getMethods()[0]?.getChildIndex() ?? 0;
  for (const method of owner.getMethods()) method.setOrder(first + draw(owner.getMethods().length));
}

/** Files go to a folder inside their module; entry points that a framework or a config names by path stay. */
const otherFiles: Rewrite = {
  name: "files inside their module",
  apply(project, draw) {
    for (const file of project.getSourceFiles()) {
      if (!isMovable(file) || draw(2) === 0) continue;
      file.move(path.posix.join(path.posix.dirname(file.getFilePath()), "inner", file.getBaseName()));
    }
  },
};

function isMovable(file: SourceFile): boolean {
  const module = /\/src\/[^/]+\/[^/]+\.ts$/.test(file.getFilePath());
  return module && !/(^|\.)(index|module)\.ts$/.test(file.getBaseName());
}

export const REWRITES: readonly Rewrite[] = [blankLines, localNames, methodOrder, otherFiles];
