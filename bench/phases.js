import { spawn } from "node:child_process";
import { median } from "./measure.js";

const FINDING = ["list", "extract", "link"];
const TELLING = ["summarize", "classify"];

/** Runs seamcut several times, each from a cold start, and gives the time of each phase: by the clock, on a processor. */
export async function measurePhases({ command, args, cwd, runs }) {
  const measured = [];
  for (let run = 0; run < runs; run++) measured.push(await runOnce({ command, args, cwd }));
  return measured.map((ends) => ({
    names: ends.map(([name]) => name),
    clock: durations(ends.map(([, clock]) => clock)),
    processor: durations(ends.map(([, , processor]) => processor)),
  }));
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
  return ends.map((end, index) => end - (ends[index - 1] ?? 0));
}

export function reportPhases(measured) {
  const [{ names }] = measured;
  console.log(row(["", "ms by the clock", "from – to", "ms on processor", "from – to"]));
  for (const name of names) console.log(row([name, ...columns(measured, [name])]));
  console.log(row(["in all", ...columns(measured, names)]));
  for (const side of ["clock", "processor"]) {
    const ratios = measured.map((run) => sumOf(run, side, TELLING) / sumOf(run, side, FINDING));
    const range = `${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)}`;
    const what = `${TELLING.join(" + ")} = ${median(ratios).toFixed(2)} × ${FINDING.join(" + ")}`;
    console.log(`${what}, by the ${side} (${range} in ${ratios.length} runs)`);
  }
}

function columns(measured, phases) {
  return ["clock", "processor"].flatMap((side) => {
    const sums = measured.map((run) => sumOf(run, side, phases));
    return [Math.round(median(sums)), `${Math.round(Math.min(...sums))} – ${Math.round(Math.max(...sums))}`];
  });
}

function sumOf(run, side, phases) {
  return phases.reduce((sum, name) => sum + run[side][run.names.indexOf(name)], 0);
}

function row(cells) {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(18))).join("");
}
