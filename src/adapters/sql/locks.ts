import { nameAt, type Statement, word } from "./statement.ts";

/**
 * Tables that a statement locks on purpose; empty where it locks the rows that it reads, null where it locks nothing.
 * Whoever takes a lock means to go on: never mere reading.
 */
export function readLocks({ tokens }: Statement): readonly string[] | null {
  const words = tokens.map((_, at) => word(tokens, at));
  const text = words.join(" ");
  if (words[0] === "lock") return [nameAt(tokens, 1)?.name ?? ""];
  if (words.some((name) => /^pg_(try_)?advisory_\w*lock(_shared)?$|^get_lock$/.test(name))) return ["lock"];
  const rows =
    /\bfor (no key )?update\b|\bfor (key )?share\b|\block in share mode\b|\b(updlock|xlock|holdlock|tablockx?)\b/;
  return rows.test(text) ? [] : null;
}
