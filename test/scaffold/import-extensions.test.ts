import { describe, expect, it } from "vitest";
import { withImportExtensions } from "../../src/scaffold/import-extensions.ts";

describe("withImportExtensions", () => {
  const cases: readonly { name: string; text: string; expected: string }[] = [
    { name: "a named import", text: `import { emit } from "./emit";`, expected: `import { emit } from "./emit.js";` },
    {
      name: "a type import",
      text: `import type { Sql } from './database'`,
      expected: `import type { Sql } from './database.js'`,
    },
    {
      name: "a default and a namespace import",
      text: `import a from "../a";\nimport * as b from "../../b";`,
      expected: `import a from "../a.js";\nimport * as b from "../../b.js";`,
    },
    {
      name: "an import over several lines",
      text: `import {\n  claim,\n  type InboxMessage,\n} from "./store";\r\n`,
      expected: `import {\n  claim,\n  type InboxMessage,\n} from "./store.js";\r\n`,
    },
    { name: "an import for its effects", text: `import "./polyfill";`, expected: `import "./polyfill.js";` },
    {
      name: "exports",
      text: `export { on } from "./handlers";\nexport * from "./schema";\nexport type { A } from "./a";`,
      expected: `export { on } from "./handlers.js";\nexport * from "./schema.js";\nexport type { A } from "./a.js";`,
    },
    {
      name: "dynamic imports and import types",
      text: `const x = await import("./ops");\ntype T = typeof import( './ops' );`,
      expected: `const x = await import("./ops.js");\ntype T = typeof import( './ops.js' );`,
    },
    {
      name: "a name with a dot in it",
      text: `import { F } from "./foundation.migration";`,
      expected: `import { F } from "./foundation.migration.js";`,
    },
  ];
  it.each(cases)("extends $name", ({ text, expected }) => {
    expect(withImportExtensions(text, ".js")).toBe(expected);
  });

  it.each([
    `import { DataSource } from "typeorm";`,
    `import data from "./data.json" with { type: "json" };`,
    `import { emit } from "./emit.js";`,
    `import { emit } from "./emit.mts";`,
    `const text = 'import { a } from "./a"';`,
    ` * import { a } from "./a";`,
    `// export { a } from "./a"`,
    `export const from = "./orders";`,
    `export function load() {\n  return "./orders";\n}`,
  ])("leaves %j as it is", (text) => {
    expect(withImportExtensions(text, ".js")).toBe(text);
  });

  it("changes nothing without an extension, nor a second time", () => {
    const text = `import { emit } from "./emit";\nexport * from "./on";\n`;
    const once = withImportExtensions(text, ".js");
    expect(withImportExtensions(text, "")).toBe(text);
    expect(withImportExtensions(once, ".js")).toBe(once);
  });
});
