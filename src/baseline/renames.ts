import { type CallId, parseCallId } from "./call-id.ts";

/** What a rename must fit: the code that is there now. */
export interface Present {
  readonly modules: ReadonlySet<string>;
  /** `module:Symbol` of every function that is declared. */
  readonly symbols: ReadonlySet<string>;
}

/**
 * Pairs calls that are new with calls that are gone where the one is the other with a new name: of its caller, of its
 * callee, or of a module. The old name must be gone from the code, and each pair the only one that fits; anything else
 * may as well be one call removed and another one added.
 *
 * @returns by new id: the id that the baseline has
 */
export function findRenames(
  added: readonly string[],
  gone: readonly string[],
  present: Present,
): ReadonlyMap<string, string> {
  const before = gone.flatMap((id) => parsed(id));
  const after = added.flatMap((id) => parsed(id));
  const pairs = after.flatMap((is) =>
    before.filter((was) => isRename(was.call, is.call, present)).map((was) => ({ is: is.id, was: was.id })),
  );
  const count = (side: "is" | "was", id: string) => pairs.filter((pair) => pair[side] === id).length;
  return new Map(
    pairs.filter(({ is, was }) => count("is", is) === 1 && count("was", was) === 1).map(({ is, was }) => [is, was]),
  );
}

function parsed(id: string): { readonly id: string; readonly call: CallId }[] {
  const call = parseCallId(id);
  return call ? [{ id, call }] : [];
}

/** Exactly one end has another name, and its old name means nothing any more. */
function isRename(was: CallId, is: CallId, { modules, symbols }: Present): boolean {
  if (was.number !== is.number) return false;
  const caller = changeOf({ module: was.from, symbol: was.caller }, { module: is.from, symbol: is.caller });
  const callee = changeOf({ module: was.to, symbol: was.callee }, { module: is.to, symbol: is.callee });
  const changes = [caller, callee].filter((change) => change !== "none");
  if (changes.length !== 1) return false;
  const [old] =
    caller === "none" ? [{ module: was.to, symbol: was.callee }] : [{ module: was.from, symbol: was.caller }];
  if (changes[0] === "module") return !modules.has(old.module);
  return changes[0] === "symbol" && !symbols.has(`${old.module}:${old.symbol}`);
}

interface End {
  readonly module: string;
  readonly symbol: string;
}

function changeOf(was: End, is: End): "none" | "symbol" | "module" | "both" {
  if (was.module === is.module) return was.symbol === is.symbol ? "none" : "symbol";
  return was.symbol === is.symbol ? "module" : "both";
}
