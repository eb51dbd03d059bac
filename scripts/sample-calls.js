/**
 * Draws calls of an analysis for reading by hand: `node scripts/sample-calls.js analysis.json --seed 7 --count 20
 * [--verdict event] [--source <repository>]`. Without `--verdict` the draw is proportional. The same seed draws the
 * same calls of the same analysis. `--source` prints the calling line under each of them.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "20" },
    verdict: { type: "string" },
    source: { type: "string" },
  },
});
const file = positionals[0];
if (file === undefined) {
  process.stderr.write("usage: node scripts/sample-calls.js <analysis.json> [--seed n] [--count n] [--verdict v]\n");
  process.exit(2);
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const analysis = JSON.parse(readFileSync(file, "utf8"));
const random = randomFrom(Number(values.seed));
const pool = analysis.calls
  .filter((call) => values.verdict === undefined || call.verdict === values.verdict)
  .map((call) => ({ call, rank: random() }))
  .sort((a, b) => a.rank - b.rank)
  .slice(0, Number(values.count))
  .map(({ call }) => call);

const place = (location) => `${location.file}:${location.start.line}`;
process.stdout.write(`seed ${values.seed}, ${pool.length} of ${analysis.calls.length} calls\n`);
pool.forEach((call, index) => {
  const { facts } = call;
  const flags = Object.entries(facts)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
  process.stdout.write(`\n${index + 1}. ${call.verdict} (${call.confidence})  ${call.id}\n`);
  process.stdout.write(`   ${place(call.location)} → ${call.callee.file}\n`);
  process.stdout.write(`   effect ${facts.effect}; ${flags.join(", ")}\n`);
  for (const [side, leaf] of Object.entries(facts.evidence)) {
    process.stdout.write(`   ${side}: ${leaf.what} at ${place(leaf.location)} through ${leaf.path.join(" > ")}\n`);
  }
  if (values.source !== undefined) {
    const lines = readFileSync(path.join(values.source, call.location.file), "utf8").split("\n");
    process.stdout.write(`   | ${(lines[call.location.start.line - 1] ?? "").trim()}\n`);
  }
});
