import { beforeAll, describe, expect, it } from "vitest";
import { typeormTransactions } from "../../src/adapters/orm/typeorm-transactions.ts";
import { applyEdits } from "../../src/codemods/edits.ts";
import { describeCall } from "../../src/compiler/describe-call.ts";
import { openProgram, type Program } from "../../src/compiler/program.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { AnalysisResult, Blocked, PlannedCall, PlannedPart, TypeShape } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { fixturePath } from "../support/analyze-fixture.ts";

let program: Program;
let result: AnalysisResult;

beforeAll(async () => {
  const config = await loadConfig({ cwd: fixturePath("cut/desk") });
  result = await analyze(config);
  program = await openProgram(config.root, config.tsconfig, config.files);
});

function describeCaller(caller: string, gap = false): PlannedCall | Blocked {
  const call = result.calls.find((each) => each.caller.symbol === caller);
  if (!call) throw new Error(`${caller} calls nobody`);
  return describeCall(program, call, typeormTransactions, { gap });
}

function planned(caller: string, gap = false): PlannedCall {
  const call = describeCaller(caller, gap);
  if (!("emit" in call)) throw new Error(`${caller} is blocked: ${call.code}, ${call.message}`);
  return call;
}

function refusal(caller: string): string {
  const call = describeCaller(caller);
  return "emit" in call ? "planned" : `${call.code}: ${call.message}`;
}

/** The text of the caller's file from an offset to the end of its line. */
function lineAt(call: PlannedCall, offset: number): string {
  const text = program.file(call.call.caller.file)?.getFullText() ?? "";
  return text.slice(offset, text.indexOf("\n", offset)).trim();
}

it("finds nothing wrong with the fixture itself", () => {
  const errors = program.project
    .getSourceFiles()
    .filter((file) => !file.isInNodeModules())
    .flatMap((file) => file.getPreEmitDiagnostics())
    .map((each) => JSON.stringify(each.getMessageText()));
  expect(errors).toEqual([]);
});

describe("where the event is recorded", () => {
  it.each([
    ["behindTransaction", "manager", "return saved;"],
    ["beforeTransaction", "tx", "});"],
    ["insideTransaction", "manager", "});"],
    ["inBranchOfTransaction", "manager", "}"],
    ["lastTransactionBefore", "second", "});"],
    ["ofManager", "inner", "});"],
  ])("%s: with the handle %s, in front of %s", (caller, handle, before) => {
    const call = planned(`PlacesService.${caller}`);
    if (call.emit.kind !== "transaction") throw new Error(call.emit.kind);
    expect(call.emit.handle).toBe(handle);
    expect(lineAt(call, call.emit.at)).toBe(before);
  });

  it("takes the name that a value has inside the transaction", () => {
    expect(planned("PlacesService.behindTransaction").emit).toMatchObject({ renames: { order: "saved" } });
    expect(planned("PlacesService.beforeTransaction").emit).toMatchObject({ renames: {} });
  });

  it.each([
    ["besideRepositoryWrite", "repository", "order", "this.orders.save({ id, total: 1 });"],
    ["besideManagerWrite", "manager", null, "this.dataSource.manager.update(Order, { id }, { total: 2 });"],
    ["caught", "repository", null, "this.orders.insert({ id, total: 1 });"],
    ["floating", "repository", null, "this.orders.insert({ id, total: 1 });"],
    ["behindRethrow", "repository", null, "this.orders.insert({ id, total: 1 });"],
  ])("%s: in a new transaction around the write of a %s", (caller, receiverKind, variable, write) => {
    const call = planned(`PlacesService.${caller}`);
    expect(call.emit).toMatchObject({ kind: "wrap", receiverKind, variable });
    if (call.emit.kind === "wrap") expect(lineAt(call, call.emit.write.start)).toBe(write);
  });

  it("stands alone where the caller writes nothing, and where the gap is accepted", () => {
    expect(planned("PlacesService.alone").emit).toEqual({ kind: "alone", gap: false });
    expect(planned("PlacesService.asProperty").emit).toEqual({ kind: "alone", gap: false });
    expect(planned("RefusedService.hiddenWrites", true).emit).toEqual({ kind: "alone", gap: true });
    expect(planned("RefusedService.severalWrites", true).emit).toEqual({ kind: "alone", gap: true });
  });

  it("decides in front of both, the call and the transaction", () => {
    const decidesAt = (caller: string) => {
      const call = planned(`PlacesService.${caller}`);
      return lineAt(call, call.decideAt);
    };
    expect(decidesAt("behindTransaction")).toMatch(/^const order = await this\.dataSource\.transaction/);
    expect(decidesAt("beforeTransaction")).toBe("await this.mail.send(id);");
    expect(decidesAt("insideTransaction")).toMatch(/^await this\.dataSource\.transaction/);
    expect(decidesAt("alone")).toBe("await this.mail.send(each);");
  });

  it("names what is waited for between the change and the call", () => {
    expect(planned("PlacesService.behindTransaction").between).toEqual(["this.check"]);
    expect(planned("PlacesService.besideRepositoryWrite").between).toEqual([]);
  });

  it("knows the entities that the caller writes by itself", () => {
    expect(planned("PlacesService.behindTransaction").ownEntities).toEqual(["Order"]);
    expect(planned("PlacesService.besideRepositoryWrite").ownEntities).toEqual(["Order"]);
    expect(planned("PlacesService.alone").ownEntities).toEqual([]);
  });
});

describe("what is refused", () => {
  it.each([
    ["inPromiseAll", "not-a-statement: the call is part of a larger statement"],
    ["chained", "not-a-statement: the call is part of a larger statement"],
    ["branchWithoutBraces", "not-a-statement: the call shares its line, or a branch without braces, with other code"],
    ["sharesItsLine", "not-a-statement: the call shares its line, or a branch without braces, with other code"],
    ["inCase", "not-a-statement: the call shares its line, or a branch without braces, with other code"],
    ["transactionOnOneLine", "not-a-statement: its transaction stands on one line"],
    ["ofFunction", "not-injected: sendLetter is no method of a class that a handler could have injected"],
    ["notAsync", "caller-not-async: the function around it is not async"],
    ["inPlainCallback", "caller-not-async: the function around it is not async"],
    ["hiddenWrites", "writes-hidden: what the caller writes is hidden behind other functions"],
    ["severalWrites", "writes-hidden: the caller writes several times without a transaction"],
    ["conditionalCall", "writes-hidden: the call is made under a condition under which its write is not"],
    ["conditionalWrite", "writes-hidden: the call is made under a condition under which its write is not"],
    ["otherBranch", "writes-hidden: the call is made under a condition under which its write is not"],
    ["earlyReturnBetween", "writes-hidden: the function may end between the write and the call"],
    ["transactionMayEndEarly", "writes-hidden: its transaction may end before the event is recorded"],
    ["branchBeforeWrite", "writes-hidden: it is made under a condition, and the caller writes after it"],
    ["writePartOfExpression", "writes-hidden: its write is part of a larger expression"],
    ["noHandle", "no-transaction-handle: the callback of its transaction does not name the handle"],
    ["handleTakenApart", "no-transaction-handle: the callback of its transaction does not name the handle"],
    [
      "caughtWrite",
      "caught-with-emit: the call is reached after a caught failure of the transaction that would hold the event",
    ],
    [
      "caughtTransaction",
      "caught-with-emit: the call is reached after a caught failure of the transaction that would hold the event",
    ],
    ["callInArgument", "argument-not-repeatable: this.nextId() may give another value the second time"],
    ["clockInArgument", "argument-not-repeatable: Date.now() may give another value the second time"],
    ["newInArgument", "argument-not-repeatable: new Date may give another value the second time"],
    ["countInArgument", "argument-not-repeatable: this.count++ may give another value the second time"],
    ["changingVariable", "argument-not-repeatable: text changes between the call and where the event is recorded"],
    ["notKnownYet", "argument-not-repeatable: text is not known yet where the event is recorded"],
    ["assignedParameter", "argument-not-repeatable: text changes between the call and where the event is recorded"],
    ["changingField", "argument-not-repeatable: this.count changes between the call and where the event is recorded"],
  ])("%s", (caller, reason) => {
    expect(refusal(`RefusedService.${caller}`)).toBe(reason);
  });

  it.each([
    ["recursion", /^value\.children\[].*: it is nested too deeply, or contains itself$/],
    ["nestedDate", /^value \(Date\).*pass the date by itself$/],
    ["aFunction", /^value \(\(\) => void\).*: it is a function$/],
    ["withBehaviour", /^value \(Basket\).*: it is an object with behaviour$/],
    ["notKnown", /^value \(unknown\).*: its type is not known$/],
    ["anything", /^value \(any\).*: its type is not known$/],
    ["aMap", /^value \(Map<string, string>\).*: it is an object with behaviour$/],
    ["bytes", /^value \(Uint8Array.*\).*: it is an object with behaviour$/],
    ["aBigint", /^value \(bigint\).*: it has no form in JSON$/],
    ["aTuple", /^value \(\[string, number]\).*: it is a tuple$/],
    ["branded", /^value \(string & .*\).*: it is a branded value, and has no brand when it comes back$/],
    [
      "textEnum",
      /^value \(.*Channel\).*: it is an enum, and its value is none when it comes back: pass a plain value$/,
    ],
    ["numberEnum", /^rank \(.*Rank\).*: it is an enum/],
    ["oneOfEnum", /^value \(.*Channel.*\).*: it is an enum/],
    ["maybeEnum", /^value \(.*Channel.*\).*: it is an enum/],
    ["enumInside", /^value\.channel \(.*Channel\).*: it is an enum/],
  ])("the argument of %s", (caller, reason) => {
    const [code, message] = refusal(`ArgumentsService.${caller}`).split(/: (.*)/);
    expect(code).toBe("argument-not-serializable");
    expect(message).toMatch(reason);
  });
});

describe("what an argument is", () => {
  const partsOf = (caller: string) => planned(`ArgumentsService.${caller}`).arguments.flatMap((each) => each.parts);
  const shapeOf = (name: string) => partsOf("everything").find((part) => part.name === name) as PlannedPart;
  const text: TypeShape = { kind: "string" };

  it.each<[string, TypeShape]>([
    ["word", text],
    ["count", { kind: "number" }],
    ["flag", { kind: "boolean" }],
    ["at", { kind: "date" }],
    ["byName", { kind: "record", value: { kind: "number" } }],
    ["mutable", { kind: "array", element: text, mutable: true }],
  ])("%s", (name, shape) => {
    expect(shapeOf(name)).toMatchObject({ shape, optional: false, word: name, owner: "e" });
  });

  it("keeps the members of unions and of literals", () => {
    const membersOf = (name: string) => {
      const { shape } = shapeOf(name);
      if (shape.kind !== "union") throw new Error(shape.kind);
      return new Set(shape.members.map((member) => (member.kind === "literal" ? member.value : member.kind)));
    };
    expect(membersOf("maybe")).toEqual(new Set(["string", "null"]));
    expect(membersOf("status")).toEqual(new Set(["open", "closed"]));
    expect(membersOf("level")).toEqual(new Set([1, 2]));
    expect(membersOf("mixed")).toEqual(new Set(["string", "number"]));
  });

  it("tells what may be missing from what may be null", () => {
    expect(shapeOf("one")).toMatchObject({ shape: { kind: "number" }, optional: true });
    expect(shapeOf("maybe").optional).toBe(false);
  });

  it("describes the elements of a list that nobody may change", () => {
    expect(shapeOf("lines").shape).toEqual({
      kind: "array",
      mutable: false,
      element: {
        kind: "object",
        properties: [
          { name: "sku", shape: text, optional: false },
          { name: "note", shape: text, optional: true },
        ],
      },
    });
  });

  it("leaves literals with the handler", () => {
    expect(shapeOf("fixed")).toMatchObject({ isLiteral: true, text: '"always"' });
  });

  it("takes objects without behaviour, and type parameters for what they extend", () => {
    expect(partsOf("plainClass")[0]?.shape.kind).toBe("object");
    expect(partsOf("spread")[0]?.shape.kind).toBe("object");
    expect(partsOf("generic")[0]?.shape).toEqual(text);
  });
});

describe("how the callee joins the handler's transaction", () => {
  it("passes a handle where the callee takes one, behind what may be left out", () => {
    expect(planned("PlacesService.alone").enlist).toEqual({ kind: "handle", index: 2 });
  });

  it("leaves a callee alone that works outside the database", () => {
    expect(planned("AuditedService.byTelephone").enlist).toEqual({ kind: "external" });
  });

  it.each([
    ["opensItsOwn", "opensItsOwn opens a transaction of its own"],
    ["handsOn", "handsOn hands on to this.printer.print, which may write by itself"],
    ["byLocal", "byLocal writes through entries, not through a field"],
    ["anyNumber", "anyNumber takes any number of arguments"],
  ])("refuses %s", (caller, reason) => {
    expect(refusal(`AuditedService.${caller}`)).toBe(`callee-not-enlistable: ${reason}`);
  });

  it.each([
    [
      "byRepository",
      [
        "async byRepository(id: string, manager?: EntityManager): Promise<void> {",
        "const entries = manager?.withRepository(this.entries) ?? this.entries;",
        "const entry = await entries.findOneBy({ id });",
        'await entries.save({ ...entry, id, text: "seen" });',
      ],
    ],
    [
      "byManager",
      [
        "async byManager(id: string, manager?: EntityManager): Promise<void> {",
        'await (manager ?? this.dataSource.manager).insert(Entry, { id, text: "seen" });',
      ],
    ],
    [
      "throughOwn",
      [
        "async throughOwn(id: string, manager?: EntityManager): Promise<void> {",
        'await this.write(id, "first", manager);',
        "await this.write(id, undefined, manager);",
        "private async write(id: string, text?: string, manager?: EntityManager): Promise<void> {",
        "const entries = manager?.withRepository(this.entries) ?? this.entries;",
        'await entries.insert({ id, text: text ?? "" });',
      ],
    ],
    [
      "recursive",
      [
        "async recursive(id: string, depth: number, manager?: EntityManager): Promise<void> {",
        "const entries = manager?.withRepository(this.entries) ?? this.entries;",
        "if (depth > 0) await this.recursive(id, depth - 1, manager);",
        'await entries.insert({ id, text: "deep" });',
      ],
    ],
    [
      "nameTaken",
      [
        "async nameTaken(id: string, txManager?: EntityManager): Promise<void> {",
        "const txEntries = txManager?.withRepository(this.entries) ?? this.entries;",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the fixture's own text
        "await txEntries.insert({ id, text: `${manager} ${entries}` });",
      ],
    ],
  ])("threads a handle through %s", (caller, lines) => {
    const { enlist } = planned(`AuditedService.${caller}`);
    if (enlist.kind !== "thread") throw new Error(enlist.kind);
    const file = program.file(enlist.file);
    const before = file?.getFullText() ?? "";
    const after = applyEdits(before, enlist.edits);
    const known = new Set(before.split("\n"));
    const added = after.split("\n").filter((line) => !known.has(line));
    expect(added.map((line) => line.trim())).toEqual(lines);
    try {
      file?.replaceWithText(after);
      expect(file?.getPreEmitDiagnostics().map((each) => each.getMessageText())).toEqual([]);
    } finally {
      file?.replaceWithText(before);
    }
  });
});
