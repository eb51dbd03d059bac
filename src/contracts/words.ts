/** `noteLowStock` → `["note", "low", "stock"]`; also for names with dashes and underscores. */
export function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

export function kebabCase(name: string): string {
  return words(name).join("-");
}

export function camelCase(name: string): string {
  return words(name)
    .map((word, index) => (index === 0 ? word : capitalized(word)))
    .join("");
}

export function pascalCase(name: string): string {
  return words(name).map(capitalized).join("");
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
