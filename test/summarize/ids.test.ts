import { expect, test } from "vitest";
import { analyzeFixture, idsOf } from "../support/analyze-fixture.ts";

test("namesakes in one module are told apart in path order, calls of one function in order of place", async () => {
  expect(idsOf(await analyzeFixture("resolution/namesakes"))).toEqual([
    "orders:Mapper.map->texts:trim~2",
    "orders:Mapper~2.map->texts:trim~2",
    "orders:index->texts:trim~2",
    "pages:page->texts:trim",
    "pages:page->texts:trim~2",
  ]);
});
