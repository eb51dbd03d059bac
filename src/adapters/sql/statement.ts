import type { Token } from "./tokens.ts";

/** One statement's tokens, read from left to right. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** Names that its `WITH` gives to parts of it, in lower case: no tables. */
  readonly views: ReadonlySet<string>;
}

/** Cuts at semicolons. */
export function statementsOf(tokens: readonly Token[]): readonly Statement[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "sign" && token.text === ";") parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts.filter((part) => part.length > 0).map((part) => ({ tokens: part, views: viewsOf(part) }));
}

/** The keyword at a place, in lower case; "" for anything else. */
export function word(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  return token?.kind === "word" ? token.lower : "";
}

export function isSign(tokens: readonly Token[], at: number, sign: string): boolean {
  const token = tokens[at];
  return token?.kind === "sign" && token.text === sign;
}

const MODIFIERS = /^(only|lateral|if|not|exists|table|ignore|low_priority|delayed|concurrently|into|from)$/;

/** The name at a place, past words like `only`; without schema, quotes and suffix. Null where there is none. */
export function nameAt(tokens: readonly Token[], at: number): { name: string; next: number } | null {
  let current = at;
  while (MODIFIERS.test(word(tokens, current))) current++;
  const first = tokens[current];
  if (!first || first.kind === "sign" || STOPS.test(word(tokens, current))) return null;
  let name = first;
  current++;
  while (isSign(tokens, current, ".")) {
    const part = tokens[current + 1];
    if (!part || part.kind === "sign") break;
    name = part;
    current += 2;
  }
  return { name: name.text.split(".").pop() ?? "", next: current };
}

const STOPS = /^(select|values|set|where|on|as|using|with|unnest|lateral|outfile|dumpfile)$/;

/** `with a as (…), b (x) as materialized (…)`: a and b. */
function viewsOf(tokens: readonly Token[]): ReadonlySet<string> {
  const views = new Set<string>();
  if (!tokens.some((_, at) => word(tokens, at) === "with")) return views;
  tokens.forEach((token, at) => {
    if (word(tokens, at) !== "as") return;
    let open = at + 1;
    while (/^(not|materialized)$/.test(word(tokens, open))) open++;
    if (!isSign(tokens, open, "(")) return;
    let before = at - 1;
    if (isSign(tokens, before, ")")) {
      while (before > 0 && !isSign(tokens, before, "(")) before--;
      before--;
    }
    const name = tokens[before];
    const introduced = /^(with|recursive)$/.test(word(tokens, before - 1)) || isSign(tokens, before - 1, ",");
    if (token && name && name.kind !== "sign" && introduced) views.add(name.text.toLowerCase());
  });
  return views;
}
