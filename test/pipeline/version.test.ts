import { expect, test } from "vitest";
import { docsAddress } from "../../src/pipeline/version.ts";

const DOCS = "https://github.com/shop/seamcut/blob/HEAD/docs";

test.each([
  ["github:shop/seamcut", DOCS],
  ["https://github.com/shop/seamcut", DOCS],
  [{ url: "git+https://github.com/shop/seamcut.git" }, DOCS],
  [{ url: "git+ssh://git@github.com/shop/seamcut.git" }, DOCS],
  [{ url: "https://git.shop.example/seamcut.git" }, undefined],
  [undefined, undefined],
])("the pages of %j", (repository, address) => {
  expect(docsAddress(repository)).toBe(address);
});
