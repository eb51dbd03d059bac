import { readFile } from "node:fs/promises";
import path from "node:path";
import { glob } from "tinyglobby";
import type { TestStyle } from "./context.ts";

const TESTS = "**/*.{spec,test}.ts";

/** How the repository tests: its runner, and where its tests stand. Null where no known runner is installed. */
export async function detectTestStyle(root: string): Promise<TestStyle | null> {
  const dependencies = await dependenciesOf(root);
  const runner = "vitest" in dependencies ? "vitest" : "jest" in dependencies ? "jest" : null;
  if (runner === null) return null;
  const files = (await glob(TESTS, { cwd: root, ignore: ["**/node_modules/**", "**/dist/**"] })).sort();
  const [first] = files;
  const isBeside = first === undefined || files.some((file) => file.startsWith("src/"));
  return {
    runner,
    folder: isBeside ? null : path.posix.dirname(first),
    suffix: first !== undefined && /\.test\.ts$/.test(first) ? ".test.ts" : ".spec.ts",
    canStartApplication: "@nestjs/testing" in dependencies,
  };
}

/** Test files below the root, for the checker. */
export async function listTests(root: string): Promise<string[]> {
  const ignore = ["**/node_modules/**", "**/dist/**"];
  return (await glob("**/*.{spec,test,e2e-spec,int-spec}.ts", { cwd: root, ignore })).sort();
}

async function dependenciesOf(root: string): Promise<Readonly<Record<string, string>>> {
  const file = path.join(root, "package.json");
  const text = await readFile(file, "utf8").catch(() => "{}");
  const parsed = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  return { ...parsed.dependencies, ...parsed.devDependencies };
}
