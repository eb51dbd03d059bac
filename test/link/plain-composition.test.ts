import { expect, test } from "vitest";
import { analyzeFixture, calleesOf, fixturePath, resolvedCalls, unresolvedOf } from "../support/analyze-fixture.ts";
import { linkRepository } from "../support/linked.ts";

// Functions put together by functions: bound to their dependencies, chosen from records, typed by where they stand.

test("a library's result has the functions that it was given, and no others", async () => {
  expect(await resolvedCalls("bound-functions")).toEqual([
    "write → orders:findOrder (dynamic)",
    "write → orders:saveOrder (dynamic)",
    "rewrite → orders:createOrdersRepository (import)",
    "rewrite → orders:findOrder (dynamic)",
    "findOrder → database:Database.read (interface)",
    "saveOrder → database:Database.write (interface)",
  ]);
});

test("what own code without types makes of functions has them too; options with a function among them are no such thing", async () => {
  expect(await resolvedCalls("untyped-wrappers")).toEqual([
    "orders → retries:withRetries (import)",
    "buy → orders:place (dynamic)",
    "buy → orders:cancel (dynamic)",
    "guess → retries:retry (import)",
  ]);
  const result = await analyzeFixture("resolution/untyped-wrappers", { modules: ["src/*"], checker: false });
  expect(unresolvedOf(result, "guess")).toEqual(["retried.place receiver-any"]);
});

test("an interface stands for every object that is made where it is expected, by whatever function", async () => {
  const { graph } = await linkRepository(fixturePath("resolution/driver-records"));
  const [call] = graph.targets["src/notify/notify.ts"] ?? [];
  const behind = call?.declarations.flatMap((declaration) => declaration.implementations) ?? [];
  expect(behind.map(({ file, symbol }) => `${file} ${symbol}`).sort()).toEqual([
    "src/fax/fax.ts fax.send",
    "src/mail/smtp.ts send",
    "src/push/push.ts push.send",
    "src/sms/sms.ts send",
  ]);
  expect(call?.bodies).toHaveLength(4);
});

test("members that an object takes over from another stand for its own", async () => {
  const { graph } = await linkRepository(fixturePath("resolution/driver-records"));
  const [call] = graph.targets["src/cards/cards.ts"] ?? [];
  expect(call?.bodies.map(({ file }) => file).sort()).toEqual([
    "src/fax/fax.ts",
    "src/mail/smtp.ts",
    "src/push/push.ts",
    "src/sms/sms.ts",
  ]);
});

test("parameters are typed by what is expected of a function: of a result, an element, a rest argument", async () => {
  const result = await analyzeFixture("resolution/expected-types", { modules: ["src/*"], checker: false });
  const places = result.calls.filter((call) => call.callee.symbol === "OrdersService.place");
  expect(places.map((call) => call.caller.symbol)).toEqual([
    "withPrefix",
    "createJob",
    "checkout",
    "routes.place",
    "start",
    "start",
    "register",
  ]);
  expect(calleesOf(result, "start")).toContain("http:mount");
  expect(result.unresolved).toEqual([]);
});

test("a type that a utility of a package changes has its members still", async () => {
  expect(await resolvedCalls("type-utilities")).toEqual([
    "checkout → actions:createAction (import)",
    "perform → orders:OrdersService.place (injection)",
  ]);
});

test("what a library gives that was given nothing is its own; what it knows by name, or keeps, may be anybody's", async () => {
  const result = await analyzeFixture("resolution/bare-results", { modules: ["src/*"], checker: false });
  expect(result.unresolved.map((call) => `${call.text} ${call.reason}`)).toEqual([
    "resolve().t receiver-external",
    "container().cradle.clock.t receiver-external",
    "ambientClock().t receiver-external",
  ]);
});
