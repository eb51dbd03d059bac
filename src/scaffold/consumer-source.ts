import type { CutCall, CutDesign } from "../model/index.ts";

export interface ConsumerSourceOptions {
  readonly runtime: string;
  readonly specifierOf: (file: string) => string;
}

/** A module's consumer: one handler per event, each around what was called directly before. */
export function consumerSource(design: CutDesign, options: ConsumerSourceOptions): string {
  const { consumer, calls } = design;
  const events = unique(
    calls.map(({ event }) => `import { ${event.variable} } from "${options.specifierOf(event.file)}";`),
  );
  const services = unique(
    calls.map(({ planned }) => `import { ${planned.calleeClass} } from "${options.specifierOf(planned.calleeFile)}";`),
  );
  const fields = unique(
    calls.map(({ planned }) => `private readonly ${fieldOf(planned.calleeClass)}: ${planned.calleeClass}`),
  );
  const construction =
    fields.length === 1
      ? [`  constructor(${fields[0] ?? ""}) {}`]
      : ["  constructor(", ...fields.map((field) => `    ${field},`), "  ) {}"];
  const lines = [
    'import { Injectable } from "@nestjs/common";',
    ...events,
    `import { type Consumer, on } from "${options.runtime}";`,
    ...services,
    "",
    `/** What ${design.to} does about events of other modules${externalNote(design)} */`,
    "@Injectable()",
    `export class ${consumer.className} implements Consumer {`,
    `  readonly consumer = "${consumer.id}";`,
    `  readonly effects = "${consumer.effects}";`,
    '  readonly onExhausted = "block";',
    "",
    "  readonly handlers = [",
    ...calls.map((call) => `${handlerSource(call, "    ")},`),
    "  ];",
    "",
    ...construction,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** `on(orderPlaced, async (payload, { tx }) => { … })`. */
export function handlerSource({ planned, event, handlerArguments }: CutCall, indent: string): string {
  const usesPayload = handlerArguments.some((argument) => argument.includes("payload"));
  const usesTx = handlerArguments.includes("tx");
  const parameters = usesTx ? `${usesPayload ? "payload" : "_payload"}, { tx }` : usesPayload ? "payload" : "";
  const call = `this.${fieldOf(planned.calleeClass)}.${planned.calleeMethod}(${handlerArguments.join(", ")})`;
  return `${indent}on(${event.variable}, async (${parameters}) => {\n${indent}  await ${call};\n${indent}})`;
}

/** `NotificationsService` → `notificationsService`. */
export function fieldOf(className: string): string {
  return className.charAt(0).toLowerCase() + className.slice(1);
}

function externalNote(design: CutDesign): string {
  return design.consumer.effects === "external"
    ? ". Works outside the database: each is delivered at least once."
    : ", in the transaction that marks each as handled.";
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
