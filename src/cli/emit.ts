import path from "node:path";
import type { ReporterTarget } from "./options.ts";
import { visible } from "./streams.ts";

/** Sends each report where it was asked to go. */
export async function emitReports(
  targets: readonly ReporterTarget[],
  cwd: string,
  render: (name: string, target: ReporterTarget) => string | Promise<string>,
): Promise<void> {
  for (const target of targets) {
    const text = await render(target.name, target);
    if (target.file === undefined) process.stdout.write(visible(text));
    else {
      const { writeFileAtomic } = await import("../apply/write.ts");
      await writeFileAtomic(path.resolve(cwd, target.file), text);
    }
  }
}
