import { spawn } from "node:child_process";
import { median } from "./measure.js";

const FINDING = ["list", "extract", "link"];
const TELLING = ["summarize", "classify"];

/** Runs seamcut several times, each from a cold start, and says how long each phase took. */
export async function measurePhases({ command, args, cwd, runs }) {
  const measured = [];
  for (let run = 0; run < runs; run++) measured.push(durations(await runOnce({ command, args, cwd })));
  return measured;
}

function runOnce({ command, args, cwd }) {
  return new Promise((resolve, reject) => {
    const hook = new URL("./print-marks.js", import.meta.url).href;
    const child = spawn(command, ["--import", hook, ...args], { cwd, stdio: ["ignore", "ignore", "inherit", "pipe"] });
    let printed = "";
    child.stdio[3].on("data", (chunk) => {
      printed += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      // `check` ends with 1 when it finds something.
      if (code === 0 || code === 1) resolve(JSON.parse(printed));
      else reject(new Error(`seamcut ended with ${code}`));
    });
  });
}

function durations(ends) {
  let before = 0;
  return new Map(
    ends.map(([name, at]) => {
      const took = at - before;
      before = at;
      return [name, took];
    }),
  );
}

export function reportPhases(measured) {
  const sumOf = (phases) => (run) => phases.reduce((sum, name) => sum + (run.get(name) ?? 0), 0);
  const line = (name, values) => {
    const [middle, low, high] = [median(values), Math.min(...values), Math.max(...values)];
    console.log(
      `${name.padEnd(28)}${Math.round(middle).toString().padStart(8)} ms   ${Math.round(low)} – ${Math.round(high)}`,
    );
  };
  const names = [...(measured[0]?.keys() ?? [])];
  for (const name of names) line(name, measured.map(sumOf([name])));
  line("in all", measured.map(sumOf(names)));
  const ratios = measured.map((run) => sumOf(TELLING)(run) / sumOf(FINDING)(run));
  console.log(
    `${TELLING.join(" + ")} is ${median(ratios).toFixed(2)} × ${FINDING.join(" + ")} ` +
      `(${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)} in ${ratios.length} runs)`,
  );
}
