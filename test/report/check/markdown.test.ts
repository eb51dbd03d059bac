import { describe, expect, test } from "vitest";
import { githubSummary } from "../../../src/report/check/github-summary.ts";
import { checkMarkdown } from "../../../src/report/check/markdown.ts";
import { oneLine } from "../../../src/report/one-line.ts";
import { checkReportOf, findingOf, MALICIOUS, manyFindings, ONE_OF_EACH } from "../../support/check-report.ts";
import { parseMarkdown, parseMermaid } from "../../support/parsers.ts";

// After the balance and the teams.
const rowsOf = (text: string) => parseMarkdown(text).tables.slice(2).flat();

test("one of each kind", () => {
  expect(checkMarkdown(checkReportOf(Object.values(ONE_OF_EACH)))).toMatchInlineSnapshot(`
    "<!-- seamcut:check -->
    ### seamcut: 1 new direct call between modules · 1 kept call past its day · 1 new call that could not be told · 1 renamed call · 1 known call gone · 1 module unlike the baseline · 1 call kept on purpose · 1 known

    The check **fails**.

    | calls in the baseline | gone | added | calls now |
    | ---: | ---: | ---: | ---: |
    | 3 | −1 | +3 | 5 |

    \`\`\`mermaid
    flowchart LR
      m0["catalog"]
      m1["orders"]
      m2["search"]
      m3["stock"]
      m1 ==>|"1 new, 1 expired, 1 renamed, 1 kept"| m3
      m0 -.->|"1 gone"| m2
    \`\`\`

    | team | new | unresolved | gone | kept | known |
    | --- | --- | --- | --- | --- | --- |
    | \`@shop/orders\` | 2 | 1 | 0 | 1 | 1 |
    | \`@shop/stock\` | 2 | 0 | 0 | 1 | 2 |
    | \`@shop/search\` | 0 | 0 | 1 | 0 | 0 |

    #### 1 new direct call

    The baseline does not have this call. Take it away, replace it by an event (seamcut cut), or accept it on purpose: seamcut baseline --accept "why".

    | Edge | Call | Place | Verdict | Owners |
    | --- | --- | --- | --- | --- |
    | \`orders\` → \`stock\` | \`StockService.reserve\` | \`src/orders/orders.service.ts:10\` | event | \`@shop/stock\`, \`@shop/orders\` |

    #### 1 kept call past its day

    The configuration let this call stay until a day that is over. Take it away, or say anew why it stays and until when.

    | Edge | Call | Place | Verdict | Note | Owners |
    | --- | --- | --- | --- | --- | --- |
    | \`orders\` → \`stock\` | \`StockService.count\` | \`src/orders/orders.service.ts:10\` | query | \`until the move is done\` | \`@shop/stock\`, \`@shop/orders\` |

    #### 1 new call that could not be told

    The receiver has no type that leads to a declaration, so a call between modules may hide here. Give it a type, or accept it with the baseline.

    | Call | Place | Severity | Owners |
    | --- | --- | --- | --- |
    | \`it cannot be told what this.bus.emit calls (receiver-any)\` | \`src/orders/orders.service.ts:30\` | warning | \`@shop/orders\` |

    <details><summary>1 renamed call</summary>

    The caller, the callee or a module was renamed; the call itself is known. Writing the baseline anew takes the new name.

    | Edge | Call | Place | Verdict | Note | Owners |
    | --- | --- | --- | --- | --- | --- |
    | \`orders\` → \`stock\` | \`StockService.release\` | \`src/orders/orders.service.ts:10\` | event | was \`orders:OrdersService.place->stock:StockService.free\` | \`@shop/stock\`, \`@shop/orders\` |

    </details>

    <details><summary>1 known call gone</summary>

    The baseline has this call and the code no longer does. Take it out, so that it cannot come back unseen: seamcut baseline --prune.

    | Edge | Call | Severity | Owners |
    | --- | --- | --- | --- |
    | \`catalog\` → \`search\` | \`catalog:CatalogService.rename->search:SearchService.reindex\` | warning | \`@shop/search\` |

    </details>

    #### 1 module unlike the baseline

    A module came or went, or looks like another kind; the baseline's kind still counts. Set the kind in the configuration where it is meant, and write the baseline anew.

    | Call | Severity | Note |
    | --- | --- | --- |
    | \`module search was domain in the baseline and looks shared now; domain is what counts\` | warning | SC1014 |

    <details><summary>1 call kept on purpose</summary>

    The configuration lets this call stay, with a reason. Nothing to do.

    | Edge | Call | Place | Verdict | Note | Owners |
    | --- | --- | --- | --- | --- | --- |
    | \`orders\` → \`stock\` | \`StockService.peek\` | \`src/orders/orders.service.ts:10\` | event | \`ask @shop/stock, see #12\` | \`@shop/stock\`, \`@shop/orders\` |

    </details>
    "
  `);
});

test("no finding: the balance alone, after the marker", () => {
  expect(checkMarkdown(checkReportOf([]))).toBe(`<!-- seamcut:check -->
### seamcut: 0 new direct calls between modules · 0 known calls gone · 1 known

The check passes.

| calls in the baseline | gone | added | calls now |
| ---: | ---: | ---: | ---: |
| 1 | 0 | 0 | 1 |
`);
});

test("one finding: its row and its edge", () => {
  const text = checkMarkdown(checkReportOf([findingOf()]));
  const { tables, blocks } = parseMarkdown(text);
  expect(tables).toEqual([
    [["1", "0", "+1", "2"]],
    [
      ["@shop/stock", "1", "1"],
      ["@shop/orders", "1", "0"],
    ],
    [
      [
        "orders → stock",
        "StockService.reserve",
        "src/orders/orders.service.ts:10",
        "event",
        "@shop/stock, @shop/orders",
      ],
    ],
  ]);
  expect(parseMermaid(blocks.get("mermaid") ?? "")).toEqual({ edges: 1, labels: ["orders", "stock"] });
});

test("without a baseline, and compared with a commit", () => {
  const since = { ref: "origin/main", commit: "0123456789abcdef" };
  const text = checkMarkdown(
    checkReportOf([], { since, baseline: { file: "b.json", exists: false, calls: 0 }, known: [] }),
  );
  expect(text).toContain("Compared with `origin/main` (`0123456789ab`). There is no baseline yet");
});

describe("owners", () => {
  test("are not disturbed unless asked for", () => {
    const report = checkReportOf([findingOf({ owners: ["@shop/stock", "somebody@shop.example"] })]);
    expect(parseMarkdown(checkMarkdown(report)).prose).not.toContain("@");
    const { prose } = parseMarkdown(checkMarkdown(report, { mentionOwners: true }));
    expect(prose).toContain("@shop/stock");
    expect(prose).not.toContain("somebody@");
  });
});

describe.each([
  [
    "comment",
    (findings: number) => checkMarkdown(checkReportOf(manyFindings(findings))),
    65_536,
    (text: string) => text.length,
  ],
  [
    "summary",
    (findings: number) => githubSummary(checkReportOf(manyFindings(findings))),
    1024 * 1024,
    Buffer.byteLength,
  ],
] as const)("a %s of many findings", (_, render, limit, sizeOf) => {
  test.each([6000, 25_000])("%i: what there is room for, and the rest counted", (count) => {
    const text = render(count);
    const hidden = Number(/(\d+) more findings not shown here/.exec(text)?.[1] ?? 0);
    expect(sizeOf(text)).toBeLessThanOrEqual(limit);
    expect(rowsOf(text).length + hidden).toBe(count);
    // Hardly any room is left unused where something is hidden.
    if (hidden > 0) expect(sizeOf(text)).toBeGreaterThan(limit * 0.99);
  });
});

test("the summary leaves the room that other commands of the step have used", () => {
  const report = checkReportOf(manyFindings(6000));
  expect(Buffer.byteLength(githubSummary(report, 4000))).toBeLessThanOrEqual(4000);
});

describe("malicious names", () => {
  const report = checkReportOf(
    MALICIOUS.map((name, index) =>
      findingOf({
        id: `${name}:Shop.sell->stock:${name}`,
        from: name,
        owners: [name],
        reason: name,
        location: { file: `src/${name}.ts`, start: { line: index + 1, column: 1 }, end: { line: 1, column: 2 } },
      }),
    ),
  );

  test.each([
    ["comment", checkMarkdown(report, { mentionOwners: true })],
    ["summary", githubSummary(report)],
  ])("survive in a %s, and are nothing but text", (_, text) => {
    const names = MALICIOUS.map(oneLine);
    expect(rowsOf(text).map((row) => row[0])).toEqual(names.map((name) => `${name} → stock`));
    expect(rowsOf(text).map((row) => row.at(-2))).toEqual(names);
    expect(rowsOf(text).map((row) => row[2])).toEqual(names.map((name, index) => `src/${name}.ts:${index + 1}`));
    const { prose, blocks } = parseMarkdown(text);
    expect(prose).not.toMatch(/[@#`]|script/);
    expect(parseMermaid(blocks.get("mermaid") ?? "").edges).toBe(MALICIOUS.length);
  });

  test("the marker stands alone at the top", () => {
    expect(checkMarkdown(report).split("\n")[0]).toBe("<!-- seamcut:check -->");
  });
});
