import { createInterface } from "node:readline/promises";
import { UserError } from "../model/index.ts";

/** Asks on a terminal; without one, the answer has to be given as `--yes`. */
export async function confirm(what: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY || process.env.CI) {
    throw new UserError("SC2013", `${what}: nobody is here to confirm it`, ["confirm it with   --yes"]);
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${what}: go on? [y/N] `)).trim());
  } finally {
    prompt.close();
  }
}
