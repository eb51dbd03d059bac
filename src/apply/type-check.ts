import { existsSync } from "node:fs";
import path from "node:path";
import { x } from "tinyexec";

/** Errors of the repository's own compiler, as `file: code message`, without lines: they move. */
export interface TypeErrors {
  readonly errors: readonly string[];
}

/** The repository's own `tsc`, from the root upwards; null where none is installed. */
export function findCompiler(root: string): string | null {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "node_modules/typescript/bin/tsc");
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return null;
  }
}

export interface TypeCheckOptions {
  /** Absolute path of the `tsc` to run. */
  readonly compiler: string;
  readonly root: string;
  /** Absolute path. */
  readonly tsconfig: string;
  readonly signal?: AbortSignal;
}

/** Type-checks a project with the repository's own compiler, emitting nothing. */
export async function typeCheck({ compiler, root, tsconfig, signal }: TypeCheckOptions): Promise<TypeErrors> {
  const args = [compiler, "--noEmit", "--pretty", "false", "-p", tsconfig];
  const result = await x(process.execPath, args, {
    ...(signal && { signal }),
    nodeOptions: { cwd: root, env: { ...process.env, NODE_OPTIONS: "" } },
  });
  const errors = result.stdout.split("\n").flatMap((line) => {
    const match = /^(.*?)(?:\(\d+,\d+\))?: error (TS\d+: .*)$/.exec(line.trim());
    const general = /^error (TS\d+: .*)$/.exec(line.trim());
    if (match) return [`${match[1]}: ${match[2]}`];
    return general ? [general[1] ?? ""] : [];
  });
  if (errors.length === 0 && result.exitCode !== 0)
    errors.push(`tsc: ${(result.stderr || result.stdout).trim().slice(0, 300)}`);
  return { errors };
}

/** Errors of the second check that the first did not have, each counted as often as it is there. */
export function newErrors(before: TypeErrors, after: TypeErrors): string[] {
  const known = new Map<string, number>();
  for (const error of before.errors) known.set(error, (known.get(error) ?? 0) + 1);
  return after.errors.filter((error) => {
    const left = known.get(error) ?? 0;
    known.set(error, left - 1);
    return left <= 0;
  });
}
