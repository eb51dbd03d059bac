import { describe, expect, test } from "vitest";
import { dialectOf, ownersOfMost, parseCodeowners } from "../../src/modules/owners.ts";

const github = (text: string) => parseCodeowners(text, "github");
const gitlab = (text: string) => parseCodeowners(text, "gitlab");
const BOTH = [
  ["GitHub", github],
  ["GitLab", gitlab],
] as const;

describe.each(BOTH)("CODEOWNERS of %s", (_, parse) => {
  test("`*` is everything, and the last rule that matches wins", () => {
    const ownersOf = parse(
      "* @shop/everyone\n/src/orders/ @shop/orders @ann\n/src/orders/legal.ts legal@shop.example\n",
    );
    expect(ownersOf("README.md")).toEqual(["@shop/everyone"]);
    expect(ownersOf("src/stock/stock.ts")).toEqual(["@shop/everyone"]);
    expect(ownersOf("src/orders/lines/line.ts")).toEqual(["@shop/orders", "@ann"]);
    expect(ownersOf("src/orders/legal.ts")).toEqual(["legal@shop.example"]);
  });

  test("comments, on lines of their own and at the end of one, and a byte order mark", () => {
    const ownersOf = parse("\uFEFF# @nobody\r\n/src/ @shop/all # and @nobody\r\n");
    expect(ownersOf("src/a.ts")).toEqual(["@shop/all"]);
  });

  test("a rule without owners takes them away", () => {
    expect(parse("* @shop/everyone\n/src/legacy/\n")("src/legacy/a.ts")).toEqual([]);
  });

  test("a folder of any place, where nothing ties it to the top", () => {
    const ownersOf = parse("docs/ @shop/docs\n");
    expect(ownersOf("docs/a.md")).toEqual(["@shop/docs"]);
    expect(ownersOf("packages/docs/deep/a.md")).toEqual(["@shop/docs"]);
    expect(ownersOf("packages/docs.ts")).toEqual([]);
  });

  test("`*` stays in its folder, `**` does not, `?` is one character, a dot is a dot", () => {
    const ownersOf = parse("/docs/* @one\n/src/**/api/*.ts @deep\n/bin/?.sh @short\n");
    expect(ownersOf("docs/a.md")).toEqual(["@one"]);
    expect(ownersOf("docs/deep/a.md")).toEqual([]);
    expect(ownersOf("src/api/a.ts")).toEqual(["@deep"]);
    expect(ownersOf("src/orders/v1/api/a.ts")).toEqual(["@deep"]);
    expect(ownersOf("src/orders/v1/api/a-ts")).toEqual([]);
    expect(ownersOf("bin/a.sh")).toEqual(["@short"]);
    expect(ownersOf("bin/ab.sh")).toEqual([]);
  });

  test("an ending anywhere", () => {
    expect(parse("*.sql @dba\n")("src/orders/orders.sql")).toEqual(["@dba"]);
  });

  test("spaces are escaped", () => {
    const ownersOf = parse("/our\\ shop/stock\\ room/ @shop/stock\n");
    expect(ownersOf("our shop/stock room/a.ts")).toEqual(["@shop/stock"]);
  });

  test("what is no owner is none", () => {
    expect(parse("LICENSE @legal whoever ann@shop.example\n")("LICENSE")).toEqual(["@legal", "ann@shop.example"]);
  });

  test("nobody, without a rule", () => {
    expect(parse("/lib/ @shop/lib\n")("src/orders/a.ts")).toEqual([]);
  });
});

describe("only on GitHub", () => {
  test("a slash inside ties a pattern to the top, and a folder needs none at its end", () => {
    const ownersOf = github("apps/docs @shop/docs\n");
    expect(ownersOf("apps/docs/a.md")).toEqual(["@shop/docs"]);
    expect(ownersOf("shop/apps/docs/a.md")).toEqual([]);
  });

  test("`!`, sections and ranges mean nothing", () => {
    const ownersOf = github("* @shop/all\n[Docs] @shop/docs\n!/src/generated/\n/src/[ab].ts @shop/ab\n");
    expect(ownersOf("src/generated/a.ts")).toEqual(["@shop/all"]);
    expect(ownersOf("src/a.ts")).toEqual(["@shop/all"]);
  });
});

describe("only on GitLab", () => {
  test("a pattern floats unless it starts with a slash; only a slash at the end means a folder", () => {
    const ownersOf = gitlab("internal/README.md @docs\n/config @ops\n");
    expect(ownersOf("packages/internal/README.md")).toEqual(["@docs"]);
    expect(ownersOf("config")).toEqual(["@ops"]);
    expect(ownersOf("config/app.ts")).toEqual([]);
  });

  test("the owners of all sections add up; in each the last rule wins", () => {
    const ownersOf = gitlab(
      "* @shop/all\n\n[Backend]\n/src/ @shop/backend\n/src/orders/ @shop/orders\n\n[Database]\n*.sql @dba\n",
    );
    expect(ownersOf("src/orders/a.sql")).toEqual(["@shop/all", "@shop/orders", "@dba"]);
  });

  test("a section gives its owners to rules without any, whatever it asks besides", () => {
    const ownersOf = gitlab("[Backend][2] @shop/backend @ann\n/src/\n/src/api/ @shop/api\n^[Docs] @shop/docs\n*.md\n");
    expect(ownersOf("src/a.ts")).toEqual(["@shop/backend", "@ann"]);
    expect(ownersOf("src/api/a.ts")).toEqual(["@shop/api"]);
    expect(ownersOf("README.md")).toEqual(["@shop/docs"]);
  });

  test("sections of one name in any case are one", () => {
    const ownersOf = gitlab("[Docs]\n*.md @ann\n[Code]\n*.ts @tom\n[DOCS]\nREADME.md @eve\n");
    expect(ownersOf("README.md")).toEqual(["@eve"]);
  });

  test("what `!` excludes has no owner in that section, whatever follows", () => {
    const ownersOf = gitlab("* @shop/all\n!pom.xml\npom.xml @ann\n[Build]\n*.xml @shop/build\n");
    expect(ownersOf("pom.xml")).toEqual(["@shop/build"]);
    expect(ownersOf("other.xml")).toEqual(["@shop/all", "@shop/build"]);
  });

  test("`#` is escaped, roles and ranges are known", () => {
    const ownersOf = gitlab("\\#notes.md @ann\n/src/[ab].ts @@maintainers\n/src/[!ab].ts @tom\n");
    expect(ownersOf("#notes.md")).toEqual(["@ann"]);
    expect(ownersOf("src/a.ts")).toEqual(["@@maintainers"]);
    expect(ownersOf("src/c.ts")).toEqual(["@tom"]);
  });
});

test("a file with sections is GitLab's", () => {
  expect(dialectOf("* @shop/all\n^[Docs][1] @ann\n")).toBe("gitlab");
  expect(dialectOf("* @shop/all # [Docs]\n/src/[id]/ @ann\n")).toBe("github");
});

describe("owners of a module", () => {
  const ownersOf = github("* @shop/all\n*.sql @dba\n/src/stock/a.ts @ann\n/src/stock/b.ts @ann\n");

  test("are those of most of its files", () => {
    expect(ownersOfMost(["src/orders/a.ts", "src/orders/b.ts", "src/orders/c.sql"], ownersOf)).toEqual(["@shop/all"]);
    expect(ownersOfMost(["src/stock/a.ts", "src/stock/b.ts", "src/stock/c.ts"], ownersOf)).toEqual(["@ann"]);
  });

  test("are nobody, where most of its files have none", () => {
    expect(ownersOfMost(["a.ts", "b.ts", "c.sql"], github("*.sql @dba\n"))).toEqual([]);
    expect(ownersOfMost([], ownersOf)).toEqual([]);
  });
});
