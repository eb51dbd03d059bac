import type { FindingKind } from "../../model/index.ts";

export interface KindText {
  /** Name of the rule where a format wants one; `docs/findings.md` has a section for each. */
  readonly rule: string;
  /** One of them, in a headline: `2 new direct calls`. */
  readonly one: string;
  readonly many: string;
  readonly title: string;
  /** What it means and what to do. */
  readonly help: string;
}

/** Every kind of finding in words, in the order in which reports list them. */
export const KINDS: Readonly<Record<FindingKind, KindText>> = {
  new: {
    rule: "new-call",
    one: "new direct call",
    many: "new direct calls",
    title: "New direct call between modules",
    help: 'The baseline does not have this call. Take it away, replace it by an event (seamcut cut), or accept it on purpose: seamcut baseline --accept "why".',
  },
  expired: {
    rule: "expired-keep",
    one: "kept call past its day",
    many: "kept calls past their day",
    title: "Call kept until a day that is over",
    help: "The configuration let this call stay until a day that is over. Take it away, or say anew why it stays and until when.",
  },
  unresolved: {
    rule: "unresolved-call",
    one: "new call that could not be told",
    many: "new calls that could not be told",
    title: "Call whose target could not be told",
    help: "The receiver has no type that leads to a declaration, so a call between modules may hide here. Give it a type, or accept it with the baseline.",
  },
  renamed: {
    rule: "renamed-call",
    one: "renamed call",
    many: "renamed calls",
    title: "Known call under another name",
    help: "The caller, the callee or a module was renamed; the call itself is known. Writing the baseline anew takes the new name.",
  },
  gone: {
    rule: "gone-call",
    one: "known call gone",
    many: "known calls gone",
    title: "Known call that is gone",
    help: "The baseline has this call and the code no longer does. Take it out, so that it cannot come back unseen: seamcut baseline --prune.",
  },
  drift: {
    rule: "module-drift",
    one: "module unlike the baseline",
    many: "modules unlike the baseline",
    title: "Module that is not what the baseline froze",
    help: "A module came or went, or looks like another kind; the baseline's kind still counts. Set the kind in the configuration where it is meant, and write the baseline anew.",
  },
  kept: {
    rule: "kept-call",
    one: "call kept on purpose",
    many: "calls kept on purpose",
    title: "New call kept on purpose",
    help: "The configuration lets this call stay, with a reason. Nothing to do.",
  },
};

export const KIND_ORDER = Object.keys(KINDS) as readonly FindingKind[];
