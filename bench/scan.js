// Times a cold `seamcut scan` beside tsc --noEmit (TypeScript 6 and 7) and dependency-cruiser on one repository:
//   node bench/scan.js --cwd <repo> [--tsconfig <file>] [--modules <glob>]… [--source <folder>]…
//                      [--runs 5] [--seconds 300] [--phases]
// Needs `npm run build` first; the other tools are this package's own development dependencies. They alternate within
// each run, so that a busy machine hurts all of them. With --phases seamcut runs alone, and the time goes to its phases.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { measure, median } from "./measure.js";
import { measurePhases, reportPhases } from "./phases.js";

const { values } = parseArgs({
  options: {
    cwd: { type: "string", default: "." },
    tsconfig: { type: "string", default: "tsconfig.json" },
    modules: { type: "string", multiple: true, default: [] },
    source: { type: "string", multiple: true, default: ["src"] },
    runs: { type: "string", default: "5" },
    seconds: { type: "string", default: "300" },
    phases: { type: "boolean", default: false },
  },
});
const cwd = path.resolve(values.cwd);
const root = path.resolve(import.meta.dirname, "..");
if (values.phases) {
  const args = [...seamcut(), "--no-checker"];
  reportPhases(await measurePhases({ command: node(), args, cwd, runs: Number(values.runs) }));
  process.exit();
}

const contenders = [
  { name: "seamcut scan --no-checker", command: node(), args: [...seamcut(), "--no-checker"] },
  { name: "tsc 7 --noEmit", command: node(), args: tsc("typescript-7") },
  { name: "tsc 6 --noEmit", command: node(), args: tsc("typescript") },
  { name: "dependency-cruiser", command: node(), args: cruiser() },
  { name: "seamcut scan (with checker)", command: node(), args: seamcut() },
];

const deadline = performance.now() + Number(values.seconds) * 1000;
const results = new Map(contenders.map(({ name }) => [name, []]));
for (let run = 0; run < Number(values.runs) && performance.now() < deadline; run++) {
  for (const { name, command, args } of contenders) {
    const left = deadline - performance.now();
    if (left <= 0) break;
    const measured = await measure({ command, args, cwd, timeoutMs: Math.ceil(Math.min(left, 120_000)) });
    // What the time limit has cut off says nothing about the tool.
    if (typeof measured.code === "number") results.get(name).push(measured);
  }
}
report(results);

function node() {
  return process.execPath;
}

function seamcut() {
  const modules = values.modules.flatMap((glob) => ["--modules", glob]);
  return [
    path.join(root, "bin/seamcut.js"),
    "scan",
    "--no-cache",
    "--no-config",
    "--tsconfig",
    values.tsconfig,
    ...modules,
    "--reporter",
    "json",
  ];
}

function tsc(name) {
  return [path.join(root, "node_modules", name, "bin/tsc"), "--noEmit", "-p", values.tsconfig];
}

function cruiser() {
  const bin = path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const options = ["--no-config", "--ts-config", path.resolve(cwd, values.tsconfig), "--ts-pre-compilation-deps"];
  return [bin, ...options, "--do-not-follow", "node_modules", "--output-type", "err", ...values.source];
}

function report(measured) {
  const complete = [...measured].filter(([, runs]) => runs.length > 0);
  const secondsOf = (name) => median((measured.get(name) ?? []).map((run) => run.seconds));
  const base = secondsOf("tsc 7 --noEmit");
  const hasDependencies = existsSync(path.join(cwd, "node_modules"));
  console.log(
    `${path.basename(cwd)}, ${hasDependencies ? "with" : "without"} dependencies; Node ${process.versions.node}`,
  );
  console.log(row(["", "median s", "from – to", "peak MiB", "× tsc 7", "exit", "TS errors", "runs"]));
  for (const [name, runs] of complete) {
    const seconds = runs.map((run) => run.seconds);
    const last = runs[runs.length - 1];
    console.log(
      row([
        name,
        median(seconds).toFixed(2),
        `${Math.min(...seconds).toFixed(2)} – ${Math.max(...seconds).toFixed(2)}`,
        last.peak === null ? "-" : Math.round(median(runs.map((run) => run.peak))),
        (median(seconds) / base).toFixed(2),
        last.code,
        last.errors,
        runs.length,
      ]),
    );
  }
}

function row(cells) {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(28) : String(cell).padStart(15))).join("");
}
