import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createJiti } from "jiti";
import { breakRuntime } from "./variants.mjs";

const jiti = createJiti(import.meta.url, { tsconfigPaths: false });
const { buildEmitted } = await jiti.import("../../support/emitted.ts");

/** The runtime as JavaScript in a folder of its own, whole or with a safeguard taken out. */
export async function buildRuntime(stack, broken) {
  const folder = mkdtempSync(path.join(tmpdir(), "seamcut-chaos-"));
  buildEmitted(folder, stack);
  if (broken !== undefined) breakRuntime(folder, broken);
  const load = (name) => import(path.join(folder, "seamcut", `${name}.js`));
  const { SeamcutFoundation0000000000000 } = await load("foundation.migration");
  class SeamcutFoundation1700000000000 extends SeamcutFoundation0000000000000 {
    name = "SeamcutFoundation1700000000000";
  }
  return {
    folder,
    load,
    migrations: [SeamcutFoundation1700000000000],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The entry of that name; ends the process with what is known otherwise. */
export function oneOf(known, name, option) {
  const entry = known[name];
  if (entry) return entry;
  process.stderr.write(`${option} is one of ${Object.keys(known).join(", ")}\n`);
  process.exit(2);
}
