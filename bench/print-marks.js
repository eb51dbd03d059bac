// Loaded into a run of seamcut by bench/phases.js: gives the times at which its phases ended, in milliseconds since the
// process started, to whoever listens on file descriptor 3.
import { writeSync } from "node:fs";

const PREFIX = "seamcut:";

process.on("exit", () => {
  const marks = performance
    .getEntriesByType("mark")
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name, startTime }) => [name.slice(PREFIX.length), startTime]);
  writeSync(3, JSON.stringify([...marks, ["report", performance.now()]]));
});
