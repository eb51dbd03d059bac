import path from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckReport, UserError } from "../model/index.ts";

/**
 * Runs a reporter of the user's: a module whose default export makes a text of a report.
 *
 * @param name path as it was typed, relative to `root`
 */
export async function runOwnReporter(name: string, root: string, report: CheckReport): Promise<string> {
  const make = await attempt(name, "cannot be loaded", async () => {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path.resolve(root, name)).href);
    return module.default;
  });
  if (typeof make !== "function") throw failed(name, "has no function as its default export");
  const text: unknown = await attempt(name, "has thrown", async () => make(report));
  if (typeof text !== "string") throw failed(name, `gave no string but ${text === null ? "null" : typeof text}`);
  return text;
}

async function attempt<Value>(name: string, what: string, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw failed(name, `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failed(name: string, what: string): UserError {
  return new UserError("SC2019", `the reporter ${name} ${what}`, [
    "it is a module such as   export default (report) => JSON.stringify(report.findings);",
  ]);
}
