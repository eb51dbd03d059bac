import { randomUUID } from "node:crypto";
import { appendFile, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../model/index.ts";

/** Writes a file whole or not at all: a reader, a crash or Ctrl-C never sees half of it. */
export async function writeFileAtomic(file: string, content: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code;
    throw new UserError("SC2008", `cannot write ${file}: ${code ?? String(error)}`, ["nothing was changed"]);
  }
}

/** For a file that others write to as well, as the summary of a CI step is. */
export async function appendToFile(file: string, content: string): Promise<void> {
  try {
    await appendFile(file, content);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UserError("SC2008", `cannot write ${file}: ${code ?? String(error)}`, ["nothing was changed"]);
  }
}

/** In bytes; 0 where there is no such file yet. */
export async function sizeOfFile(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
