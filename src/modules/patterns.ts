export function normalize(glob: string): string {
  return glob.replace(/^\.\//, "").replace(/\/+$/, "");
}

/** Globs of folders: `*` is one folder, `**` any depth, `{a,b}` a choice. */
export function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/?|\*|\?|\{([^}]*)\}/g, (part, choice?: string) => {
      if (choice !== undefined) return `(?:${choice.split(",").join("|")})`;
      if (part.startsWith("**")) return "(?:.*/)?";
      return part === "*" ? "[^/]+" : "[^/]";
    });
  return new RegExp(`^${source}$`);
}
