import path from "node:path";
import { type ClassDeclaration, Node, type SourceFile } from "ts-morph";
import type { ClassPlace, MigrationsLayout } from "../model/index.ts";
import { type Program, relativePath } from "./program.ts";

const MODULE_LISTS = ["providers", "controllers"];

/** Own source files, without libraries and declarations. */
function ownFiles(program: Program): SourceFile[] {
  return program.project
    .getSourceFiles()
    .filter((file) => !file.isInNodeModules() && !file.isDeclarationFile())
    .sort((a, b) => (a.getFilePath() < b.getFilePath() ? -1 : 1));
}

/** The entry point and the module class it creates the application from; null where there is none that listens. */
export function findEntry(program: Program): { readonly entry: string; readonly rootModule: ClassPlace } | null {
  for (const file of ownFiles(program)) {
    if (!file.getFullText().includes("NestFactory.create")) continue;
    for (const call of file.getDescendants().filter(Node.isCallExpression)) {
      if (!/(^|\.)NestFactory\.create$/.test(call.getExpression().getText())) continue;
      const [argument] = call.getArguments();
      const declared = argument && classOf(argument);
      if (!declared || !/\.listen\(/.test(file.getFullText())) continue;
      return {
        entry: relativePath(program, file.getFilePath()),
        rootModule: {
          className: declared.getName() ?? "",
          file: relativePath(program, declared.getSourceFile().getFilePath()),
        },
      };
    }
  }
  return null;
}

function classOf(node: Node): ClassDeclaration | null {
  const symbol = node.getSymbol();
  const declarations = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations() ?? [];
  return declarations.find(Node.isClassDeclaration) ?? null;
}

/** The NestJS module class that provides a class; null where none lists it. */
export function moduleProviding(program: Program, className: string, within: string): ClassPlace | null {
  for (const file of ownFiles(program)) {
    const place = relativePath(program, file.getFilePath());
    if (!place.startsWith(`${within}/`)) continue;
    for (const owner of file.getClasses()) {
      const [options] = owner.getDecorator("Module")?.getArguments() ?? [];
      if (!Node.isObjectLiteralExpression(options)) continue;
      const listed = MODULE_LISTS.flatMap((list) => {
        const property = options.getProperty(list);
        const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
        return Node.isArrayLiteralExpression(value) ? value.getElements() : [];
      });
      if (listed.some((element) => new RegExp(`\\b${className}\\b`).test(element.getText())))
        return { className: owner.getName() ?? "", file: place };
    }
  }
  return null;
}

/** Where TypeORM's migrations are and how they become known; null where there are none to go by. */
export function findMigrations(program: Program): MigrationsLayout | null {
  const migrations = ownFiles(program).flatMap((file) =>
    file
      .getClasses()
      .filter((owner) => owner.getImplements().some((each) => /^MigrationInterface\b/.test(each.getText())))
      .map((owner) => ({ owner, file, timestamp: timestampOf(owner, file) })),
  );
  const newest = migrations.reduce<(typeof migrations)[number] | null>(
    (best, each) => (best === null || each.timestamp > best.timestamp ? each : best),
    null,
  );
  if (!newest) return null;
  const folder = path.posix.dirname(relativePath(program, newest.file.getFilePath()));
  const name = newest.owner.getName() ?? "";
  for (const file of ownFiles(program)) {
    if (file === newest.file || !new RegExp(`\\b${name}\\b`).test(file.getFullText())) continue;
    for (const list of file.getDescendants().filter(Node.isArrayLiteralExpression)) {
      const holder = list.getParent();
      const isNamed = Node.isVariableDeclaration(holder) || Node.isPropertyAssignment(holder);
      if (isNamed && list.getElements().some((element) => element.getText() === name))
        return {
          folder,
          last: newest.timestamp,
          list: { file: relativePath(program, file.getFilePath()), name: holder.getName() },
        };
    }
  }
  return { folder, last: newest.timestamp, list: null };
}

function timestampOf(owner: ClassDeclaration, file: SourceFile): number {
  const digits = /(\d{10,})$/.exec(owner.getName() ?? "") ?? /^(\d{10,})/.exec(file.getBaseName());
  return Number(digits?.[1] ?? 0);
}
