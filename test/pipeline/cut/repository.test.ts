import { expect, test } from "vitest";
import { moduleNamed } from "../../../src/pipeline/cut/repository.ts";
import { classifiedCall } from "../../support/call.ts";
import { resultOf } from "../../support/result.ts";

const result = resultOf([classifiedCall()]);

test("a module by its id, or the one that was meant", () => {
  expect(moduleNamed(result, "stock").id).toBe("stock");
  expect(() => moduleNamed(result, "stocks")).toThrow(
    expect.objectContaining({ code: "SC2002", hints: expect.arrayContaining(["did you mean   stock"]) }),
  );
});

test("a module of files in several folders has no place for an event and its handler", () => {
  const modules = result.modules.map((module) => ({ ...module, root: "src", byName: true as const }));
  expect(() => moduleNamed({ ...result, modules }, "stock")).toThrow(
    expect.objectContaining({ code: "SC2012", hints: [expect.stringContaining("src/stock")] }),
  );
});
