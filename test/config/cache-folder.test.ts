import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findCacheFolder } from "../../src/config/cache-folder.ts";
import { writeTree } from "../support/tree.ts";

test("is beside the installed packages of the nearest package above", () => {
  const root = writeTree({ "package.json": "{}", "node_modules/pg/package.json": "{}", "apps/api/package.json": "{}" });
  const expected = path.join(root, "node_modules/.cache/seamcut");
  expect(findCacheFolder(root)).toBe(expected);
  expect(findCacheFolder(path.join(root, "apps/api"))).toBe(expected);
});

test("is nowhere without a package, without installed ones, or beyond the repository", () => {
  const root = writeTree({
    "node_modules/pg/package.json": "{}",
    "package.json": "{}",
    "inner/bare/index.ts": "",
    "inner/package.json": "{}",
    "loose/node_modules/pg/package.json": "{}",
  });
  for (const folder of ["inner", "loose"]) mkdirSync(path.join(root, folder, ".git"));
  expect(findCacheFolder(path.join(root, "inner/bare"))).toBeUndefined();
  expect(findCacheFolder(path.join(root, "loose"))).toBeUndefined();
});
