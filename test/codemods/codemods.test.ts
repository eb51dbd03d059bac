import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { diffLines } from "diff";
import { Project } from "ts-morph";
import { describe, expect, it } from "vitest";
import { type CaseOptions, CODEMODS } from "../support/codemods.ts";

const CASES = path.resolve(import.meta.dirname, "cases");
const foldersOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => entry.name)
    .sort();

interface Case {
  readonly input: string;
  /** Null where the codemod refuses. */
  readonly output: string | null;
  readonly options: CaseOptions;
}

/** A codemod that refuses has no output; any other must have one. */
function readCase(folder: string): Case {
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const options = JSON.parse(read("options.json")) as CaseOptions;
  const output = path.join(folder, "output.ts");
  if ((options.result !== undefined) === existsSync(output))
    throw new Error(`${folder}: ${options.result ? "output.ts is not used" : "output.ts is missing"}`);
  return { input: read("input.ts"), output: options.result === undefined ? read("output.ts") : null, options };
}

const crlf = (text: string) => text.replaceAll("\n", "\r\n");
const lf = (text: string) => text.replaceAll("\r\n", "\n");

/** Every second line ends in CR LF, as after a careless merge. */
function mixed(text: string): string {
  let count = 0;
  return text.replaceAll("\n", () => (count++ % 2 === 0 ? "\r\n" : "\n"));
}

/** Lines of the input that stand in the output as well, byte for byte; fails where one of them changed its ending. */
function expectUntouched(input: string, output: string): void {
  const before = input.split(/(?<=\n)/);
  const after = output.split(/(?<=\n)/);
  let [left, right] = [0, 0];
  for (const part of diffLines(lf(input), lf(output))) {
    for (let line = 0; line < part.count; line++) {
      if (!part.added && !part.removed) expect(after[right + line]).toBe(before[left + line]);
    }
    if (!part.added) left += part.count;
    if (!part.removed) right += part.count;
  }
}

function syntaxErrors(text: string): string[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: { noLib: true, target: 99, module: 99 },
  });
  const file = project.createSourceFile("output.ts", text);
  return project
    .getProgram()
    .getSyntacticDiagnostics(file)
    .map((each) => String(each.getMessageText()));
}

it("has cases for each codemod, and no others", () => {
  expect(foldersOf(CASES)).toEqual(Object.keys(CODEMODS).sort());
});

describe.each(Object.entries(CODEMODS))("%s", (name, codemod) => {
  const folder = path.join(CASES, name);
  it.each(foldersOf(folder))("%s", (each) => {
    const { input, output, options } = readCase(path.join(folder, each));
    const run = (text: string) => codemod.run(text, options);
    expect(
      foldersOf(path.join(folder, each)).filter((file) => !/^(input\.ts|output\.ts|options\.json)$/.test(file)),
    ).toEqual([]);
    expect(run(input)).toBe(output);
    if (output === null) return;

    expect(syntaxErrors(output)).toEqual([]);
    expect(codemod.problems?.(input, output, options) ?? []).toEqual([]);
    if (codemod.runsTwice) expect(run(output)).toBe(output);
    expect(run(crlf(input))).toBe(crlf(output));
    expect(run(`\uFEFF${input}`)).toBe(`\uFEFF${output}`);
    expect(run(input.replace(/\n$/, ""))).toBe(output.replace(/\n$/, ""));

    const blended = mixed(input);
    const after = run(blended) ?? "";
    expect(lf(after)).toBe(output);
    expectUntouched(blended, after);
  });
});
