import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { withImportExtensions } from "../../src/scaffold/import-extensions.ts";

const TEMPLATES = path.resolve(import.meta.dirname, "../../templates");

export interface Stack {
  readonly database: string;
  readonly orm: string;
  readonly framework: string;
  /** A broker; its files are there only then. */
  readonly transport?: string;
}

export const POSTGRESQL_TYPEORM_NESTJS: Stack = { database: "postgresql", orm: "typeorm", framework: "nestjs" };

/** Writes the runtime into `folder` as a cut lays it out: side by side. Gives the names of the files. */
export function layOut(folder: string, stack: Stack, ext: "" | ".js" = ""): readonly string[] {
  const parts = [
    "runtime",
    `databases/${stack.database}`,
    `orms/${stack.orm}`,
    // What an ORM does differently on this database stands in for the file of the same name.
    `orms/${stack.orm}/${stack.database}`,
    `frameworks/${stack.framework}`,
    "testing",
    ...(stack.transport === undefined
      ? []
      : ["transports/common", `transports/common/${stack.database}`, `transports/${stack.transport}`]),
  ];
  mkdirSync(folder, { recursive: true });
  const names = parts
    .filter((part) => existsSync(path.join(TEMPLATES, part)))
    .flatMap((part) =>
      readdirSync(path.join(TEMPLATES, part))
        .filter((name) => name.endsWith(".ts"))
        .map((name) => {
          const text = readFileSync(path.join(TEMPLATES, part, name), "utf8");
          writeFileSync(path.join(folder, name), withImportExtensions(text, ext));
          return name;
        }),
    );
  return [...new Set(names)];
}

/** The runtime as JavaScript in `folder`, for processes that a test starts, stops and kills. */
export function buildEmitted(folder: string, stack: Stack): void {
  const runtime = path.join(folder, "seamcut");
  for (const name of layOut(runtime, stack, ".js")) {
    const outputText = compile(readFileSync(path.join(runtime, name), "utf8"));
    writeFileSync(path.join(runtime, name.replace(/\.ts$/, ".js")), outputText);
  }
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  symlinkSync(path.resolve(TEMPLATES, "../node_modules"), path.join(folder, "node_modules"));
}

/** TypeScript as NestJS wants it, or JavaScript with decorators, as JavaScript that Node runs. */
export function compile(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  }).outputText;
}
