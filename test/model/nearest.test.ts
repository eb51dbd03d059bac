import { expect, test } from "vitest";
import { compareLocations, compareText, formatLocation, nearest } from "../../src/model/index.ts";

test("the nearest name, or none where nothing is close", () => {
  expect(nearest("modlues", ["modules", "kinds"])).toBe("modules");
  expect(nearest("ORDERS", ["orders"])).toBe("orders");
  expect(nearest("inventory", ["mail", "orders"])).toBeNull();
  expect(nearest("x", [])).toBeNull();
});

test("order does not depend on the machine's language", () => {
  expect(["ä", "z", "B", "a"].sort(compareText)).toEqual(["B", "a", "z", "ä"]);
  const at = (file: string, line: number, column: number) => ({
    file,
    start: { line, column },
    end: { line, column: column + 1 },
  });
  const places = [at("b.ts", 1, 1), at("a.ts", 10, 1), at("a.ts", 2, 9), at("a.ts", 2, 1)];
  expect(places.sort(compareLocations).map((place) => `${formatLocation(place)}:${place.start.column}`)).toEqual([
    "a.ts:2:1",
    "a.ts:2:9",
    "a.ts:10:1",
    "b.ts:1:1",
  ]);
});
