import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { expect, vi } from "vitest";

const PROCESS = path.resolve(import.meta.dirname, "emitted-process.mjs");

/** A process of its own that runs the emitted runtime; see `emitted-process.mjs` for its roles. */
export class EmittedProcess {
  readonly child: ChildProcess;
  heard = "";

  constructor(folder: string, url: string, role: string, point = "") {
    this.child = spawn(process.execPath, [PROCESS, folder, url, role, point], { stdio: ["ignore", "pipe", "inherit"] });
    this.child.stdout?.on("data", (chunk) => {
      this.heard += chunk;
    });
  }

  async hears(word: string): Promise<void> {
    await vi.waitFor(() => expect(this.heard).toContain(word), { timeout: 30_000, interval: 10 });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
