import type { ChainStep, LibraryCall } from "../adapters/contract.ts";
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
  return new SeenCall(facts, site, target, discarded);
}

/** A class, because there is one for every call out of own code: getters of a prototype cost nothing until asked. */
class SeenCall implements LibraryCall {
  readonly target: LibraryTarget;
  readonly member: string;
  readonly isTag: boolean;
  readonly discarded: boolean;
  readonly #facts: FileFacts;
  readonly #site: CallSiteFact;
  #written: ReturnType<typeof firstText> | undefined;
  #chain: readonly ChainStep[] | undefined;
  #options: Readonly<Record<string, string>> | undefined;

  constructor(facts: FileFacts, site: CallSiteFact, target: LibraryTarget, discarded: boolean) {
    this.#facts = facts;
    this.#site = site;
    this.target = target;
    this.member = memberOf(site, target);
    this.isTag = site.isTag;
    this.discarded = discarded;
  }

  get receiver() {
    return this.target.heir ?? receiverName(this.#facts, this.#site);
  }

  get argumentNames() {
    return argumentNames(this.#facts, this.#site);
  }

  get chain() {
    this.#chain ??= chainOf(this.#facts, this.#site);
    return this.#chain;
  }

  get isLast() {
    return !followedCalls(this.#facts).has(this.#site);
  }

  get text() {
    return this.#text()?.text ?? null;
  }

  get holes() {
    return this.#text()?.holes ?? [];
  }

  get texts() {
    return this.#site.args.flatMap((argument) => textOf(this.#facts, argument)?.text ?? []);
  }

  get options() {
    this.#options ??= Object.assign({}, ...this.#site.args.map((argument) => propertiesOf(this.#facts, argument)));
    return this.#options as Readonly<Record<string, string>>;
  }

  #text() {
    if (this.#written === undefined) this.#written = firstText(this.#facts, this.#site);
    return this.#written;
  }
}

/** A method that was given a name first is called by the name that the library knows. */
function memberOf({ callee }: CallSiteFact, { path, export: exported }: LibraryTarget): string {
  if (callee.kind === "member" && !/^(call|apply)$/.test(callee.name)) return callee.name;
  return path.findLast((step) => !step.startsWith("(") && step !== "[]") ?? exported;
}
