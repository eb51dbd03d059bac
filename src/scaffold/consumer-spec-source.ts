import type { CutDesign, EventDesign } from "../model/index.ts";
import type { SubscriptionKey } from "./migration-source.ts";

export interface ConsumerSpecOptions {
  readonly runner: "vitest" | "jest";
  readonly rootModule: { readonly className: string; readonly from: string };
  /** Specifier of the emitted test helper. */
  readonly helper: string;
  readonly specifierOf: (file: string) => string;
  readonly payloadText: (event: EventDesign) => string;
  readonly key: (event: EventDesign) => SubscriptionKey;
}

/**
 * The test of a consumer that works in the database: the process dies after the callee has written and before the
 * message is marked, then the message comes again, twice. What it writes is there once.
 */
export function consumerSpecSource(design: CutDesign, options: ConsumerSpecOptions): string {
  const events = new Map(design.calls.map((call) => [call.event.variable, call]));
  const names =
    options.runner === "vitest" ? ['import { afterAll, beforeAll, describe, expect, it } from "vitest";'] : [];
  const lines = [
    'import type { INestApplication } from "@nestjs/common";',
    'import { Test } from "@nestjs/testing";',
    'import { DataSource } from "typeorm";',
    ...names,
    `import { ${options.rootModule.className} } from "${options.rootModule.from}";`,
    ...[...events.values()].map(
      ({ event }) => `import { ${event.variable} } from "${options.specifierOf(event.file)}";`,
    ),
    `import { crashAndRedeliver } from "${options.helper}";`,
    "",
    `describe("${design.consumer.id} after a crash", () => {`,
    "  let app: INestApplication;",
    "  beforeAll(async () => {",
    `    const testing = await Test.createTestingModule({ imports: [${options.rootModule.className}] }).compile();`,
    "    app = testing.createNestApplication({ logger: false });",
    "    await app.init();",
    "  });",
    "  afterAll(async () => app.close());",
    "",
    "  const tableOf = (entity: string) => app.get(DataSource).getMetadata(entity).tablePath;",
    ...[...events.values()].flatMap(({ event, planned }) => [
      "",
      `  it("does its work for ${event.type} once", async () => {`,
      `    const tables = ${JSON.stringify(planned.call.facts.writes)}.map(tableOf);`,
      `    const event = ${event.variable}(${options.payloadText(event)});`,
      `    const seen = await crashAndRedeliver("${options.key(event).consumer}", event, tables);`,
      "    expect(seen.afterCrash).toEqual(seen.before);",
      "    expect(seen.afterDelivery).not.toEqual(seen.before);",
      "    expect(seen.afterRedelivery).toEqual(seen.afterDelivery);",
      "  });",
    ]),
    "});",
  ];
  return `${lines.join("\n")}\n`;
}
