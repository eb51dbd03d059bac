/** What the steps of the action share: the runner's event, outputs and annotations. Nothing is installed beside them. */
import { appendFileSync, readFileSync } from "node:fs";
import process from "node:process";

/** The payload of what started the workflow. */
export function readEvent() {
  const file = process.env.GITHUB_EVENT_PATH;
  return file ? JSON.parse(readFileSync(file, "utf8")) : {};
}

export function setOutputs(outputs) {
  const lines = Object.entries(outputs).map(([name, value]) => {
    if (/[\r\n]/.test(String(value))) throw new Error(`the output ${name} has a line break`);
    return `${name}=${value}\n`;
  });
  appendFileSync(process.env.GITHUB_OUTPUT, lines.join(""));
}

/** @param {"notice" | "warning" | "error"} level */
export function annotate(level, text) {
  const escaped = text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  console.log(`::${level} title=seamcut::${escaped}`);
}
