import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFileAtomic } from "./write.ts";

/** Lines of text that were kept under a key: what they were made of. None of them holds a line break. */
export interface Kept {
  readonly key: string;
  readonly lines: readonly string[];
}

/** What was kept; null where there is nothing, or anything that is not whole. The next run writes it anew. */
export function readCacheFile(file: string): Kept | null {
  const text = readIfThere(file);
  if (text === null) return null;
  const cut = text.indexOf("\n");
  const rest = text.slice(cut + 1);
  if (cut < 0 || text.slice(0, cut) !== checksum(rest)) return null;
  const [key = "", ...lines] = rest.split("\n");
  return { key, lines };
}

export async function writeCacheFile(file: string, { key, lines }: Kept): Promise<void> {
  const rest = [key, ...lines].join("\n");
  await writeFileAtomic(file, `${checksum(rest)}\n${rest}`);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Whatever keeps it from being read, the analysis is done anew; writing will say if the place is unusable.
    return null;
  }
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
