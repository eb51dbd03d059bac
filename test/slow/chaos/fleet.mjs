import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PROCESS = path.resolve(import.meta.dirname, "process.mjs");

const PATIENCE_MS = 30_000;

/** The processes of the rig; one that ends is started anew, with the version that its slot is to run by then. */
export class Fleet {
  #children = new Map();
  #versions = new Map();
  #generation = 0;
  #ended = new Set();
  figures = { killed: 0, byItself: 0, unexpected: 0, hung: 0, failed: 0 };

  constructor(options) {
    this.options = options;
  }

  start(role, slot, version) {
    this.#versions.set(`${role} ${slot}`, version);
    this.#spawn(role, slot);
  }

  #spawn(role, slot) {
    const name = `${role} ${slot}`;
    const version = this.#versions.get(name);
    const seed = `${this.options.seed} ${name} ${this.#generation++}`;
    const argument = JSON.stringify({ ...this.options, role, slot, version, seed });
    const process_ = spawn(process.execPath, [PROCESS, argument], { stdio: ["pipe", "pipe", "pipe"] });
    const child = { name, role, slot, version, process: process_, ready: false, busy: false };
    let errors = "";
    process_.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    process_.stdout.on("data", (chunk) => {
      child.ready = true;
      this.figures.failed += String(chunk).split("failed").length - 1;
    });
    process_.on("exit", (code, signal) => {
      if (this.#ended.has(role)) return;
      if (signal === "SIGKILL") this.figures[child.busy ? "killed" : "byItself"]++;
      else if (!(child.busy && code === 0)) {
        this.figures.unexpected++;
        process.stderr.write(`${name} ended with ${code ?? signal}: ${errors.slice(-2000)}\n`);
      }
      this.#spawn(role, slot);
    });
    this.#children.set(name, child);
  }

  /** Processes that are at work and that nothing is being done to. */
  ready(role) {
    return [...this.#children.values()].filter(
      (child) => child.ready && !child.busy && (role === undefined || child.role === role),
    );
  }

  get size() {
    return this.#children.size;
  }

  kill(child) {
    child.busy = true;
    child.process.kill("SIGKILL");
  }

  /** Stands still for a while, long enough that the others give it up; then goes on as if nothing had been. */
  async freeze(child, milliseconds) {
    child.busy = true;
    child.process.kill("SIGSTOP");
    await sleep(milliseconds);
    child.process.kill("SIGCONT");
    child.busy = false;
  }

  /** An orderly stop; the next process of the slot runs `version`. */
  deploy(child, version) {
    this.#versions.set(child.name, version);
    child.busy = true;
    child.process.kill("SIGTERM");
    setTimeout(() => {
      if (this.#children.get(child.name) !== child) return;
      // It has finished what it had in hand long ago.
      this.figures.hung++;
      child.process.kill("SIGKILL");
    }, PATIENCE_MS).unref();
  }

  /** Ends all processes of a role; none of them is started anew. */
  async end(role) {
    this.#ended.add(role);
    const ending = [...this.#children.values()].filter((child) => child.role === role);
    await Promise.all(
      ending.map(async ({ name, process: process_ }) => {
        this.#children.delete(name);
        if (process_.exitCode !== null || process_.signalCode !== null) return;
        const ended = new Promise((resolve) => process_.once("exit", resolve));
        process_.kill("SIGKILL");
        await ended;
      }),
    );
  }
}
