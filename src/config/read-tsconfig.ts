import { readFileSync } from "node:fs";
import path from "node:path";
import { parseTsconfig, type TsConfigJson } from "get-tsconfig";
import { UserError } from "../model/index.ts";

export interface Tsconfig {
  /** Absolute path. */
  readonly file: string;
  readonly values: TsConfigJson;
  /** The package that it extends and that is not installed; the values are then its own only. */
  readonly missing?: string;
}

/** Names that stand for own code. */
export interface Aliases {
  /** Absolute targets by pattern (`@shop/*`), relative to what the tsconfig says. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** False where the tsconfig extends something that is not there: a resolver cannot read it by itself then. */
  readonly complete: boolean;
}

/** Reads a tsconfig with what it extends. A package that is not installed is left out, as all dependencies may be. */
export function readTsconfig(file: string): Tsconfig {
  try {
    // The parser below forgives what is no JSON, and then lists no file.
    const own = JSON.parse(withoutComments(readFileSync(file, "utf8"))) as TsConfigJson;
    const missing = missingPackage(file, own);
    if (missing === null) return { file, values: parseTsconfig(file) };
    const { extends: _, ...values } = own;
    return { file, values, missing };
  } catch (error) {
    const name = path.basename(file);
    const what = error instanceof Error ? error.message : String(error);
    throw new UserError("SC2001", `${name} cannot be read: ${what}`, [
      `let TypeScript say more   npx tsc -p ${name} --showConfig`,
      "name another one          seamcut scan --tsconfig tsconfig.build.json",
    ]);
  }
}

export function aliasesOf(tsconfig: Tsconfig | null): Aliases {
  if (!tsconfig) return { paths: {}, complete: true };
  const { baseUrl = ".", paths = {} } = tsconfig.values.compilerOptions ?? {};
  const base = path.resolve(path.dirname(tsconfig.file), baseUrl);
  const entries = Object.entries(paths).filter(([pattern]) => pattern !== "*");
  return {
    paths: Object.fromEntries(
      entries.map(([pattern, targets]) => [pattern, targets.map((target) => path.resolve(base, target))]),
    ),
    complete: tsconfig.missing === undefined,
  };
}

function missingPackage(file: string, own: TsConfigJson): string | null {
  const bases = [own.extends ?? []].flat().filter((base) => !/^[./]/.test(base));
  try {
    if (bases.length > 0) parseTsconfig(file);
    return null;
  } catch (error) {
    const missing = bases.find((base) => error instanceof Error && error.message.includes(`'${base}' not found`));
    if (missing !== undefined) return missing;
    throw error;
  }
}

const STRING = String.raw`"(?:\\.|[^"\\])*"`;

/** A tsconfig may hold comments and commas before a closing bracket. */
function withoutComments(text: string): string {
  const keepStrings = (part: string) => (part.startsWith('"') ? part : "");
  return text
    .replace(/^\uFEFF/, "")
    .replace(new RegExp(String.raw`${STRING}|//[^\n]*|/\*[^]*?\*/`, "g"), keepStrings)
    .replace(new RegExp(String.raw`${STRING}|,(?=\s*[}\]])`, "g"), keepStrings);
}
