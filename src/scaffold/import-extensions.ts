/** Extensions that a relative specifier may already carry; anything else after a dot is part of the file's name. */
const HAS_EXTENSION = /\.(?:[cm]?[jt]sx?|json)$/;
const STATEMENT = /^([ \t]*(?:import|export)\b[^;"'`]*?\bfrom\s*|[ \t]*import\s*)(["'])(\.\.?\/[^"'\n]+)\2/gm;
const DYNAMIC = /(\bimport\(\s*)(["'])(\.\.?\/[^"'\n]+)\2/g;

/**
 * Gives the relative imports and exports of a module an extension, `.js` for Node's own module resolution: templates
 * are written without. Works on the text, so every other byte stays; a specifier must name a file, not a folder.
 */
export function withImportExtensions(text: string, ext: "" | `.${string}`): string {
  if (ext === "") return text;
  const extend = (match: string, before: string, quote: string, specifier: string) =>
    HAS_EXTENSION.test(specifier) ? match : `${before}${quote}${specifier}${ext}${quote}`;
  return text.replace(STATEMENT, extend).replace(DYNAMIC, extend);
}
