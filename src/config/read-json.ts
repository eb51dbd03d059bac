import { readFile } from "node:fs/promises";

/** What a JSON file holds; null where there is none, or where it is no JSON. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readIfThere(file);
  if (text === null) return null;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // A manifest that is no JSON declares nothing; whoever installs from it learns more than we could say.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    throw error;
  }
}
