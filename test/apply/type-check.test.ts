import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findCompiler, newErrors, typeCheck } from "../../src/apply/type-check.ts";
import { writeTree } from "../support/tree.ts";

const TYPESCRIPT = path.resolve(import.meta.dirname, "../../node_modules/typescript");

describe("newErrors", () => {
  it("counts each error as often as it is there", () => {
    const errors = (...each: string[]) => ({ errors: each });
    expect(newErrors(errors("a", "b"), errors("b", "a"))).toEqual([]);
    expect(newErrors(errors("a"), errors("a", "a", "c"))).toEqual(["a", "c"]);
    expect(newErrors(errors("a", "b"), errors())).toEqual([]);
  });
});

describe("typeCheck", () => {
  const check = (root: string) => {
    const compiler = findCompiler(root);
    if (compiler === null) throw new Error("no compiler");
    return typeCheck({ compiler, root, tsconfig: path.join(root, "tsconfig.json") });
  };

  function project(text: string): string {
    const root = writeTree({
      "tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [] }, "include": ["src"] }',
      "src/a.ts": text,
    });
    mkdirSync(path.join(root, "node_modules"));
    symlinkSync(TYPESCRIPT, path.join(root, "node_modules/typescript"));
    return root;
  }

  it("finds nothing where there is nothing", async () => {
    expect(await check(project("export const a: number = 1;\n"))).toEqual({ errors: [] });
  });

  it("names errors without their lines, which move", async () => {
    expect((await check(project('\n\nexport const a: number = "1";\n'))).errors).toEqual([
      "src/a.ts: TS2322: Type 'string' is not assignable to type 'number'.",
    ]);
  });

  it("does not take a configuration that cannot be read for a clean project", async () => {
    const root = project("export {};\n");
    const { errors } = await typeCheck({
      compiler: path.join(TYPESCRIPT, "bin/tsc"),
      root,
      tsconfig: path.join(root, "tsconfig.gone.json"),
    });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain("TS5058");
  });

  it("looks for the compiler upwards, and says where there is none", () => {
    const root = project("export {};\n");
    mkdirSync(path.join(root, "packages/api"), { recursive: true });
    expect(findCompiler(path.join(root, "packages/api"))).toBe(path.join(root, "node_modules/typescript/bin/tsc"));
    expect(findCompiler(writeTree({ "a.ts": "" }))).toBe(null);
  });
});
