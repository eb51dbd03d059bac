import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { expect, vi } from "vitest";

const PROCESS = path.resolve(import.meta.dirname, "emitted-process.mjs");

/** A process of its own that runs the emitted runtime. */
export class EmittedProcess {
  readonly child: ChildProcess;
  heard = "";

  private constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.on("data", (chunk) => {
      this.heard += chunk;
    });
  }

  /** Runs a script with `environment` added to this process's own. */
  static of(args: readonly string[], environment: Record<string, string> = {}): EmittedProcess {
    const env = { ...process.env, ...environment };
    return new EmittedProcess(spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env }));
  }

  /** One of the roles of `emitted-process.mjs`. */
  static inRole(folder: string, url: string, role: string, point = ""): EmittedProcess {
    return EmittedProcess.of([PROCESS, folder, url, role, point]);
  }

  async hears(word: string): Promise<void> {
    await vi.waitFor(() => expect(this.heard).toContain(word), { timeout: 30_000, interval: 10 });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
