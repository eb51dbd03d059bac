import path from "node:path";
import { expect, test } from "vitest";
import { readAdapterFixture } from "../support/adapter-fixture.ts";

const { annotated, found } = readAdapterFixture(path.resolve(import.meta.dirname, "../fixtures/shapes"));

test("a library that no adapter knows is judged by the shape of its calls, and by nothing else", () => {
  expect(found).toEqual(annotated);
  expect(annotated.length).toBeGreaterThan(15);
});
