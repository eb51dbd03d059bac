import type { CheckReport, ClassifiedCall, Finding, FindingKind } from "../../src/model/index.ts";
import { classifiedCall } from "./call.ts";
import { resultOf } from "./result.ts";

/** A finding about a call from orders to stock. */
export function findingOf(change: Partial<Finding> = {}): Finding {
  const { id, location, from, to, verdict, confidence } = classifiedCall();
  const about = { id, location, from, to, verdict, confidence, owners: ["@shop/stock", "@shop/orders"] };
  return { kind: "new", severity: "error", message: "orders calls StockService.reserve of stock", ...about, ...change };
}

/** A finding of each kind, as `check` words them. */
export const ONE_OF_EACH: Readonly<Record<FindingKind, Finding>> = {
  new: findingOf(),
  expired: findingOf({
    kind: "expired",
    id: "orders:OrdersService.place->stock:StockService.count",
    message: "orders calls StockService.count of stock; it was kept until 2026-06-30",
    reason: "until the move is done",
    verdict: "query",
  }),
  unresolved: {
    kind: "unresolved",
    severity: "warning",
    id: "orders:OrdersService.place->?:this.bus.emit",
    message: "it cannot be told what this.bus.emit calls (receiver-any)",
    location: { file: "src/orders/orders.service.ts", start: { line: 30, column: 5 }, end: { line: 30, column: 18 } },
    from: "orders",
    owners: ["@shop/orders"],
  },
  renamed: findingOf({
    kind: "renamed",
    severity: "note",
    id: "orders:OrdersService.place->stock:StockService.release",
    was: "orders:OrdersService.place->stock:StockService.free",
    message: "orders:OrdersService.place->stock:StockService.free is StockService.release now",
  }),
  gone: {
    kind: "gone",
    severity: "warning",
    id: "catalog:CatalogService.rename->search:SearchService.reindex",
    message: "catalog:CatalogService.rename->search:SearchService.reindex is in the baseline and no longer in the code",
    from: "catalog",
    to: "search",
    owners: ["@shop/search"],
  },
  drift: {
    kind: "drift",
    severity: "warning",
    id: "search",
    code: "SC1014",
    message: "module search was domain in the baseline and looks shared now; domain is what counts",
    owners: [],
  },
  kept: findingOf({
    kind: "kept",
    severity: "note",
    id: "orders:OrdersService.place->stock:StockService.peek",
    reason: "ask @shop/stock, see #12",
  }),
};

/** A report of the given findings; the calls that they are about are in its result. */
export function checkReportOf(findings: readonly Finding[], change: Partial<CheckReport> = {}): CheckReport {
  const calls = findings.flatMap((finding) => callOf(finding) ?? []);
  const known = classifiedCall({ id: "payments:PaymentsService.pay->stock:StockService.reserve", from: "payments" });
  const count = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind).length;
  return {
    result: resultOf([...calls, known]),
    baseline: { file: "seamcut-baseline.json", exists: true, calls: 1 + count("gone") + count("renamed") },
    findings,
    known: [known.id],
    exitCode: findings.some(({ severity }) => severity === "error") ? 1 : 0,
    ...change,
  };
}

function callOf({ id, location, from, to, verdict = "event" }: Finding): ClassifiedCall | undefined {
  if (!location || !from || !to) return undefined;
  const symbol = id.slice(id.lastIndexOf(":") + 1);
  const callee = { symbol, file: `src/${to}/${to}.service.ts` };
  return classifiedCall({ id, from, to, location, verdict, callee });
}

/** So many new calls, of many modules and files. */
export function manyFindings(count: number): Finding[] {
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [`shop${index % 90}`, `depot${index % 70}`];
    const line = index + 1;
    return findingOf({
      severity: index < count / 2 ? "error" : "warning",
      id: `${from}:Shop.sell->${to}:Depot.take${index}`,
      message: `${from} calls Depot.take${index} of ${to}`,
      from,
      to,
      location: { file: `src/${from}/shop.ts`, start: { line, column: 3 }, end: { line, column: 9 } },
    });
  });
}

/** Names that end a string, a line, a cell, a comment or a command in one format or another. */
export const MALICIOUS = [
  `"quoted" 'too'`,
  "two\nlines\r\nand\ttabs",
  "]]> & <script>&amp;",
  "::error::done%0A",
  "a|b\\|c\\",
  "`code` ```js",
  "=cmd()|'/C calc'!A1",
  "@shop/all #12 <!-- seamcut:check -->",
  "%%{init: {}}%% style x:y#z;",
  "\u{1f4a3} \u{1b}[31m \u0000 \u202e \ud800 \u2028",
] as const;
