import type { EventDesign } from "../model/index.ts";
import { literal, samplePayload } from "./event-source.ts";

export type TestRunner = "vitest" | "jest";

/** The test beside an event: a fitting payload passes, one without a part of it does not. */
export function eventSpecSource(event: EventDesign, from: string, runner: TestRunner): string {
  const required = event.payload.filter((property) => !property.optional);
  const [first] = required;
  const lines = [
    ...(runner === "vitest" ? ['import { describe, expect, it } from "vitest";'] : []),
    `import { ${event.variable}, type ${event.typeName} } from "${from}";`,
    "",
    `const payload: ${event.typeName} = ${literal(samplePayload(event.payload), "")};`,
    "",
    `describe("${event.type}", () => {`,
    '  it("takes its payload", () => {',
    `    expect(${event.variable}.problems(payload)).toEqual([]);`,
    "  });",
    ...(first
      ? [
          "",
          `  it("refuses a payload without ${first.name}", () => {`,
          `    expect(${event.variable}.problems({ ...payload, ${first.name}: undefined })).toEqual(["payload.${first.name}: is missing"]);`,
          "  });",
        ]
      : []),
    ...keyTest(event),
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

function keyTest(event: EventDesign): string[] {
  if (event.key === null) return [];
  return [
    "",
    `  it("keeps the order of one ${event.key}", () => {`,
    `    expect(${event.variable}.keyOf(payload)).toBe(String(payload.${event.key}));`,
    "  });",
  ];
}
