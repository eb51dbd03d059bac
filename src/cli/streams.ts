import { Chalk, supportsColor, supportsColorStderr } from "chalk";
import { type Paint, PLAIN } from "../report/paint.ts";

/** A reader that goes away (`seamcut scan | head`) ends the run quietly. */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(process.exitCode ?? 0);
    });
  }
}

/** Colours of a stream; NO_COLOR and FORCE_COLOR are honoured by chalk. */
export function paintFor(stream: "stdout" | "stderr"): Paint {
  const support = stream === "stdout" ? supportsColor : supportsColorStderr;
  const chalk = new Chalk({ level: support ? support.level : 0 });
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    mark: (text) => chalk.yellow(text),
  };
}

/** Colours for a report: none in a file, whatever the terminal can show. */
export function paintForReport({ file }: { readonly file?: string }): Paint {
  return file === undefined ? paintFor("stdout") : PLAIN;
}

/** A progress line on stderr, for people only; gives the function that takes it away. */
export function showProgress(): { readonly onProgress?: (done: number, total: number) => void; clear(): void } {
  if (!process.stderr.isTTY || process.env.CI) return { clear: () => undefined };
  let shown = 0;
  return {
    onProgress(done, total) {
      if (Date.now() - shown < 80) return;
      shown = Date.now();
      process.stderr.write(`\r\u001b[Kreading ${done} of ${total} files`);
    },
    clear: () => {
      if (shown > 0) process.stderr.write("\r\u001b[K");
    },
  };
}

/** Colours are for the terminal; every other control character came from a file name or a literal, and is shown. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\u001b\[[\d;]*m|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/g, (found) =>
    found.length > 1 ? found : `\\x${found.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
