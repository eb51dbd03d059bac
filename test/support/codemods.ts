import { type AddedHandler, addHandlers } from "../../src/codemods/add-handlers.ts";
import { appendToList } from "../../src/codemods/append-to-list.ts";
import { deliverInSpec } from "../../src/codemods/deliver-in-specs.ts";
import { recordBesideCall } from "../../src/codemods/dual.ts";
import { editText } from "../../src/codemods/edits.ts";
import { addImport, removeImport } from "../../src/codemods/imports.ts";
import { addToModule, type ModuleList, removeFromModules } from "../../src/codemods/nest-module.ts";
import { parse } from "../../src/codemods/parse.ts";
import { withQuotes } from "../../src/codemods/quotes.ts";
import { type RemovedCall, removeArguments, removeCalls } from "../../src/codemods/remove-call.ts";
import { startRelay } from "../../src/codemods/start-relay.ts";
import { designCut } from "../../src/contracts/design-cut.ts";
import { eventSource } from "../../src/contracts/event-source.ts";
import type { CutDesign, PlannedCall, PropertyShape } from "../../src/model/index.ts";
import { consumerSource } from "../../src/scaffold/consumer-source.ts";
import { specifier } from "../../src/scaffold/imports.ts";
import { type AskedCall, openInMemory, planCall, typeErrors } from "./in-memory.ts";

/** What `options.json` of a case says: the codemod's own options, and `result` where it refuses. */
export interface CaseOptions {
  readonly result?: string;
  readonly [option: string]: unknown;
}

export interface CodemodUnderTest {
  /** The text after the codemod; null where it refuses. */
  run(input: string, options: CaseOptions): string | null;
  /** A second run finds nothing left to do. */
  readonly runsTwice: boolean;
  /** What is wrong with an output beyond its text. */
  problems?(input: string, output: string, options: CaseOptions): readonly string[];
}

/** Options of a case are data: each codemod knows which of its own they are. */
const as = <T>(options: CaseOptions): T => options as unknown as T;

export const CODEMODS: Readonly<Record<string, CodemodUnderTest>> = {
  "add-handlers": {
    runsTwice: true,
    run: (input, options) => {
      const { className, handlers } = as<{ className: string; handlers: AddedHandler[] }>(options);
      return addHandlers(input, className, handlers);
    },
  },
  "append-to-list": {
    runsTwice: true,
    run: (input, options) => {
      const { list, element, from } = as<{ list: string; element: string; from: string }>(options);
      return appendToList(input, list, element, from);
    },
  },
  "deliver-in-specs": {
    runsTwice: true,
    run: (input, options) => {
      const { calls, from } = as<{ calls: string[]; from: string }>(options);
      const body = input.replace(/^\uFEFF/, "");
      let at = 0;
      const offsets = calls.map((call) => {
        at = body.indexOf(`${call}(`, at) + call.lastIndexOf(".") + 1;
        return at;
      });
      return deliverInSpec(input, offsets, from);
    },
  },
  dual: { runsTwice: false, run: recordPlanned, problems: typeProblems },
  imports: {
    runsTwice: true,
    run: (input, options) => {
      const asked = as<{ do: "add" | "remove"; names: string[]; name: string; from: string }>(options);
      return editText(input, (body) =>
        asked.do === "add" ? addImport(parse(body), asked.names, asked.from) : removeImport(parse(body), asked.name),
      );
    },
  },
  "nest-module": {
    runsTwice: true,
    run: (input, options) => {
      const asked = as<{ do: "add" | "remove"; module: string; list: ModuleList; element: string; from: string }>(
        options,
      );
      return asked.do === "add"
        ? addToModule(input, asked.module, asked.list, asked.element, asked.from)
        : removeFromModules(input, asked.element);
    },
  },
  quotes: { runsTwice: true, run: (input, options) => withQuotes(input, as<{ quote: '"' | "'" }>(options).quote) },
  "remove-arguments": {
    runsTwice: false,
    run: (input, options) =>
      removeArguments(input, as<{ parameters: { className: string; index: number }[] }>(options).parameters),
  },
  "remove-call": {
    runsTwice: true,
    run: (input, options) => {
      const { calls, runtime } = as<{ calls: RemovedCall[]; runtime: string }>(options);
      return removeCalls(input, calls, runtime).text;
    },
    problems: (input, _output, options) => {
      const { calls, runtime, parameters } = as<{ calls: RemovedCall[]; runtime: string; parameters: unknown }>(
        options,
      );
      const [found, wanted] = [removeCalls(input, calls, runtime).parameters, parameters].map((each) =>
        JSON.stringify(each),
      );
      return found === wanted ? [] : [`parameters: ${found}, not ${wanted}`];
    },
  },
  "start-relay": {
    runsTwice: true,
    run: (input, options) => startRelay(input, as<{ from: string }>(options).from),
  },
};

interface DualCase {
  readonly calls: readonly AskedCall[];
  readonly consumer: string;
  readonly quote?: '"' | "'";
  /** Properties of the event, which stands in the code already. */
  readonly existing?: readonly string[];
}

const CALLER = "src/orders.service.ts";

/** Files around the caller of a case. */
const AROUND: Readonly<Record<string, string>> = {
  "src/order.entity.ts": "export class Order {\n  id!: string;\n  total!: number;\n  status!: string;\n}\n",
  "src/mail.service.ts": `
    import type { EntityManager } from "typeorm";
    export class MailService {
      async orderPlaced(orderId: string, email: string, manager?: EntityManager): Promise<void> {}
      async orderCancelled(orderId: string, email: string, manager?: EntityManager): Promise<void> {}
      async due(orderId: number, at: Date, until?: Date, manager?: EntityManager): Promise<void> {}
      async totals(totals: { order: number }[], manager?: EntityManager): Promise<void> {}
      async charged(charge: { orderId: string; total: number }, manager?: EntityManager): Promise<void> {}
      async receipt(
        receipt: { orderId: string; email: string; lines: { sku: string; cents: number }[] },
        manager?: EntityManager,
      ): Promise<void> {}
    }`,
};

/** Plans the calls as a cut does, and records the events beside them. */
function recordPlanned(input: string, options: CaseOptions): string | null {
  const { consumer, quote = '"' } = as<DualCase>(options);
  const design = designOf(input, options);
  if (design === null) return null;
  return recordBesideCall(input, design.calls, {
    consumer,
    runtime: "./seamcut",
    eventFrom: (file) => specifier(CALLER, file, { extension: "" }),
    quote,
  });
}

function designOf(input: string, options: CaseOptions): CutDesign | null {
  const { calls, existing } = as<DualCase>(options);
  const program = openInMemory({ ...AROUND, [CALLER]: input });
  const planned: PlannedCall[] = [];
  for (const asked of calls) {
    const each = planCall(program, CALLER, asked);
    if ("emit" in each) planned.push(each);
    else if (each.code === options.result) return null;
    else throw new Error(`${each.code}: ${each.message}`);
  }
  const module = (id: string, root: string) =>
    ({ id, root, kind: "domain", files: 1, owners: [], evidence: [] }) as const;
  const { design, blocked } = designCut(module("orders", "src"), module("mail", "src"), planned, {
    existing: () => (existing ? { variable: "orderPlaced", properties: existing.map(textProperty) } : null),
    existingConsumer: () => null,
  });
  if (blocked.length > 0) throw new Error(blocked.map((each) => each.message).join());
  return design;
}

function textProperty(name: string): PropertyShape {
  return { name, optional: false, shape: { kind: "string" } };
}

/** The output, its event and its handler type-check together. */
function typeProblems(input: string, output: string, options: CaseOptions): readonly string[] {
  const design = designOf(input, options);
  if (design === null) return ["refused"];
  const events = design.calls.map(({ event, planned }) => [
    event.file,
    eventSource(event, planned.call.caller.symbol, specifier(event.file, "src/seamcut/index.ts", { extension: "" })),
  ]);
  const specifierOf = (file: string) => specifier(design.consumer.file, file, { extension: "" });
  const consumer = consumerSource(design, { runtime: specifierOf("src/seamcut/index.ts"), specifierOf });
  return typeErrors(
    openInMemory({
      ...AROUND,
      ...Object.fromEntries(events),
      [design.consumer.file]: consumer,
      [CALLER]: output,
    }),
  );
}
