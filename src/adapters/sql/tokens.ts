/** A piece of SQL that matters for its verb and tables: quoted text, numbers and comments are left out. */
export type Token =
  /** `lower` for keywords; `text` as written. */
  | { readonly kind: "word"; readonly text: string; readonly lower: string }
  /** A quoted name: never a keyword. */
  | { readonly kind: "name"; readonly text: string }
  /** Something put in by the program: a name that can be told, or "". */
  | { readonly kind: "hole"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string };

/** Marks the place of a value in the text of a template. */
export const HOLE = "\u0024{}";

const PATTERN = new RegExp(
  [
    String.raw`(?<skipped>\/\*[\s\S]*?\*\/|--[^\n]*|\$\w*\$)`,
    String.raw`(?<string>[EeNnBbXx]?'(?:[^'\\]|''|\\[\s\S])*')`,
    String.raw`(?<hole>\$\{\})`,
    String.raw`(?<quoted>"(?:[^"]|"")*"|${"`"}[^${"`"}]*${"`"}|(?<![\w\])])\[[A-Za-z_][^\]]*\])`,
    String.raw`(?<parameter>\?{1,2}|::?\w+:?|\$\d+|@\w+)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<number>\d[\w.]*)`,
    "(?<sign>[(),;.=*])",
  ].join("|"),
  "gu",
);

/** Cuts SQL into tokens. A quoted name keeps its text without quotes; `::type` casts and parameters are holes or nothing. */
export function tokenize(sql: string, holes: readonly string[] = []): readonly Token[] {
  const tokens: Token[] = [];
  let hole = 0;
  for (const { 0: piece, groups = {} } of sql.matchAll(PATTERN)) {
    const inside = holes.slice(hole, hole + piece.split(HOLE).length - 1);
    hole += inside.length;
    if (groups.word !== undefined) tokens.push({ kind: "word", text: groups.word, lower: groups.word.toLowerCase() });
    else if (groups.quoted !== undefined) tokens.push(quoted(groups.quoted.slice(1, -1), inside));
    else if (groups.hole !== undefined) tokens.push({ kind: "hole", text: inside[0] ?? "" });
    else if (groups.sign !== undefined) tokens.push({ kind: "sign", text: groups.sign });
    else if (groups.parameter !== undefined && !groups.parameter.startsWith("::"))
      tokens.push({ kind: "hole", text: "" });
  }
  return tokens;
}

/** `"orders"`; and `"${table}"`, whose quotes hold nothing but what is put in. */
function quoted(text: string, holes: readonly string[]): Token {
  if (text === HOLE) return { kind: "hole", text: holes[0] ?? "" };
  return { kind: "name", text: text.replaceAll(HOLE, "") };
}
