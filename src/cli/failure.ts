import { UserError } from "../model/index.ts";
import { VERSION } from "../pipeline/version.ts";
import { paintFor } from "./streams.ts";

/** Says what went wrong and what to do, on stderr; gives the exit code. */
export function reportFailure(error: unknown, args: readonly string[]): 2 {
  const paint = paintFor("stderr");
  const write = (line: string) => process.stderr.write(`${line}\n`);
  if (error instanceof UserError) {
    write(`${paint.bad("seamcut:")} ${error.message}  [${error.code}]`);
    if (error.hints.length > 0) write("");
    for (const hint of error.hints) write(`  ${hint}`);
    write(`  docs   docs/diagnostics/${error.code}.md`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  write(`${paint.bad("seamcut:")} internal error: ${message}`);
  write("");
  write("  This is a defect. Please report it with the lines below.");
  write(`  seamcut ${VERSION}, node ${process.version}, ${process.platform} · seamcut ${args.join(" ")}`);
  if (error instanceof Error && error.stack) write(error.stack.split("\n").slice(1).join("\n"));
  return 2;
}
