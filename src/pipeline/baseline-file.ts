import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseBaseline } from "../baseline/baseline.ts";
import { type Baseline, type Config, UserError } from "../model/index.ts";

/** The repository's baseline, null where there is none yet. */
export async function readBaseline(config: Config): Promise<Baseline | null> {
  let text: string;
  try {
    text = await readFile(path.resolve(config.root, config.baseline), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new UserError("SC2007", `${config.baseline} cannot be read: ${code ?? String(error)}`, [
      'name another file in seamcut.config.json   "baseline": "seamcut-baseline.json"',
    ]);
  }
  return parseBaseline(text, config.baseline);
}
