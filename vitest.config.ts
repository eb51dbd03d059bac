import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

/**
 * Template files import each other as they will stand in a repository: side by side. Tests name them `#seamcut/<file>`,
 * so that one suite runs against every database's store.
 */
function flatTemplates(database: string): Plugin {
  const root = path.resolve(import.meta.dirname, "templates");
  const folders = [
    "runtime",
    `databases/${database}`,
    `orms/typeorm/${database}`,
    "orms/typeorm",
    "frameworks/nestjs",
    "testing",
    `transports/common/${database}`,
    "transports/common",
    // Each broker has a `transport.ts`: tests name it with its folder.
    "transports",
  ];
  return {
    name: "flat-templates",
    enforce: "pre",
    resolveId(source, importer) {
      const own = source.startsWith("#seamcut/");
      if (!own && !(source.startsWith("./") && importer?.startsWith(root))) return null;
      const name = source.slice(source.indexOf("/") + 1);
      const candidates = folders.map((folder) => path.join(root, folder, `${name}.ts`));
      return candidates.find((file) => existsSync(file)) ?? null;
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: ["test/support/build.ts"],
    // Two cores on the machines this is measured on: more workers only make each other slower.
    maxWorkers: 2,
    projects: [
      {
        plugins: [flatTemplates("postgresql")],
        test: {
          name: "all",
          include: ["test/**/*.test.ts"],
          exclude: ["test/fixtures/**", "test/slow/**", "**/node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [flatTemplates("mysql")],
        test: {
          name: "mysql",
          include: ["test/templates/{protocol,interleavings}/*.test.ts"],
          env: { SEAMCUT_TEST_DATABASE: "mysql" },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
