import { describe, expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract-file.ts";
import type { Config } from "../../src/model/index.ts";
import type { Boundary } from "../../src/modules/boundary.ts";
import { foldersByGlob, unmatchedGlobs } from "../../src/modules/by-glob.ts";
import { findModules } from "../../src/modules/find-modules.ts";

const PLAIN: Config = {
  root: "/shop",
  tsconfig: "tsconfig.json",
  files: [],
  modules: [],
  kinds: {},
  overrides: [],
  leaves: [],
  keep: [],
  severities: [],
  runtime: "src/seamcut",
  baseline: "seamcut-baseline.json",
  checker: false,
  source: null,
};

const NEST = (name: string) => `@Module({}) export class ${name}Module {}`;

function find(files: Readonly<Record<string, string>>, change: Partial<Config> = {}, manifests: Boundary[] = []) {
  const facts = Object.entries(files).map(([path, text]) => extractFile(path, text));
  return findModules(facts, { ...PLAIN, ...change }, () => [], manifests);
}

const reasons = ({ modules }: ReturnType<typeof find>) => modules.map(({ id, evidence }) => [id, ...evidence]);

const rootsOf = (files: readonly string[], globs: readonly string[]) =>
  foldersByGlob(files, globs).map(({ root }) => root);

describe("modules by glob", () => {
  const FILES = [
    "src/main.ts",
    "src/orders/orders.ts",
    "src/orders/api/controller.ts",
    "src/endpoints/admin/admin.ts",
    "src/endpoints/public/public.ts",
    "lib/money/money.ts",
  ];

  test("`*` is one folder", () => {
    expect(rootsOf(FILES, ["src/*"])).toEqual(["src/endpoints", "src/orders"]);
  });

  test("a folder in which another glob finds modules is none itself", () => {
    expect(rootsOf(FILES, ["src/*", "src/endpoints/*"])).toEqual([
      "src/endpoints/admin",
      "src/endpoints/public",
      "src/orders",
    ]);
  });

  test("`!` excludes, `{a,b}` chooses, `**` is any depth", () => {
    expect(rootsOf(FILES, ["src/*", "!src/endpoints"])).toEqual(["src/orders"]);
    expect(rootsOf(FILES, ["{src,lib}/{orders,money}"])).toEqual(["lib/money", "src/orders"]);
    expect(rootsOf(FILES, ["src/**/admin"])).toEqual(["src/endpoints/admin"]);
  });

  test("leading `./` and trailing `/` mean nothing; a dot is a dot", () => {
    expect(rootsOf(FILES, ["./src/orders/"])).toEqual(["src/orders"]);
    expect(rootsOf(["srcXorders/a.ts"], ["src.orders"])).toEqual([]);
  });

  test("a glob without any folder is told", () => {
    expect(unmatchedGlobs(FILES, ["src/*", "src/orderz", "!src/gone"])).toEqual(["src/orderz"]);
  });

  test("ids are the last folder, or the path below the common part where that is not unique", () => {
    const { modules } = find(
      { "src/app/data/a.ts": "", "src/services/data/b.ts": "", "src/services/mail/c.ts": "" },
      { modules: ["src/app/*", "src/services/*"] },
    );
    expect(modules.map(({ id }) => id)).toEqual(["app/data", "mail", "services/data"]);
  });

  test("the deepest module owns a file; a file outside all belongs to none", () => {
    const found = find({ "src/a/x.ts": "", "src/a/b/y.ts": "", "src/z.ts": "" }, { modules: ["src/a", "src/a/b"] });
    expect(found.moduleOf("src/a/b/y.ts")).toBe("b");
    expect(found.moduleOf("src/z.ts")).toBeNull();
  });
});

describe("modules by structure", () => {
  test("folders with a NestJS module, and folders beside them; the application's own is none", () => {
    const found = find({
      "src/app.module.ts": NEST("App"),
      "src/orders/orders.module.ts": NEST("Orders"),
      "src/stock/stock.module.ts": NEST("Stock"),
      "src/shared/money.ts": "",
    });
    expect(reasons(found)).toEqual([
      ["orders", "holds the NestJS module OrdersModule"],
      ["shared", "a folder beside modules"],
      ["stock", "holds the NestJS module StockModule"],
    ]);
    expect(found.moduleOf("src/app.module.ts")).toBeNull();
  });

  test("a NestJS module inside another one stands apart, and both say so", () => {
    const found = find({
      "src/orders/orders.module.ts": NEST("Orders"),
      "src/orders/dto/order.dto.ts": "",
      "src/orders/returns/returns.module.ts": NEST("Returns"),
      "src/stock/stock.module.ts": NEST("Stock"),
    });
    expect(reasons(found)).toEqual([
      ["orders", "holds the NestJS module OrdersModule; without returns, a module of its own"],
      ["returns", "holds the NestJS module ReturnsModule; inside src/orders and apart from it"],
      ["stock", "holds the NestJS module StockModule"],
    ]);
    expect(found.moduleOf("src/orders/returns/returns.module.ts")).toBe("returns");
    expect(found.moduleOf("src/orders/dto/order.dto.ts")).toBe("orders");
  });

  test("unless it is a technical part of it, or of a tool that fills the database", () => {
    const found = find({
      "src/orders/orders.module.ts": NEST("Orders"),
      "src/orders/infrastructure/persistence/document/document.module.ts": NEST("Document"),
      "src/orders/infrastructure/persistence/relational/relational.module.ts": NEST("Relational"),
      "src/orders/base/order.module.base.ts": NEST("OrderBase"),
      "src/seeds/seed.module.ts": NEST("Seed"),
      "src/seeds/orders/order-seed.module.ts": NEST("OrderSeed"),
    });
    expect(reasons(found)).toEqual([
      [
        "orders",
        "holds the NestJS module OrdersModule, and base, infrastructure/persistence/document, infrastructure/persistence/relational as details of it",
      ],
      ["seeds", "holds the NestJS module SeedModule, and orders as a detail of it"],
    ]);
    expect(found.moduleOf("src/seeds/orders/order-seed.module.ts")).toBe("seeds");
  });

  test("folders, where there is no framework; one that only groups is looked into", () => {
    const { modules } = find({
      "src/main.ts": "",
      "src/modules/orders/a.ts": "",
      "src/modules/stock/b.ts": "",
      "src/billing/c.ts": "",
    });
    expect(modules.map(({ root, evidence }) => [root, ...evidence])).toEqual([
      ["src/billing", "a folder of src"],
      ["src/modules/orders", "a feature folder of src/modules"],
      ["src/modules/stock", "a feature folder of src/modules"],
    ]);
  });

  test("feature folders, however deep", () => {
    const { modules } = find({
      "src/lib/features/orders/a.ts": "",
      "src/lib/features/stock/b.ts": "",
      "src/lib/db/c.ts": "",
      "src/migrations/1.ts": "",
    });
    expect(modules.map(({ root }) => root)).toEqual([
      "src/lib/db",
      "src/migrations",
      "src/lib/features/orders",
      "src/lib/features/stock",
    ]);
  });

  test("folders named by layer are told", () => {
    const layers = { "src/controllers/a.ts": "", "src/services/b.ts": "", "src/entities/c.ts": "" };
    expect(find(layers).diagnostics.map(({ code }) => code)).toEqual(["SC1005"]);
    expect(find(layers, { modules: ["src/*"] }).diagnostics).toEqual([]);
  });

  test("features that run across layers are shown, with the line that would take them, and not taken", () => {
    const layers = {
      "src/controllers/users.controller.ts": "",
      "src/controllers/orders.controller.ts": "",
      "src/services/users.service.ts": "",
      "src/services/orders/place.ts": "",
      "src/services/orders/cancel.ts": "",
      "src/models/user.model.ts": "",
      "src/config/env.ts": "",
    };
    const found = find(layers);
    expect(found.modules.map(({ id }) => id)).toEqual(["config", "controllers", "models", "services"]);
    expect(found.diagnostics).toEqual([
      {
        code: "SC1015",
        severity: "warning",
        message:
          "the folders are layers (src/controllers, src/models, src/services); by file name the modules would be orders, users: " +
          '--modules "src/{controllers,models,services}/:module.*" --modules "src/{controllers,models,services}/:module/**/*" --modules "src/config"',
      },
    ]);
    const globs = [...(found.diagnostics[0]?.message ?? "").matchAll(/--modules "([^"]+)"/g)].map(
      (glob) => glob[1] ?? "",
    );
    const taken = find(layers, { modules: globs });
    expect(taken.diagnostics).toEqual([]);
    expect(taken.modules.map(({ id, root, files, byName }) => [id, root, files, byName])).toEqual([
      ["config", "src/config", 1, undefined],
      ["orders", "src", 3, true],
      ["users", "src", 3, true],
    ]);
    expect(taken.moduleOf("src/models/user.model.ts")).toBe("users");
  });

  test("a name in a glob that fits no file is told, and a folder of that name keeps apart", () => {
    const files = { "src/services/users.ts": "", "lib/users/a.ts": "", "lib/stock/b.ts": "" };
    const found = find(files, { modules: ["src/services/:module.*", "src/daos/:module.*", "lib/*"] });
    expect(found.diagnostics.map(({ message }) => message)).toEqual(["no file matches src/daos/:module.*"]);
    expect(found.modules.map(({ id, root }) => [id, root])).toEqual([
      ["lib/users", "lib/users"],
      ["stock", "lib/stock"],
      ["users", "src/services"],
    ]);
  });
});

describe("modules by manifest", () => {
  const manifest = (root: string, change: Partial<Boundary> = {}): Boundary => {
    const name = `@shop/${root.slice(root.lastIndexOf("/") + 1)}`;
    return { root, name, by: "workspace", where: "pnpm-workspace.yaml", tags: [], ...change };
  };
  const nx = (root: string, name: string, tags: string[]): Boundary =>
    manifest(root, { name, by: "nx", where: `${root}/project.json`, tags });

  test("packages of a workspace and other packages, with the file that says so", () => {
    const found = find({ "packages/orders/src/a.ts": "", "packages/stock/src/b.ts": "", "tools/labels/c.ts": "" }, {}, [
      manifest("packages/orders"),
      manifest("packages/stock", { where: "package.json" }),
      manifest("tools/labels", { by: "package", where: "tools/labels/package.json" }),
    ]);
    expect(reasons(found)).toEqual([
      ["labels", "the package @shop/labels (tools/labels/package.json)"],
      ["orders", "the workspace's package @shop/orders (pnpm-workspace.yaml)"],
      ["stock", "the workspace's package @shop/stock (package.json)"],
    ]);
  });

  test("Nx projects go by their names, with their tags", () => {
    const found = find({ "libs/orders/feature/src/a.ts": "", "libs/stock/feature/src/b.ts": "" }, {}, [
      nx("libs/orders/feature", "orders-feature", ["scope:orders", "type:feature"]),
      nx("libs/stock/feature", "stock-feature", []),
    ]);
    expect(reasons(found)).toEqual([
      [
        "orders-feature",
        "the Nx project orders-feature (libs/orders/feature/project.json, tagged scope:orders, type:feature)",
      ],
      ["stock-feature", "the Nx project stock-feature (libs/stock/feature/project.json)"],
    ]);
  });

  test("a package inside another: the innermost owns a file", () => {
    const found = find({ "packages/orders/a.ts": "", "packages/orders/plugins/gift/b.ts": "" }, {}, [
      manifest("packages/orders"),
      manifest("packages/orders/plugins/gift"),
    ]);
    expect(reasons(found)).toEqual([
      ["gift", "the workspace's package @shop/gift (pnpm-workspace.yaml); inside packages/orders and apart from it"],
      [
        "orders",
        "the workspace's package @shop/orders (pnpm-workspace.yaml); without plugins/gift, a module of its own",
      ],
    ]);
    expect(found.moduleOf("packages/orders/plugins/gift/b.ts")).toBe("gift");
  });

  test("an application among packages is divided, by NestJS modules or feature folders; a library is not", () => {
    const found = find(
      {
        "apps/api/src/main.ts": "",
        "apps/api/src/orders/orders.module.ts": NEST("Orders"),
        "apps/api/src/stock/stock.module.ts": NEST("Stock"),
        "apps/admin/src/features/reports/a.ts": "",
        "apps/admin/src/features/users/b.ts": "",
        "libs/money/src/coins/coins.module.ts": NEST("Coins"),
        "libs/money/src/notes/notes.module.ts": NEST("Notes"),
      },
      {},
      [manifest("apps/api"), manifest("apps/admin"), manifest("libs/money")],
    );
    expect(found.modules.map(({ id, root }) => [id, root])).toEqual([
      ["money", "libs/money"],
      ["orders", "apps/api/src/orders"],
      ["reports", "apps/admin/src/features/reports"],
      ["stock", "apps/api/src/stock"],
      ["users", "apps/admin/src/features/users"],
    ]);
    expect(found.moduleOf("libs/money/src/coins/coins.module.ts")).toBe("money");
  });

  test("one package alone is no division", () => {
    const found = find({ "apps/api/src/orders/a.ts": "", "apps/api/src/stock/b.ts": "" }, {}, [manifest("apps/api")]);
    expect(found.modules.map(({ root }) => root)).toEqual(["apps/api/src/orders", "apps/api/src/stock"]);
  });
});
