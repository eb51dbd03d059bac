import { isSign, nameAt, type Statement, word } from "./statement.ts";
import type { Token } from "./tokens.ts";

/** Tables that a statement reads: after `from`, `join` and `using`, but for names of its own `WITH` and functions. */
export function readTables({ tokens, views }: Statement): readonly string[] {
  const tables = new Set<string>();
  const opened: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (isSign(tokens, at, "(")) opened.push(word(tokens, at - 1));
    if (isSign(tokens, at, ")")) opened.pop();
    if (!introducesTables(tokens, at, opened[opened.length - 1] ?? "")) continue;
    for (const name of listFrom(tokens, at + 1)) if (!views.has(name.toLowerCase())) tables.add(name);
  }
  return [...tables];
}

/** `extract(year from placed_at)` and `a is distinct from b` read no table; `delete from` is the verb's own. */
function introducesTables(tokens: readonly Token[], at: number, inside: string): boolean {
  const found = word(tokens, at);
  if (found === "join") return true;
  if (found === "using") return !isSign(tokens, at + 1, "(") && word(tokens, 0) !== "create";
  if (found !== "from") return false;
  if (/^(extract|substring|trim|overlay|position)$/.test(inside)) return false;
  const before = word(tokens, at - 1);
  if (before === "distinct" || (before === "delete" && !isSign(tokens, at - 2, "."))) return false;
  return word(tokens, 0) !== "copy" && word(tokens, 0) !== "show";
}

function listFrom(tokens: readonly Token[], from: number): string[] {
  const names: string[] = [];
  for (let at = from; ; ) {
    const found = nameAt(tokens, at);
    if (!found) return names;
    const isFunction = isSign(tokens, found.next, "(");
    if (!isFunction) names.push(found.name);
    // `from orders o, items as i`: past the alias to the next comma.
    let next = found.next;
    if (word(tokens, next) === "as") next++;
    if (tokens[next]?.kind === "word" || tokens[next]?.kind === "name") next++;
    if (isFunction || !isSign(tokens, next, ",")) return names;
    at = next + 1;
  }
}
