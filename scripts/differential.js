// Compares the linker with the TypeScript checker on any repository:
//   node scripts/differential.js --cwd <repo> [--tsconfig <file>] [--modules <glob>]… [--every-file] [--residue]
// Needs `npm run build` first. `--every-file` takes each file as a module of its own, to ask about more calls;
// `--residue` compares what a scan has after the checker was asked about the residue.
import path from "node:path";
import { parseArgs } from "node:util";
import { createJiti } from "jiti";
import { loadConfig } from "../dist/config/load-config.js";
import { listSourceFiles } from "../dist/config/source-files.js";
import { link } from "../dist/link/link.js";
import { findModules } from "../dist/modules/find-modules.js";
import { readFiles } from "../dist/pipeline/read-files.js";
import { settleResidue } from "../dist/pipeline/settle-residue.js";

const { values } = parseArgs({
  options: {
    cwd: { type: "string", default: "." },
    tsconfig: { type: "string" },
    modules: { type: "string", multiple: true, default: [] },
    "every-file": { type: "boolean", default: false },
    residue: { type: "boolean", default: false },
  },
});
const jiti = createJiti(import.meta.url);
const { checkedCalls } = await jiti.import("../test/support/checker-oracle.ts");
const { compareWithChecker, differenceLines } = await jiti.import("../test/support/differential.ts");

const config = await loadConfig({ cwd: path.resolve(values.cwd), tsconfig: values.tsconfig, modules: values.modules });
const source = await listSourceFiles(config);
const read = await readFiles(config, source);
const linked = link(read.facts, read.resolve);
const moduleOf = values["every-file"] ? (file) => file : findModules(read.facts, config, () => []).moduleOf;
const settled = values.residue ? await settleResidue(config, read, linked, moduleOf) : { graph: linked };
const files = read.facts.map((file) => file.path);
const started = performance.now();
const checked = checkedCalls({ root: config.root, tsconfig: config.tsconfig, files });
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const result = compareWithChecker(settled.graph, checked, moduleOf);
const invented = result.onlyLinker.filter((call) => !call.isAny).length;

for (const line of differenceLines(result)) console.log(line);
console.log(
  `${files.length} files: ${values.residue ? "linker and residue pass find" : "the linker finds"} ${result.both} of the checker's ${result.checker} cross-module calls, ` +
    `and ${result.onlyLinker.length} that it does not have (${result.onlyLinker.length - invented} of them are \`any\` to it); residue ${result.residue}; checker ${seconds} s`,
);
process.exitCode = invented > 0 || result.both < 0.99 * result.checker ? 1 : 0;
