import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { type Tree, writeTree } from "../support/tree.ts";

const STOCK = `
export class InventoryService {
  reserve(sku: string): string {
    return sku;
  }
}
export type Ports = { release: (sku: string) => string };
export const createShelves = () => ({ tidy: (sku: string) => sku, fill });
function fill(sku: string): string {
  return sku;
}
export function mute(): void {}
mute.loudly = () => undefined;
`;

async function openIn(orders: string, more: Tree = {}): Promise<string[]> {
  const cwd = writeTree(
    { "tsconfig.json": '{ "include": ["src"] }', "src/stock/stock.ts": STOCK, "src/orders/place.ts": orders },
    more,
  );
  const result = await analyze({ ...(await loadConfig({ cwd, modules: ["src/*"] })), checker: false });
  return result.unresolved.map(({ id, reason }) => `${id} ${reason}`);
}

test.each([
  ["a method of a class", "reserve"],
  ["a property of an object type", "release"],
  ["a function in a returned object", "tidy"],
  ["a function that a returned object has by name", "fill"],
  ["a function given to a function", "loudly"],
])("a call whose name may be %s is listed", async (_, name) => {
  const open = await openIn(`export function place(it: any): void {\n  it.${name}("lamp");\n}\n`);
  expect(open).toEqual([`orders:place->?:it.${name} receiver-any`]);
});

test("a call whose name nobody declares is not", async () => {
  expect(await openIn("export const place = (it: any) => it.dispatch();\n")).toEqual([]);
});

test("what a library holds for own types may be own, what it does itself is its own", async () => {
  const orders = `
import { type Context, Repository } from "web-of-things";
import type { InventoryService } from "../stock/stock";
export const member = (context: Context<InventoryService>) => context.state.reserve("lamp");
export const itself = (repository: Repository<string>) => repository.reserve("lamp");
export const wrapped = (inventory: Context<InventoryService>) => inventory.reserve("lamp");
`;
  expect(await openIn(orders)).toEqual([
    "orders:member->?:context.state.reserve receiver-external",
    "orders:wrapped->?:inventory.reserve receiver-external",
  ]);
});

test("ids hold no line and no order of functions; calls of one function are numbered from above", async () => {
  const take = (blank: string) => `export function take(it: any): void {${blank}\n  it.reserve("a");\n}\n`;
  const place = (blank: string) =>
    `export function place(it: any): void {${blank}\n  it.reserve("a");${blank}\n  it.reserve("b"); it.reserve("c");\n}\n`;
  const before = await openIn(place("") + take(""));
  expect(before).toEqual([
    "orders:place->?:it.reserve receiver-any",
    "orders:place->?:it.reserve#2 receiver-any",
    "orders:place->?:it.reserve#3 receiver-any",
    "orders:take->?:it.reserve receiver-any",
  ]);
  expect((await openIn(`\n\n${take("\n\n")}\n${place("\n\n\n")}`)).sort()).toEqual([...before].sort());
  const elsewhere = await openIn("export {};\n", { "src/orders/late/later.ts": place("") + take("") });
  expect(elsewhere).toEqual(before);
});
