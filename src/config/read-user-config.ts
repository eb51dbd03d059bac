import { readFile } from "node:fs/promises";
import path from "node:path";
import { nearest, UserError } from "../model/index.ts";
import type { UserConfig } from "./user-config.ts";

const CONFIG_NAMES = [
  "seamcut.config.json",
  "seamcut.config.ts",
  "seamcut.config.mts",
  "seamcut.config.js",
  "seamcut.config.mjs",
];

export interface FoundConfig {
  readonly values: UserConfig;
  /** Absolute path. */
  readonly file: string;
}

/** Finds and validates the configuration; null when there is none. A file named explicitly must exist. */
export async function readUserConfig(root: string, explicit?: string): Promise<FoundConfig | null> {
  const { lilconfig } = await import("lilconfig");
  const searcher = lilconfig("seamcut", {
    searchPlaces: CONFIG_NAMES,
    stopDir: root,
    loaders: { ".json": loadJson, ".ts": loadModule, ".mts": loadModule, ".js": loadModule, ".mjs": loadModule },
  });
  let result: Awaited<ReturnType<typeof searcher.search>>;
  try {
    result = explicit ? await searcher.load(path.resolve(root, explicit)) : await searcher.search(root);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new UserError("SC2005", `cannot read the configuration ${explicit ?? "file"}: ${what}`);
  }
  if (!result || result.isEmpty) return null;
  return { values: await validate(result.config, path.relative(root, result.filepath)), file: result.filepath };
}

function loadJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UserError("SC2005", `${path.basename(file)} is not valid JSON: ${(error as Error).message}`);
  }
}

/** A `.ts` or `.js` configuration runs: that is why JSON is what `init` writes. */
async function loadModule(file: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  return createJiti(import.meta.url).import(file, { default: true });
}

async function validate(raw: unknown, name: string): Promise<UserConfig> {
  const { userConfigSchema } = await import("./user-config.ts");
  const parsed = userConfigSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const keys = Object.keys(userConfigSchema.shape);
  const hints = parsed.error.issues.map((issue) => {
    const at = issue.path.join(".") || "(top level)";
    if (issue.code !== "unrecognized_keys") return `${at}: ${issue.message}`;
    return issue.keys
      .map((key) => {
        const meant = issue.path.length === 0 ? nearest(key, keys) : null;
        return `${at}: unknown key "${key}"${meant ? `, did you mean "${meant}"?` : ""}`;
      })
      .join("; ");
  });
  throw new UserError("SC2005", `${name} is not valid`, hints);
}

/** Reads a text file without its byte order mark. */
export async function readText(file: string): Promise<string> {
  return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
}
