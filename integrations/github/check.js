/**
 * Runs `seamcut check` with annotations, the step's summary, SARIF, JSON and the text of the comment. Ends with 0 where
 * findings are, too: the last step of the action fails, after the comment. Outputs: see action.yml.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { annotate, setOutputs } from "./runner.js";

const { RUNNER_TEMP, SEAMCUT_ARGS = "", SEAMCUT_SINCE, SEAMCUT_VERSION } = process.env;

// A job may use the action several times.
const folder = mkdtempSync(path.join(RUNNER_TEMP, "seamcut-"));
const at = (name) => path.join(folder, name);
const files = { sarif: at("seamcut.sarif"), json: at("seamcut.json"), markdown: at("seamcut.md") };
const [command, ...before] = seamcut();
const run = spawnSync(
  command,
  [
    ...before,
    "check",
    ...(SEAMCUT_SINCE ? ["--since", SEAMCUT_SINCE] : []),
    ...["text", "github", ...Object.entries(files).map(([name, file]) => `${name}=${file}`)].flatMap((reporter) => [
      "--reporter",
      reporter,
    ]),
    ...words(SEAMCUT_ARGS),
  ],
  { stdio: "inherit" },
);
if (run.error) annotate("error", `${command} could not be run: ${run.error.message}`);
// What runs the check, npx say, may fail with a code that means findings; it writes no report then.
if (![0, 1].includes(run.status) || !existsSync(files.json)) {
  annotate("error", "The check could not be made; the log says why.");
  process.exitCode = 2;
} else {
  const report = JSON.parse(readFileSync(files.json, "utf8"));
  setOutputs({ "exit-code": run.status, findings: report.findings.length, new: report.new.length, ...files });
}

/** The version that was asked for, the one that is installed, or that of the action. */
function seamcut() {
  const installed = SEAMCUT_VERSION ? null : findInstalled();
  if (installed) return installed;
  const own = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const wanted = `seamcut@${SEAMCUT_VERSION || own.version}`;
  if (!SEAMCUT_VERSION) console.log(`seamcut: not installed here, so ${wanted} runs by npx`);
  return [...npx(), "--yes", "--", wanted];
}

function findInstalled() {
  for (let above = process.cwd(); ; above = path.dirname(above)) {
    const home = path.join(above, "node_modules/seamcut");
    if (existsSync(path.join(home, "package.json"))) {
      const { bin } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
      return [process.execPath, path.join(home, bin.seamcut)];
    }
    // Yarn without node_modules.
    if (existsSync(path.join(above, ".pnp.cjs"))) return ["yarn", "run", "seamcut"];
    if (above === path.dirname(above)) return null;
  }
}

/** On Windows npx is a script of the shell, to which no argument of others may go. */
function npx() {
  if (process.platform !== "win32") return ["npx"];
  return [process.execPath, path.join(path.dirname(process.execPath), "node_modules/npm/bin/npx-cli.js")];
}

function words(text) {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}
