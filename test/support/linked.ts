import { loadConfig } from "../../src/config/load-config.ts";
import { listSourceFiles } from "../../src/config/source-files.ts";
import { link } from "../../src/link/link.ts";
import type { CallGraph, Config } from "../../src/model/index.ts";
import { readFiles } from "../../src/pipeline/read-files.ts";

/** The call graph of a repository by the linker alone, with what it was read by. */
export async function linkRepository(cwd: string): Promise<{ readonly config: Config; readonly graph: CallGraph }> {
  const config = await loadConfig({ cwd });
  const read = await readFiles(config, await listSourceFiles(config));
  return { config, graph: link(read.facts, read.resolve) };
}
