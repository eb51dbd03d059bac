// Scores a scan against hand-labelled calls:
//   npm run eval -- <checkout>… [--labels <folder>] [--list] [--record]
// Each checkout is matched with a label set of test/labels by the name in its package.json. `--labels` names one more
// folder with label files, `--list` prints every wrong, missed and surplus call, `--record` adds a line per repository
// to docs/accuracy.md. Needs `npm run build` first. Exit status 1 where a guard is called an event.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { loadConfig } from "../dist/config/load-config.js";
import { analyze } from "../dist/pipeline/analyze.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    labels: { type: "string", multiple: true, default: [] },
    list: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});
if (positionals.length === 0) {
  console.error("usage: npm run eval -- <checkout>… [--labels <folder>] [--list] [--record]");
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, "..");
const { scoreLabels, scoreRow, scoreText } = await createJiti(import.meta.url).import("../test/support/score.ts");
const folders = [path.join(root, "test/labels"), ...values.labels.map((folder) => path.resolve(folder))];
const sets = readdirSync(folders[0])
  .filter((file) => file.endsWith(".json"))
  .map((file) => readJson(path.join(folders[0], file)));

for (const checkout of positionals.map((folder) => path.resolve(folder))) {
  const { name } = readJson(path.join(checkout, "package.json"));
  const set = sets.find((candidate) => candidate.package === name);
  if (!set)
    throw new Error(`no label set for the package ${name}; known: ${sets.map((one) => one.package).join(", ")}`);
  const complete = set.complete.flatMap(readLabels);
  const labels = [...complete, ...set.sample.flatMap(readLabels)];
  const cwd = path.join(checkout, set.scan.cwd ?? ".");
  const config = await loadConfig({ ...set.scan, cwd });
  const result = await analyze(config);
  const prefix = set.prefix ?? "";
  const placed = result.calls.map((call) => ({
    ...call,
    location: { ...call.location, file: prefix + call.location.file },
  }));
  const score = scoreLabels({ calls: placed }, labels, new Set(complete.map((label) => label.file)));
  console.log(`${set.repository} ${set.commit.slice(0, 10)}, labels of ${set.labelled}`);
  console.log(scoreText(score));
  if (values.list) listMistakes(score);
  console.log("");
  if (values.record) record(set, score);
  if (score.guardsCalledEvent > 0) process.exitCode = 1;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function readLabels(file) {
  const found = folders.map((folder) => path.join(folder, file)).find((candidate) => existsSync(candidate));
  if (!found) throw new Error(`${file} is in none of the label folders; name its folder with --labels`);
  const lines = readFileSync(found, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
}

function listMistakes({ missed, surplus, wrong, misread }) {
  for (const { file, line, callee, verdict } of missed) console.log(`missed   ${file}:${line} ${callee} [${verdict}]`);
  for (const { location, callee } of surplus)
    console.log(`surplus  ${location.file}:${location.start.line} ${callee.symbol}`);
  for (const { label, call } of wrong) {
    const { file, line, callee, verdict, note } = label;
    console.log(
      `wrong    ${file}:${line} ${callee} labelled ${verdict}, found ${call.verdict} ${call.confidence} (${note})`,
    );
  }
  for (const { label, call } of misread) {
    const said = ({ effect, resultUsed }) => `${effect}, ${resultUsed ? "used" : "unused"}`;
    console.log(
      `misread  ${label.file}:${label.line} ${label.callee} labelled ${said(label)}, found ${said(call.facts)} (${label.note})`,
    );
  }
}

function record(set, score) {
  const commit = execFileSync("git", ["rev-parse", "--short=8", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  const day = new Date().toISOString().slice(0, 10);
  appendFileSync(path.join(root, "docs/accuracy.md"), `${scoreRow(set.repository, day, commit, score)}\n`);
}
