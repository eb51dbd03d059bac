import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The text of the file that says who owns what; "" where there is none. */
export async function readOwnersFile(root: string): Promise<string> {
  for (const place of ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"]) {
    const file = path.join(root, place);
    if (existsSync(file)) return readFile(file, "utf8");
  }
  return "";
}
