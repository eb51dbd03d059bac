import type { LibraryCall } from "../adapters/contract.ts";
import type { CallSiteFact, FileFacts, LibraryTarget } from "../model/index.ts";
import { argumentNames, firstText, propertiesOf } from "./call-arguments.ts";
import { chainOf, followedCalls, receiverName } from "./call-chain.ts";
import { textOf } from "./written-text.ts";

/** What can be seen of a call to a library, from its own file; each part is looked for when an adapter asks for it. */
export function libraryCall(
  facts: FileFacts,
  site: CallSiteFact,
  target: LibraryTarget,
  discarded: boolean,
): LibraryCall {
  const written = once(() => firstText(facts, site));
  const chain = once(() => chainOf(facts, site));
  const options = once(() => Object.assign({}, ...site.args.map((argument) => propertiesOf(facts, argument))));
  return {
    target,
    member: memberOf(site, target),
    get receiver() {
      return target.heir ?? receiverName(facts, site);
    },
    get argumentNames() {
      return argumentNames(facts, site);
    },
    get chain() {
      return chain();
    },
    get isLast() {
      return !followedCalls(facts).has(site);
    },
    isTag: site.isTag,
    get text() {
      return written()?.text ?? null;
    },
    get holes() {
      return written()?.holes ?? [];
    },
    get texts() {
      return site.args.flatMap((argument) => textOf(facts, argument)?.text ?? []);
    },
    discarded,
    get options() {
      return options();
    },
  };
}

/** A method that was given a name first is called by the name that the library knows. */
function memberOf({ callee }: CallSiteFact, { path, export: exported }: LibraryTarget): string {
  if (callee.kind === "member" && !/^(call|apply)$/.test(callee.name)) return callee.name;
  return path.findLast((step) => !step.startsWith("(") && step !== "[]") ?? exported;
}

function once<T>(find: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: find() };
    return known.value;
  };
}
