/** Marks the end of a phase for whoever measures: `node bench/scan.js --phases`, or a profiler. */
export function endOf(phase: string): void {
  performance.mark(`seamcut:${phase}`);
}
