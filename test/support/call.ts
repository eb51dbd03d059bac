import type { CallFacts, ClassifiedCall, CrossModuleCall, Evidence, Location } from "../../src/model/index.ts";

const PLACE: Location = {
  file: "src/orders/orders.service.ts",
  start: { line: 10, column: 5 },
  end: { line: 10, column: 12 },
};

/** A leaf in the callee, for facts that need one. */
export function evidenceOf(what: string, ...path: string[]): Evidence {
  const file = "src/stock/stock.service.ts";
  return { what, path, location: { file, start: { line: 20, column: 1 }, end: { line: 20, column: 6 } } };
}

/** A call that neither reads nor writes, whose value is used, awaited, in the plainest of surroundings. */
export const PLAIN_FACTS: CallFacts = {
  resultUsed: true,
  usedOnlyToRefuse: false,
  awaited: true,
  couldWait: true,
  effect: "none",
  effectKnown: true,
  canThrow: false,
  refusesFirst: false,
  failsTechnically: false,
  swallowsFailures: false,
  leftAlone: false,
  changesGiven: false,
  caught: false,
  inTransaction: false,
  handlePassed: false,
  inLoop: false,
  readAfterWrite: false,
  afterOwnWrite: false,
  beforeOwnWrite: false,
  afterOwnDelete: false,
  besideOwnWrite: false,
  ownWriteFollows: false,
  runsCallersWork: false,
  inListener: false,
  inInterface: false,
  requestContext: false,
  publishes: false,
  writesOutside: false,
  writes: [],
  updates: [],
  reads: [],
  arguments: [],
  evidence: {},
};

/** Facts of a callee that writes, and whose value nobody uses. */
export const WRITING: Partial<CallFacts> = {
  resultUsed: false,
  effect: "write",
  writes: ["Stock"],
  evidence: { write: evidenceOf("Stock", "StockService.reserve") },
};

export const READING: Partial<CallFacts> = {
  effect: "read",
  reads: ["Stock"],
  evidence: { read: evidenceOf("Stock", "StockService.reserve") },
};

/** A call from orders to stock with the given facts. */
export function callWith(facts: Partial<CallFacts> = {}, symbol = "StockService.reserve"): CrossModuleCall {
  return {
    id: `orders:OrdersService.place->stock:${symbol}`,
    from: "orders",
    to: "stock",
    caller: { symbol: "OrdersService.place", file: PLACE.file },
    callee: { symbol, file: "src/stock/stock.service.ts" },
    location: PLACE,
    via: "injection",
    facts: { ...PLAIN_FACTS, ...facts },
  };
}

/** The same, with its verdict decided; ids follow the modules. */
export function classifiedCall(change: Partial<ClassifiedCall> = {}): ClassifiedCall {
  const call = {
    ...callWith(WRITING),
    verdict: "event",
    confidence: "high",
    strategies: ["event"],
    reasons: [],
  } as const;
  const merged = { ...call, ...change };
  return { ...merged, id: change.id ?? `${merged.from}:OrdersService.place->${merged.to}:${merged.callee.symbol}` };
}
