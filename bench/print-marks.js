// Loaded into a run of seamcut by bench/phases.js: gives the times at which its phases ended to whoever listens on file
// descriptor 3, as [phase, milliseconds since the process started, milliseconds that its main thread was on a processor].
import { readFileSync, writeSync } from "node:fs";

const PREFIX = "seamcut:";
const ends = [];
const mark = performance.mark.bind(performance);

performance.mark = (name, options) => {
  if (name.startsWith(PREFIX)) ends.push([name.slice(PREFIX.length), performance.now(), onProcessor()]);
  return mark(name, options);
};

process.on("exit", () => {
  writeSync(3, JSON.stringify([...ends, ["report", performance.now(), onProcessor()]]));
});

/** Hardly depends on what else the machine does; null where there is no /proc. */
function onProcessor() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return null; // not Linux
  }
}
