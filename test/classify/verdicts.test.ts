import { beforeAll, describe, expect, it } from "vitest";
import type { AnalysisResult } from "../../src/model/index.ts";
import { analyzeFixture, callOf } from "../support/analyze-fixture.ts";

/** `verdict confidence effect` of the one cross-module call that a caller makes. */
function judged(result: AnalysisResult, caller: string): string {
  const call = callOf(result, caller);
  return `${call.verdict} ${call.confidence} ${call.facts.effect}`;
}

const modules = ["src/*"];

describe("a client that a generator writes", () => {
  it("is known by its exported name, though it is not on disk", async () => {
    const result = await analyzeFixture("verdicts/generated-client", { modules });
    expect(judged(result, "OrdersService.place")).toBe("command high write");
    expect(judged(result, "OrdersService.quote")).toBe("query high read");
    expect(callOf(result, "OrdersService.place").facts.writes).toEqual(["StockItem"]);
  });
});

describe("a repository from an overloaded method of own code", () => {
  it("writes and reads the entity that it was asked for", async () => {
    const result = await analyzeFixture("verdicts/overloaded-repository", { modules });
    expect(judged(result, "AdminController.change")).toBe("command high write");
    expect(callOf(result, "AdminController.change").facts.writes).toEqual(["TaxRate"]);
    expect(judged(result, "AdminController.list")).toBe("query high read");
    expect(callOf(result, "AdminController.list").facts.reads).toEqual(["TaxRate"]);
  });

  it("is no reading by itself", async () => {
    const result = await analyzeFixture("verdicts/overloaded-repository", { modules });
    expect(judged(result, "TaxService.change")).toBe("pure high none");
  });
});

describe("a subject of rxjs", () => {
  it("is a bus when it is told something, and a signal when it is not", async () => {
    const result = await analyzeFixture("verdicts/subject-bus", { modules });
    expect(judged(result, "OrdersService.place")).toBe("event high write");
    expect(judged(result, "OrdersService.shutDown")).toBe("command low write");
  });
});

describe("state of the process", () => {
  it("is constant where only start-up fills it", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    expect(judged(result, "OrdersService.heading")).toBe("pure high none");
  });

  it("is as good as the query that filled it", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    expect(judged(result, "OrdersService.symbol")).toBe("query high read");
    expect(callOf(result, "OrdersService.symbol").facts.reads).toEqual(["Currency"]);
  });

  it("is none where counting up only makes names unique", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    expect(judged(result, "OrdersService.alias")).toBe("pure high none");
    expect(judged(result, "OrdersService.tryAgain")).toBe("command high write");
  });

  it("does not change when a method of what it holds is called `set`", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    // Of the store behind it no body is there: that it writes is told by its name.
    expect(callOf(result, "OrdersService.remember").facts.writes).toEqual(["backend"]);
  });

  it("is no state where a function fills and returns it, others notwithstanding", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    expect(judged(result, "OrdersService.total")).toBe("pure high none");
  });

  it("does not live in entities", async () => {
    const result = await analyzeFixture("verdicts/state", { modules });
    expect(judged(result, "OrdersService.reduced")).toBe("pure high none");
  });
});

describe("a function that a library has wrapped", () => {
  it("runs when the wrapper is called", async () => {
    const result = await analyzeFixture("verdicts/wrapped-function", { modules });
    expect(judged(result, "orders.module")).toBe("pure high none");
  });
});

describe("constructors", () => {
  it("run for classes without one, and through super", async () => {
    const result = await analyzeFixture("verdicts/constructors", { modules });
    expect(callOf(result, "OrdersService.inSummer").facts.writes).toEqual(["queue"]);
    expect(callOf(result, "OrdersService.inWinter").facts.writes).toEqual(["queue"]);
  });
});

describe("event or command", () => {
  it("is an event to clean up what belonged to something deleted", async () => {
    const result = await analyzeFixture("verdicts/event-or-command", { modules });
    expect(judged(result, "OrdersService.remove")).toBe("event low write");
  });

  it.each(["place", "confirm", "ship", "logout"])("keeps %s a command", async (method) => {
    const result = await analyzeFixture("verdicts/event-or-command", { modules });
    expect(judged(result, `OrdersService.${method}`)).toBe("command low write");
  });

  it("is an event where the failure is swallowed", async () => {
    const result = await analyzeFixture("verdicts/event-or-command", { modules });
    expect(judged(result, "OrdersService.view")).toBe("event high write");
  });

  it("is an event to send a mail", async () => {
    const result = await analyzeFixture("verdicts/event-or-command", { modules });
    expect(judged(result, "OrdersService.forget")).toBe("event high write");
  });
});

describe("a tangled caller", () => {
  it.each([
    ["takeAll", "waited for behind a choice"],
    ["ship", "a failure would skip what follows"],
    ["takeOne", "the caller is but a front"],
  ])("keeps %s a command: %s", async (method) => {
    const result = await analyzeFixture("verdicts/tangled", { modules });
    expect(judged(result, `OrdersService.${method}`)).toBe("command low write");
  });

  it("takes answering the request for a write that the caller needs", async () => {
    const result = await analyzeFixture("verdicts/tangled", { modules });
    expect(judged(result, "OrdersService.answer")).toBe("command medium write");
  });

  it("takes a name that notes an event after the own write for a sign, no strong one", async () => {
    const result = await analyzeFixture("verdicts/tangled", { modules });
    expect(judged(result, "OrdersService.note")).toBe("event medium write");
    expect(callOf(result, "OrdersService.note").facts.writes).toEqual(["events"]);
  });

  it("counts what a callback does that the callee runs", async () => {
    const result = await analyzeFixture("verdicts/tangled", { modules });
    expect(callOf(result, "OrdersService.inside").facts.writes).toEqual(["orders"]);
    expect(judged(result, "OrdersService.inside")).toBe("command high write");
  });
});

describe("functions that stand in for members of types", () => {
  it("are found in returned and declared object literals, and in assignments", async () => {
    const result = await analyzeFixture("verdicts/stand-ins", { modules });
    expect(judged(result, "ImportsService.start")).toBe("event high write");
    expect(judged(result, "ImportsService.stamp")).toBe("pure high none");
    expect(judged(result, "ImportsService.finish")).toBe("command low write");
  });
});

describe("inheritance", () => {
  it("runs the parent's own body through super, and no sibling's", async () => {
    const result = await analyzeFixture("verdicts/inheritance", { modules });
    const call = result.calls.find(({ caller }) => caller.symbol === "TimerService.start");
    expect(call?.facts.writes).not.toContain("bus");
    expect(call?.verdict).toBe("command");
  });
});

describe("types without an end", () => {
  it("are given up in time", async () => {
    const result = await analyzeFixture("verdicts/endless-types", { modules });
    expect(callOf(result, "firstLeaf").callee.symbol).toBe("Pathfinder.leaves");
  }, 10_000);
});

describe("a package of the workspace", () => {
  it("is own code, though nothing is installed", async () => {
    const result = await analyzeFixture("verdicts/workspace", { modules: ["apps/api/src/*"] });
    expect(judged(result, "OrdersService.place")).toBe("command high write");
    expect(callOf(result, "OrdersService.place").facts.writes).toEqual(["Stock"]);
  });
});

describe("a caller that is not async", () => {
  it("tells nothing by not waiting, unless it lets go on purpose", async () => {
    const result = await analyzeFixture("verdicts/tangled", { modules });
    expect(judged(result, "composeCancellation")).toBe("command low write");
    expect(judged(result, "cancelInTheBackground")).toBe("event medium write");
  });
});

describe("a caller that itself reacts to an event", () => {
  it("waits for nothing: what it writes elsewhere may as well come later", async () => {
    const result = await analyzeFixture("verdicts/listeners", { modules });
    expect(judged(result, "OrdersListener.react")).toBe("event medium write");
    expect(judged(result, "OrderPlacedHandler.handle")).toBe("event medium write");
    expect(judged(result, "OrdersListener.sell")).toBe("command low write");
  });

  it("what is named as a check and refuses is one, though its refusal is swallowed", async () => {
    const result = await analyzeFixture("verdicts/listeners", { modules });
    expect(judged(result, "OrdersListener.sellQuietly")).toBe("command low write");
  });
});

describe("a monolith of plain functions", () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyzeFixture("verdicts/plain-composition", { modules });
  });

  it.each([
    ["place", "event high write", "a bus of own making: handlers that others left, run in a later turn"],
    ["lowered", "event medium write", "listeners told one after the other, whose answers nobody takes"],
    ["placeIfNobodyMinds", "unknown low none", "handlers that are waited for may refuse"],
    ["answered", "unknown low none", "one handler that answers is no telling of many"],
    ["thank", "event high write", "an interface that nobody implements, by its name"],
    ["forget", "command low write", "a file system that is handed in"],
    ["measure", "query high read", "the same, read"],
    ["forgetAloud", "command low write", "a failure that the user is told of is not swallowed"],
    ["forgetQuietly", "event medium write", "one that goes to the console is"],
    ["rememberForgetting", "command low write", "nor one whose absence is noted"],
    ["forgetWithNote", "event medium write", "or into a log, whatever its name"],
    ["OrderPanel", "command low write", "a user interface has no transaction"],
    ["callBack", "guard high none", "asks whether something may be, to refuse"],
    ["order", "guard medium none", "asks whether something stands against it, to refuse"],
    ["move", "pure high none", "compares, and the caller refuses"],
    ["receipt", "event high write", "a mailer that says no after it has tried refuses nothing"],
    ["offer", "command medium write", "one that says no before does"],
    ["replaceUpload", "command low write", "to remove a file is not to remove what others belong to"],
    ["hearOfMail", "event medium write", "in a function that is given to a bus"],
    ["answerSocket", "command low write", "but not in one that waits for a request"],
    ["tally", "command low write", "a call that nobody waits for fails where it stands, unless it gives a promise"],
    ["addresses", "query medium read", "a service that nobody implements here: its first word says that it reads"],
    ["forgetAddress", "command low write", "or that it writes"],
    ["lookUp", "pure high none", "a container hands out what was put in"],
    ["note", "pure low none", "a type that calls itself a logger"],
    ["logged", "pure high none", "a logger that a factory of a library makes"],
    ["routes", "pure high none", "a middleware is built; it refuses later"],
    ["wire", "command low none", "registers a handler, which has not run"],
    ["start", "command low write", "a hook of the process is told nothing, it makes ready"],
  ])("%s: %s, %s", (caller, expected) => {
    expect(judged(result, caller)).toBe(expected);
  });
});
