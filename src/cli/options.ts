import path from "node:path";
import type { Command } from "commander";
import type { CommandLineOptions } from "../config/load-config.ts";
import { type Diagnostic, formatLocation, nearest, UserError } from "../model/index.ts";
import { visible } from "./streams.ts";

export interface GlobalOptions extends CommandLineOptions {
  readonly stable?: boolean;
  readonly cache?: boolean;
  readonly cacheDir?: string;
}

export function globalOptions(command: Command): GlobalOptions {
  const { config, ...rest } = command.optsWithGlobals<GlobalOptions & { config?: string | boolean }>();
  return { ...rest, ...(config === false ? { config: false as const } : typeof config === "string" && { config }) };
}

/** The folder to keep results in, as an option of a use case. */
export async function cacheOption({ cache, cacheDir }: GlobalOptions, root: string): Promise<{ cache?: string }> {
  if (cache === false) return {};
  if (cacheDir !== undefined) return { cache: path.resolve(cacheDir) };
  const { findCacheFolder } = await import("../config/cache-folder.ts");
  const found = findCacheFolder(root);
  return found === undefined ? {} : { cache: found };
}

export interface ReporterTarget {
  readonly name: string;
  /** File to write to; stdout when absent. */
  readonly file?: string;
}

/**
 * `--reporter json=out.json`, repeatable; checked against the reporters that a command has.
 *
 * @param custom whether the path of a module may stand for a name
 */
export function parseReporters(values: readonly string[], known: readonly string[], custom = false): ReporterTarget[] {
  const targets = values.map((value) => {
    const cut = value.indexOf("=");
    return cut < 0 ? { name: value } : { name: value.slice(0, cut), file: value.slice(cut + 1) };
  });
  for (const { name } of targets) {
    if (!known.includes(name) && !(custom && isModulePath(name))) throw unknownReporter(name, known, custom);
  }
  return targets.length > 0 ? targets : [{ name: known[0] ?? "text" }];
}

/** A name has no slash, and no ending of a script. */
function isModulePath(name: string): boolean {
  return /[\\/]|\.[cm]?[jt]s$/.test(name);
}

function unknownReporter(name: string, known: readonly string[], custom: boolean): UserError {
  const meant = nearest(name, known);
  return new UserError("SC2014", `unknown reporter "${name}"`, [
    ...(meant ? [`did you mean ${meant}?`] : []),
    `known: ${known.join(", ")}`,
    ...(custom ? ["one of your own   --reporter ./my-reporter.mjs"] : []),
  ]);
}

export function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/** Of one code so many are shown in full: a generated client that is not there is missed by every file that uses it. */
const SHOWN = 5;

/** Diagnostics go to stderr: warnings and errors in full, remarks not at all. All of them are in the JSON. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  const counts = new Map<string, number>();
  for (const { severity, code, location, message } of diagnostics) {
    if (severity === "info") continue;
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count > SHOWN) continue;
    const place = location ? `${formatLocation(location)}  ` : "";
    process.stderr.write(`${visible(`${severity} ${code}  ${place}${message}`)}\n`);
  }
  for (const [code, count] of counts) {
    if (count > SHOWN) process.stderr.write(`… and ${count - SHOWN} more ${code}, in --reporter json\n`);
  }
}
