import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layOut, POSTGRESQL_TYPEORM_NESTJS } from "../support/emitted.ts";

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");
const TRANSPORTS = readdirSync(path.join(ROOT, "templates/transports")).filter((name) => name !== "common");
const COMPILERS = { "5.9": "typescript-5", "6": "typescript", "7": "typescript-7" } as const;
type Version = keyof typeof COMPILERS;

/** How a repository may be set up. TypeScript 7 has no node10 resolution any more, and 6 calls it deprecated. */
const MODULES = {
  commonjs: (version: Version) =>
    version === "7"
      ? { module: "node16", moduleResolution: "node16" }
      : {
          module: "commonjs",
          moduleResolution: "node10",
          esModuleInterop: false,
          ...(version === "6" && { ignoreDeprecations: "6.0" }),
        },
  nodenext: () => ({ module: "nodenext", moduleResolution: "nodenext", verbatimModuleSyntax: true }),
  bundler: () => ({ module: "esnext", moduleResolution: "bundler", verbatimModuleSyntax: true }),
} as const;

const LOOSE = {
  strict: false,
  noImplicitAny: false,
  strictNullChecks: false,
  strictBindCallApply: false,
};

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
};

/** What nearly every NestJS repository has. */
const NEST = {
  target: "es2021",
  lib: ["es2021"],
  types: ["node"],
  skipLibCheck: true,
  isolatedModules: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  noEmit: true,
};

const matrix = (Object.keys(COMPILERS) as Version[]).flatMap((version) =>
  (Object.keys(MODULES) as (keyof typeof MODULES)[]).flatMap((module) =>
    [true, false].map((strict) => ({ version, module, strict, name: strict ? "strict" : "loose" })),
  ),
);

describe("the emitted files type-check where a cut puts them", () => {
  const folders: Partial<Record<keyof typeof MODULES, string>> = {};

  beforeAll(() => {
    for (const module of Object.keys(MODULES) as (keyof typeof MODULES)[]) {
      const folder = mkdtempSync(path.join(tmpdir(), `seamcut-compile-${module}-`));
      folders[module] = folder;
      const type = module === "nodenext" ? "module" : "commonjs";
      writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type }));
      symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
      const ext = module === "nodenext" ? ".js" : "";
      layOut(path.join(folder, "seamcut"), POSTGRESQL_TYPEORM_NESTJS, ext);
      // Every transport beside one runtime, which it stands in alone in a repository.
      for (const transport of TRANSPORTS) {
        layOut(path.join(folder, "seamcut-broker"), { ...POSTGRESQL_TYPEORM_NESTJS, transport }, ext);
        renameSync(
          path.join(folder, "seamcut-broker/transport.ts"),
          path.join(folder, `seamcut-broker/${transport}.ts`),
        );
      }
    }
  });
  afterAll(() => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  });

  it.each(matrix)("TypeScript $version, $module, $name", async ({ version, module, strict, name }) => {
    const folder = folders[module] ?? "";
    const compilerOptions = { ...NEST, ...(strict ? STRICT : LOOSE), ...MODULES[module](version) };
    const config = path.join(folder, `tsconfig.${version}.${name}.json`);
    writeFileSync(config, JSON.stringify({ compilerOptions, include: ["seamcut", "seamcut-broker"] }));
    expect(await problemsOf(COMPILERS[version], config)).toBe("");
  });

  it("would notice a mistake", async () => {
    const folder = folders.bundler ?? "";
    const misuse = path.join(folder, "misuse.ts");
    writeFileSync(misuse, 'import { emit } from "./seamcut";\nexport const wrong: number = emit;\n');
    const config = path.join(folder, "tsconfig.misuse.json");
    const compilerOptions = { ...NEST, ...STRICT, ...MODULES.bundler() };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ["misuse.ts"] }));
    expect(await problemsOf(COMPILERS["7"], config)).toContain("misuse.ts(2,14): error TS2322");
  });
});

/** What the compiler prints; empty when all is well. */
async function problemsOf(compiler: string, config: string): Promise<string> {
  const folder = path.join(ROOT, "node_modules", compiler);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  try {
    const { stdout } = await run(process.execPath, [path.join(folder, bin.tsc), "-p", config, "--pretty", "false"]);
    return stdout;
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}
