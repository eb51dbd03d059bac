import type { Rule } from "./rule.ts";
import { computesOnly } from "./rules/computes-only.ts";
import { followsUp } from "./rules/follows-up.ts";
import { inUserInterface } from "./rules/in-user-interface.ts";
import { isRefusable } from "./rules/is-refusable.ts";
import { makesReady } from "./rules/makes-ready.ts";
import { readsAfterwards } from "./rules/reads-afterwards.ts";
import { readsOnly } from "./rules/reads-only.ts";
import { runsCallersWork } from "./rules/runs-callers-work.ts";
import { sharesTransaction } from "./rules/shares-transaction.ts";
import { unseen } from "./rules/unseen.ts";
import { usesOutcome } from "./rules/uses-outcome.ts";
import { vetoes } from "./rules/vetoes.ts";
import { writesForCaller } from "./rules/writes-for-caller.ts";

/** Asked in this order. What could break a business rule when overlooked comes before what merely misses a chance. */
export const RULES: readonly Rule[] = [
  unseen,
  makesReady,
  vetoes,
  computesOnly,
  readsOnly,
  usesOutcome,
  isRefusable,
  sharesTransaction,
  runsCallersWork,
  readsAfterwards,
  inUserInterface,
  followsUp,
  writesForCaller,
];
