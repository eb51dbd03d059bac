import { expect, test } from "vitest";
import { visible } from "../../src/cli/streams.ts";

test("control characters are shown, except those that the tool prints itself", () => {
  expect(visible("\u001b[1morders\u001b[0m\n\tsrc/orders.ts")).toBe("\u001b[1morders\u001b[0m\n\tsrc/orders.ts");
  expect(visible("orders\u001b[2J:\u0007place\r\u0085")).toBe("orders\\x1b[2J:\\x07place\\x0d\\x85");
});
