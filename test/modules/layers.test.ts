import { describe, expect, test } from "vitest";
import { modulesByFileName } from "../../src/modules/by-file-name.ts";
import { splitByFeature } from "../../src/modules/by-layer.ts";
import { featureForms, featureName } from "../../src/modules/feature-name.ts";

describe("what a file is about", () => {
  test.each([
    ["users.controller.ts", "users"],
    ["UsersController.ts", "users"],
    ["usersService.ts", "users"],
    ["order_items_repository.ts", "order-items"],
    ["OrderItem.entity.ts", "order-item"],
    ["APIKeyService.ts", "api-key"],
    ["users", "users"],
  ])("%s: %s", (name, feature) => {
    expect(featureName(name)).toBe(feature);
  });

  test.each(["index.ts", "service.ts", "Controller.ts", "base.repository.ts", "main.ts"])("%s: nothing", (name) => {
    expect(featureName(name)).toBeNull();
  });

  test("singular and plural are one; the form that is written most counts", () => {
    const forms = featureForms(["users", "user", "users", "address", "addresses", "status"]);
    expect(Object.fromEntries(forms)).toEqual({
      users: "users",
      user: "users",
      address: "address",
      addresses: "address",
      status: "status",
    });
  });
});

describe("features that run across layers", () => {
  const LAYERS = ["src/controllers", "src/models", "src/services"];

  test("by file names, with what is no layer kept as it is", () => {
    const files = [
      "src/controllers/users.controller.ts",
      "src/controllers/orders.controller.ts",
      "src/services/users.service.ts",
      "src/services/orders.service.ts",
      "src/services/mailer.service.ts",
      "src/models/user.ts",
      "src/config/app.ts",
      "src/jobs/nightly.ts",
    ];
    expect(splitByFeature([...LAYERS, "src/config", "src/jobs"], files)).toEqual({
      names: ["orders", "users"],
      globs: ["src/{controllers,models,services}/:module.*", "src/{config,jobs}"],
    });
  });

  test("by folders in the layers", () => {
    const files = [
      "src/controllers/users/list.ts",
      "src/controllers/orders/list.ts",
      "src/services/users/find.ts",
      "src/services/orders.ts",
    ];
    expect(splitByFeature(["src/controllers", "src/services"], files)).toEqual({
      names: ["orders", "users"],
      globs: ["src/{controllers,services}/:module.*", "src/{controllers,services}/:module/**/*"],
    });
  });

  test.each([
    ["one feature alone", ["src/controllers/users.ts", "src/services/users.ts"]],
    ["names of one layer", ["src/services/users.ts", "src/services/orders.ts", "src/models/money.ts"]],
    [
      "fewer than half of the files",
      [
        "src/controllers/users.ts",
        "src/services/users.ts",
        "src/controllers/orders.ts",
        "src/services/orders.ts",
        ...["mailer", "pdf", "clock", "tax", "search"].map((name) => `src/services/${name}.ts`),
      ],
    ],
  ])("not for %s", (_, files) => {
    expect(splitByFeature(LAYERS, files)).toBeNull();
  });
});

describe("modules by file names", () => {
  test("files of several folders, the folder around them, and the glob that says so", () => {
    const files = [
      "src/controllers/users.controller.ts",
      "src/controllers/index.ts",
      "src/services/users.service.ts",
      "src/services/orders/place.ts",
      "src/jobs/users.job.ts",
    ];
    const globs = ["src/{controllers,services}/:module.*", "src/services/:module/**/*"];
    expect(modulesByFileName(files, globs)).toEqual([
      {
        id: "orders",
        files: ["src/services/orders/place.ts"],
        root: "src/services/orders",
        evidence: "files named orders in src/services/orders, by src/services/:module/**/*",
      },
      {
        id: "users",
        files: ["src/controllers/users.controller.ts", "src/services/users.service.ts"],
        root: "src",
        evidence: "files named users in src/controllers, src/services, by src/{controllers,services}/:module.*",
      },
    ]);
  });
});
