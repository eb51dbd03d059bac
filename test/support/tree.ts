import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export type Tree = Readonly<Record<string, string>>;

/** Two modules with one call between them. */
export const SMALL_SHOP: Tree = {
  "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "include": ["src"] }',
  "src/stock/stock.ts": "export function reserve(sku: string): string {\n  return sku;\n}\n",
  "src/orders/place.ts":
    'import { reserve } from "../stock/stock";\n\nexport function place(): string {\n  return reserve("lamp");\n}\n',
};

/** The id of that call. */
export const SMALL_SHOP_CALL = "orders:place->stock:reserve";

/** Writes files into a folder of its own, which is gone when the test is over. */
export function writeTree(...trees: readonly Tree[]): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "seamcut-test-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, text] of trees.flatMap((tree) => Object.entries(tree))) writeIn(root, file, text);
  return root;
}

export function writeIn(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
