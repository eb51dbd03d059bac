import { execFileSync } from "node:child_process";
import path from "node:path";

/** The command line runs from `dist`, as it does for its users: built once for all tests. */
export default function setup(): void {
  const root = path.resolve(import.meta.dirname, "../..");
  execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
}
