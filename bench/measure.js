import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 50;

/**
 * Runs a command and says how long it took and how much memory its processes held at most (sum of each one's high-water
 * mark, MiB; null where /proc is missing).
 */
export function measure({ command, args, cwd, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: timeoutMs });
    const peaks = new Map();
    const sampler = setInterval(() => samplePeaks(child.pid, peaks), SAMPLE_MS);
    let errors = 0;
    let bytes = 0;
    const count = (chunk) => {
      bytes += chunk.length;
      errors += chunk.toString().split("error TS").length - 1;
    };
    child.stdout.on("data", count);
    child.stderr.on("data", count);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearInterval(sampler);
      const seconds = (performance.now() - started) / 1000;
      const peak = peaks.size === 0 ? null : [...peaks.values()].reduce((sum, kib) => sum + kib, 0) / 1024;
      resolve({ seconds, peak, code: signal ?? code, errors, bytes });
    });
  });
}

function samplePeaks(root, peaks) {
  const wanted = new Set([root]);
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const kib = readPeak(pid);
    if (kib !== null) peaks.set(pid, Math.max(kib, peaks.get(pid) ?? 0));
    for (const child of childrenOf(pid)) {
      if (wanted.has(child)) continue;
      wanted.add(child);
      queue.push(child);
    }
  }
}

function readPeak(pid) {
  const status = readProc(`/proc/${pid}/status`);
  const match = status === null ? null : /VmHWM:\s+(\d+) kB/.exec(status);
  return match ? Number(match[1]) : null;
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const children = readProc(`/proc/${pid}/task/${thread}/children`);
      return children ? children.trim().split(" ").filter(Boolean).map(Number) : [];
    });
  } catch {
    return []; // not Linux, or the process has just ended
  }
}

function readProc(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // not Linux, or the process has just ended
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
