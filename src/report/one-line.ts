/** Line breaks, terminal escapes, and marks that turn the direction of writing: names in code may hold any of them. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** The text on one line and without control characters, which are shown as `\u{1b}`. */
export function oneLine(text: string): string {
  return text.replace(HARMFUL, escapeCharacter);
}

export function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
