import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandLineOptions, loadConfig } from "../../src/config/load-config.ts";
import { listSourceFiles } from "../../src/config/source-files.ts";
import { link } from "../../src/link/link.ts";
import type { AnalysisResult, ClassifiedCall } from "../../src/model/index.ts";
import { findModules } from "../../src/modules/find-modules.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { readFiles } from "../../src/pipeline/read-files.ts";
import { settleResidue } from "../../src/pipeline/settle-residue.ts";

const FIXTURE = path.resolve(import.meta.dirname, "../fixtures/residue/library-results");

async function scan(options: CommandLineOptions = {}): Promise<AnalysisResult> {
  return analyze(await loadConfig({ cwd: FIXTURE, modules: ["src/*"], ...options }));
}

function callFrom(result: AnalysisResult, caller: string): ClassifiedCall | undefined {
  return result.calls.find((call) => call.caller.symbol === caller);
}

let withChecker: AnalysisResult;
beforeAll(async () => {
  withChecker = await scan();
});

test("without the checker, what library code returns is unresolved", async () => {
  const result = await scan({ checker: false });
  expect(result.unresolved.map((call) => call.text)).toEqual([
    "customer.assertMayOwe",
    "member.assertMayOwe",
    "payments.charge",
    "memoized().short",
    "this.customers.charge",
    "this.customers.charge().charge",
    "anything.charge",
  ]);
  expect(result.summary).not.toHaveProperty("checkerMs");
});

test("a method of a generic library's result is found, with the facts of its body", () => {
  const call = callFrom(withChecker, "OrdersService.mayOrder");
  expect(call?.id).toBe("orders:OrdersService.mayOrder->customers:Customer.assertMayOwe");
  expect(call?.facts).toMatchObject({ canThrow: true, effect: "none", effectKnown: true });
  expect(call?.verdict).toBe("guard");
});

test("an inherited member belongs to the receiver's declared type", () => {
  expect(callFrom(withChecker, "OrdersService.memberMayOrder")?.id).toBe(
    "orders:OrdersService.memberMayOrder->loyalty:Member.assertMayOwe",
  );
});

test("an interface's member brings the bodies behind it", () => {
  const call = callFrom(withChecker, "OrdersService.pay");
  expect(call?.callee).toEqual({ symbol: "PaymentPort.charge", file: "src/payments/payment-port.ts" });
  expect(call?.facts).toMatchObject({ effect: "write", canThrow: true, effectKnown: true });
});

test("a member of an object literal is found", () => {
  const call = callFrom(withChecker, "OrdersService.label");
  expect(call?.callee).toEqual({ symbol: "short", file: "src/customers/customer.ts" });
  expect(call?.facts.effectKnown).toBe(true);
});

test("only what the checker cannot tell either stays unresolved", () => {
  expect(withChecker.unresolved.map((call) => call.text)).toEqual(["anything.charge"]);
  expect(withChecker.summary.checkerMs).toBeGreaterThan(0);
});

test("nothing is asked where nothing is open", async () => {
  const result = await scan({ files: ["src/customers/*.ts", "src/loyalty/*.ts"] });
  expect(result.unresolved).toEqual([]);
  expect(result.summary).not.toHaveProperty("checkerMs");
});

const copies: string[] = [];
afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true });
});

/** The fixture somewhere else, as if its dependencies were installed. */
function copyWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "seamcut-residue-"));
  copies.push(folder);
  cpSync(FIXTURE, folder, { recursive: true });
  cpSync(path.join(FIXTURE, "src/libraries.d.ts"), path.join(folder, "node_modules/typeorm/index.d.ts"));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

test("settings that this TypeScript does not know do not stop it", async () => {
  const compilerOptions = { strict: true, target: "es2099", moduleResolution: "telepathy", fromTheFuture: true };
  const cwd = copyWith({ "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }) });
  const result = await scan({ cwd });
  expect(result.diagnostics.map((entry) => entry.code)).not.toContain("SC1011");
  expect(callFrom(result, "OrdersService.mayOrder")?.to).toBe("customers");
});

test("a checker that fails is a diagnostic, and the calls stay unresolved", async () => {
  const config = await loadConfig({ cwd: FIXTURE, modules: ["src/*"] });
  const read = await readFiles(config, await listSourceFiles(config));
  const graph = link(read.facts, read.resolve);
  const { moduleOf } = findModules(read.facts, config, () => []);
  const settled = await settleResidue({ ...config, tsconfig: "gone/tsconfig.json" }, read, graph, moduleOf);
  expect(settled.graph).toBe(graph);
  expect(settled.diagnostics).toMatchObject([{ code: "SC1011", severity: "warning" }]);
  expect(settled.diagnostics[0]?.message).toMatch(/^the TypeScript checker failed, so 7 calls stay unresolved: /);
});
