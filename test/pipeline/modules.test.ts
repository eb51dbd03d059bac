import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Config, Module } from "../../src/model/index.ts";
import { analyze } from "../../src/pipeline/analyze.ts";
import { type Tree, writeTree } from "../support/tree.ts";

const EVERYTHING = '{ "compilerOptions": { "module": "commonjs" }, "include": ["**/*"] }';

async function modulesOf(tree: Tree, folder = "", change: Partial<Config> = {}): Promise<readonly Module[]> {
  const root = writeTree({ "tsconfig.json": EVERYTHING }, tree);
  const config = await loadConfig({ cwd: `${root}/${folder}` });
  return (await analyze({ ...config, checker: false, ...change })).modules;
}

const shown = (modules: readonly Module[]) => modules.map(({ id, evidence }) => `${id}: ${evidence[0]}`);

describe("manifests", () => {
  const PACKAGES: Tree = {
    "packages/orders/package.json": '{ "name": "@shop/orders" }',
    "packages/orders/src/place.ts":
      'import { reserve } from "@shop/stock";\n\nexport function place(): void {\n  reserve();\n}\n',
    "packages/stock/package.json": '{ "name": "@shop/stock", "main": "src/index.ts" }',
    "packages/stock/src/index.ts": "let level = 3;\n\nexport function reserve(): void {\n  level--;\n}\n",
    "packages/old/package.json": '{ "name": "@shop/old" }',
    "packages/old/src/old.ts": "export const old = 1;\n",
  };

  test.each([
    ["npm", "package.json", { "package.json": '{ "workspaces": ["packages/*", "!packages/old"] }' }],
    ["yarn", "package.json", { "package.json": '{ "workspaces": { "packages": ["packages/*", "!packages/old"] } }' }],
    [
      "pnpm",
      "pnpm-workspace.yaml",
      {
        "pnpm-workspace.yaml":
          "# the shop\npackages: # all but one\n  - \"packages/*\"\n  - '!packages/old'\ncatalog:\n  zod: ^4\n",
      },
    ],
    [
      "pnpm, in one line",
      "pnpm-workspace.yaml",
      { "pnpm-workspace.yaml": "packages: [packages/*, '!packages/old']\n" },
    ],
  ])("workspaces of %s", async (_, where, manifests) => {
    expect(shown(await modulesOf({ ...PACKAGES, ...(manifests as Tree) }))).toEqual([
      "old: the package @shop/old (packages/old/package.json)",
      `orders: the workspace's package @shop/orders (${where})`,
      `stock: the workspace's package @shop/stock (${where})`,
    ]);
  });

  test("projects of Nx, by project.json or package.json, with the kind that their tags say", async () => {
    const modules = await modulesOf({
      ...PACKAGES,
      "packages/orders/project.json": '{ "name": "orders-feature", "tags": ["scope:orders", "type:feature"] }',
      "packages/stock/package.json":
        '{ "name": "@shop/stock", "main": "src/index.ts", "nx": { "tags": ["type:util"] } }',
      "packages/old/project.json": "{}",
    });
    expect(modules.map(({ id, kind, evidence }) => [id, kind, ...evidence])).toEqual([
      ["old", "domain", "the Nx project old (packages/old/project.json)", "nothing says otherwise"],
      [
        "orders-feature",
        "domain",
        "the Nx project orders-feature (packages/orders/project.json, tagged scope:orders, type:feature)",
        "tagged type:feature",
      ],
      ["stock", "shared", "the package @shop/stock (packages/stock/package.json)", "tagged type:util"],
    ]);
  });

  test("a package.json without a name, or that is no JSON, makes no part", async () => {
    const modules = await modulesOf({
      "src/orders/package.json": '{ "type": "module" }',
      "src/orders/a.ts": "",
      "src/stock/package.json": "{",
      "src/stock/b.ts": "",
    });
    expect(shown(modules)).toEqual(["orders: a folder of src", "stock: a folder of src"]);
  });

  test("a package that imports lead to is a module, listed or not", async () => {
    const modules = await modulesOf({
      ...PACKAGES,
      "package.json": '{ "workspaces": ["packages/*"] }',
      "tsconfig.json": '{ "compilerOptions": { "module": "commonjs" }, "include": ["packages/orders"] }',
    });
    expect(modules.map(({ id }) => id)).toEqual(["orders", "stock"]);
  });
});

describe("kinds, by what is called", () => {
  test("shared by use, infrastructure by what it wraps, composition by wiring", async () => {
    const features = ["billing", "catalog", "customers", "orders"];
    const modules = await modulesOf({
      "src/coins/coins.ts": "export function toCents(amount: number): number {\n  return amount * 100;\n}\n",
      "src/sessions/sessions.ts":
        'import Redis from "ioredis";\n\nconst redis = new Redis();\n\nexport async function remember(key: string): Promise<void> {\n  await redis.set(key, "1");\n}\n',
      ...Object.fromEntries(
        features.map((name) => [
          `src/${name}/${name}.ts`,
          'import { toCents } from "../coins/coins";\nimport { remember } from "../sessions/sessions";\n\nlet total = 0;\n\n' +
            `export class ${name}Service {\n  async add(): Promise<void> {\n    total += toCents(1);\n    await remember("x");\n  }\n}\n`,
        ]),
      ),
      "src/server/server.ts": `${features.map((name) => `import { ${name}Service } from "../${name}/${name}";`).join("\n")}\n\nexport const services = [${features.map((name) => `new ${name}Service()`).join(", ")}];\n`,
    });
    expect(modules.map(({ id, kind, evidence }) => [id, kind, evidence[1]])).toEqual([
      ["billing", "domain", "nothing says otherwise"],
      ["catalog", "domain", "nothing says otherwise"],
      ["coins", "shared", "used by 4 of 6 others, calls none, and holds no data"],
      ["customers", "domain", "nothing says otherwise"],
      ["orders", "domain", "nothing says otherwise"],
      ["server", "composition", "uses 4 of 6 others, changes and reads nothing there, and is used by none"],
      ["sessions", "infrastructure", "only wraps ioredis, calls no module"],
    ]);
  });
});

describe("layers", () => {
  const LAYERS: Tree = {
    "src/controllers/orders.controller.ts":
      'import { OrdersService } from "../services/orders.service";\n\nexport class OrdersController {\n  constructor(private readonly orders: OrdersService) {}\n\n  place(): void {\n    this.orders.place();\n  }\n}\n',
    "src/services/orders.service.ts":
      'import { StockService } from "./stock.service";\n\nexport class OrdersService {\n  constructor(private readonly stock: StockService) {}\n\n  place(): void {\n    this.stock.reserve();\n  }\n}\n',
    "src/services/stock.service.ts":
      "export class StockService {\n  level = 3;\n\n  reserve(): void {\n    this.level--;\n  }\n}\n",
    "src/models/stock.model.ts": "export interface Stock {\n  readonly level: number;\n}\n",
  };

  test("the shown line finds the calls between features instead of those between layers", async () => {
    const config = await loadConfig({ cwd: writeTree({ "tsconfig.json": EVERYTHING }, LAYERS) });
    const asLayers = await analyze({ ...config, checker: false });
    expect(asLayers.calls.map(({ id }) => id)).toEqual([
      "controllers:OrdersController.place->services:OrdersService.place",
    ]);
    const { message = "" } = asLayers.diagnostics.find(({ code }) => code === "SC1015") ?? {};
    const modules = [...message.matchAll(/--modules "([^"]+)"/g)].map((match) => match[1] ?? "");
    const asFeatures = await analyze({ ...config, checker: false, modules });
    expect(asFeatures.calls.map(({ id }) => id)).toEqual(["orders:OrdersService.place->stock:StockService.reserve"]);
  });
});

describe("owners", () => {
  const SHOP: Tree = { "shop/tsconfig.json": EVERYTHING, "shop/src/orders/a.ts": "", "shop/src/stock/b.ts": "" };

  test.each([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])(
    "by %s, at the top of the repository",
    async (place) => {
      const tree = { ...SHOP, ".git/HEAD": "", [place]: "* @shop/all\n/shop/src/orders/ @shop/orders\n" };
      const modules = await modulesOf(tree, "shop");
      expect(modules.map(({ id, owners }) => [id, owners])).toEqual([
        ["orders", ["@shop/orders"]],
        ["stock", ["@shop/all"]],
      ]);
    },
  );

  test("the first place counts, and no place above the repository", async () => {
    const owners = (tree: Tree) => modulesOf({ ...SHOP, ...tree }, "shop").then(([orders]) => orders?.owners);
    const places = { CODEOWNERS: "* @second\n", ".github/CODEOWNERS": "* @first\n" };
    expect(await owners({ ...places, ".git/HEAD": "" })).toEqual(["@first"]);
    expect(await owners({ ...places, "shop/.git/HEAD": "" })).toEqual([]);
  });

  test("the place says whose syntax it is", async () => {
    const text = "* @shop/all\n[Orders]\n/src/orders/ @shop/orders\n";
    const orders = async (place: string) =>
      (await modulesOf({ "src/orders/a.ts": "", "src/stock/b.ts": "", [place]: text }))[0]?.owners;
    expect(await orders(".github/CODEOWNERS")).toEqual(["@shop/orders"]);
    expect(await orders(".gitlab/CODEOWNERS")).toEqual(["@shop/all", "@shop/orders"]);
    expect(await orders("CODEOWNERS")).toEqual(["@shop/all", "@shop/orders"]);
  });
});
