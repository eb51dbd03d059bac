import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { analyze } from "../../src/pipeline/analyze.ts";

const cwd = path.resolve(import.meta.dirname, "../fixtures/resolution/containers");

async function scan() {
  return analyze(await loadConfig({ cwd, modules: ["src/*"], checker: false }));
}

function calleesOf(result: Awaited<ReturnType<typeof scan>>, caller: string): string[] {
  return result.calls.filter((call) => call.caller.symbol === caller).map((call) => `${call.to}:${call.callee.symbol}`);
}

test("a type parameter that nothing implies falls back to its default", async () => {
  expect(calleesOf(await scan(), "InvoicesService.remind")).toContain("jobs:DunningService.run");
});

test("an application is no instance of its root module", async () => {
  expect(calleesOf(await scan(), "exportCustomers")).toContain("jobs:DunningService.run");
});

test("an inherited static member belongs to the class it is called on", async () => {
  const result = await scan();
  expect(calleesOf(result, "exportCustomers")).toContain("jobs:JobNumbers.from");
  expect(calleesOf(result, "DunningService.run")).toEqual(["billing:DocumentNumbers.next"]);
});

test("what an ORM's own code returns stays open, also where overloads say it twice", async () => {
  const result = await scan();
  expect(result.unresolved.map(({ id, reason }) => ({ id, reason }))).toContainEqual({
    id: "billing:InvoicesService.mayOwe->?:customer.mayOwe",
    reason: "receiver-external",
  });
});
