import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { EFFECTS } from "../../src/adapters/all-effects.ts";
import type { LibraryEffects } from "../../src/adapters/contract.ts";
import { matches } from "../../src/adapters/effects.ts";
import { readAdapterFixture } from "../support/adapter-fixture.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const files = globSync("src/adapters/{library,orm,broker,database}/*-effects.ts", { cwd: ROOT }).sort();
const loaded = await Promise.all(
  files.map(async (file) => {
    const exported = Object.values((await import(path.join(ROOT, file))) as Record<string, LibraryEffects>);
    return { file, exported };
  }),
);
const adapters = loaded.flatMap(({ exported }) => exported);

describe("all adapters", () => {
  test("are one a file, and in the list that scans use", () => {
    expect(loaded.filter(({ exported }) => exported.length !== 1).map(({ file }) => file)).toEqual([]);
    expect(new Set(adapters)).toEqual(new Set(EFFECTS));
    expect(EFFECTS.length).toBe(adapters.length);
  });

  test("have names of their own", () => {
    const names = adapters.map(({ name }) => name);
    expect([...new Set(names)].sort()).toEqual(names.toSorted());
  });

  test("know different packages: two that answer for one would depend on their order", () => {
    const overlaps = adapters.flatMap((one) =>
      adapters.flatMap((other) => {
        if (one === other) return [];
        const shared = one.packages.filter((name) =>
          other.packages.some((pattern) => matches(pattern, name.replace("*", "x"))),
        );
        return shared.map((name) => `${one.name}, ${other.name}: ${name}`);
      }),
    );
    expect(overlaps).toEqual([]);
  });

  test("are in the index of the docs, and nothing else is", () => {
    const index = readFileSync(path.join(ROOT, "docs/adapters/README.md"), "utf8");
    const linked = [...index.matchAll(/\]\(([\w-]+)\.md\)/g)].map((match) => match[1]);
    expect(linked.toSorted()).toEqual(adapters.map(({ name }) => name).sort());
    expect(globSync("docs/adapters/*.md", { cwd: ROOT }).length).toBe(adapters.length + 1);
  });
});

describe.each(adapters.map((adapter) => [adapter.name, adapter] as const))("%s", (name, adapter) => {
  const folder = path.join(ROOT, "test/fixtures/adapters", name);

  test("has a page that names its packages, what is not known, and an example", () => {
    const text = readFileSync(path.join(ROOT, `docs/adapters/${name}.md`), "utf8");
    expect(text).toMatch(/^# .+\n/);
    const missing = [...adapter.packages, ...(adapter.globals ?? [])].filter((known) => !text.includes(`\`${known}\``));
    expect(missing).toEqual([]);
    expect(text).toContain("\n## What is not known\n");
    expect(text).toMatch(/\n```ts\n.+\n```\n/s);
  });

  test("has a fixture that uses one of its packages", () => {
    expect(existsSync(folder)).toBe(true);
    const { imports, annotated } = readAdapterFixture(folder);
    const isKnown = (specifier: string) => adapter.packages.some((pattern) => matches(pattern, specifier));
    expect(imports.some(isKnown)).toBe(true);
    expect(annotated.length).toBeGreaterThan(1);
  });

  test("says of every call in it what the comments say, and of no other anything", () => {
    const { annotated, found } = readAdapterFixture(folder);
    expect(found).toEqual(annotated);
  });

  test("is what functions are summarized by", () => {
    const { annotated, summarized } = readAdapterFixture(folder);
    const labels = (verbs: RegExp) => {
      const words = annotated.flatMap((line) => line.slice(line.lastIndexOf(": ") + 2).split(", "));
      const matching = words.filter((word) => verbs.test(word)).map((word) => word.split(" ")[1] ?? "");
      return [...new Set(matching)].sort();
    };
    expect(summarized).toEqual({ writes: labels(/^(write|publish)\b/), reads: labels(/^read\b/) });
  });
});
