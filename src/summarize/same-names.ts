import { compareText, type FileFacts } from "../model/index.ts";
import { moduleSymbol } from "./symbols.ts";

/** A symbol as people and ids know it: with `~2` where an earlier file of the module declares the same name. */
export type TellApart = (module: string, file: string, symbol: string) => string;

/** Two classes or functions of one name in one module would share their ids: they are numbered in path order. */
export function tellApart(files: readonly FileFacts[], moduleOf: (file: string) => string | null): TellApart {
  const homes = new Map<string, string[]>();
  for (const file of [...files].sort((a, b) => compareText(a.path, b.path))) {
    const module = moduleOf(file.path);
    if (module === null) continue;
    for (const name of declaredNames(file)) {
      const key = `${module}\0${name}`;
      const known = homes.get(key);
      if (known) known.push(file.path);
      else homes.set(key, [file.path]);
    }
  }
  return (module, file, symbol) => {
    const cut = symbol.indexOf(".");
    const name = cut < 0 ? symbol : symbol.slice(0, cut);
    const place = homes.get(`${module}\0${name}`)?.indexOf(file) ?? 0;
    return place > 0 ? `${name}~${place + 1}${symbol.slice(name.length)}` : symbol;
  };
}

/** Names of the file's top level, and its own: code outside every function goes by that. */
function declaredNames(file: FileFacts): ReadonlySet<string> {
  const names = [...Object.entries(file.topValues), ...Object.entries(file.topTypes)];
  const own = names.filter(([, ref]) => ref.kind !== "import").map(([name]) => name);
  return new Set([...own, moduleSymbol(file)]);
}
