import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

export const REPOSITORY = path.resolve(import.meta.dirname, "../..");

export interface ActionStep {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly run?: string;
  readonly "working-directory"?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export function readAction(): Action {
  return parse(readFileSync(path.join(REPOSITORY, "action.yml"), "utf8")) as Action;
}

export interface ActionRun {
  /** 0 where every step succeeded. */
  readonly code: number;
  /** What the steps printed, in the order in which they ran. */
  readonly log: string;
  /** By the name of a step: success, failure or skipped. */
  readonly steps: Readonly<Record<string, string>>;
  /** What `uses` steps would have got. */
  readonly uses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface ActionJob {
  /** The checkout. */
  readonly workspace: string;
  /** A folder for what the runner keeps beside the checkout. */
  readonly temp: string;
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
}

type Contexts = Readonly<Record<string, string>>;

/** Runs the action as the runner of GitHub Actions does: every `run` in a shell of its own, `uses` only written down. */
export async function runAction(job: ActionJob): Promise<ActionRun> {
  const action = readAction();
  const file = (name: string) => path.join(job.temp, name);
  mkdirSync(job.temp, { recursive: true });
  writeFileSync(file("event.json"), JSON.stringify(job.event.payload));
  for (const name of ["output", "summary"]) writeFileSync(file(name), "");
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_PATH: REPOSITORY,
    GITHUB_EVENT_NAME: job.event.name,
    GITHUB_EVENT_PATH: file("event.json"),
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary"),
    GITHUB_WORKSPACE: job.workspace,
    RUNNER_TEMP: job.temp,
    ...job.env,
  };
  const contexts: Record<string, string> = {
    "github.sha": env.GITHUB_SHA ?? "",
    "github.token": "",
    "runner.os": "Linux",
  };
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    contexts[`inputs.${name}`] = job.with?.[name] ?? evaluate(value, contexts);
  }
  const [steps, uses, log]: [Record<string, string>, Record<string, Readonly<Record<string, string>>>, string[]] = [
    {},
    {},
    [],
  ];
  let code = 0;
  for (const step of action.runs.steps) {
    if (code !== 0 || !holds(step.if, contexts)) steps[step.name] = "skipped";
    else if (step.uses) {
      uses[step.uses] = mapped(step.with ?? {}, contexts);
      steps[step.name] = "success";
    } else {
      writeFileSync(file("output"), "");
      const run = await runStep(step, { ...env, ...mapped(step.env ?? {}, contexts) }, { ...job, contexts });
      log.push(run.log);
      code = run.code;
      steps[step.name] = code === 0 ? "success" : "failure";
      for (const [name, value] of readOutputs(file("output"))) contexts[`steps.${step.id}.outputs.${name}`] = value;
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value, contexts)]),
  );
  return { code, log: log.join(""), steps, uses, outputs, summary: readFileSync(file("summary"), "utf8") };
}

function runStep(
  step: ActionStep,
  env: NodeJS.ProcessEnv,
  { workspace, temp, contexts }: { workspace: string; temp: string; contexts: Contexts },
): Promise<{ code: number; log: string }> {
  const script = path.join(temp, "step.sh");
  writeFileSync(script, step.run ?? "");
  const cwd = path.resolve(workspace, evaluate(step["working-directory"] ?? ".", contexts));
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd, env });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, log }));
  });
}

function readOutputs(file: string): (readonly [string, string])[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
}

function mapped(values: Readonly<Record<string, string>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluate(value, contexts)]));
}

/** Replaces `${{ name }}`; the action uses no other expression. */
function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => lookUp(name, contexts));
}

/** An output of a step that has none is empty; any other name must be there. */
function lookUp(name: string, contexts: Contexts): string {
  const value = contexts[name] ?? (/^steps\.\w+\.outputs\.[\w-]+$/.test(name) ? "" : undefined);
  if (value === undefined) throw new Error(`no context is called ${name}`);
  return value;
}

/** Conditions of the form `a == 'x' && b != 'y'`. */
function holds(condition: string | undefined, contexts: Contexts): boolean {
  return (condition?.split(" && ") ?? []).every((part) => {
    const [, name, operator, value] = /^(\S+) ([!=]=) '(\w*)'$/.exec(part) ?? [];
    if (name === undefined) throw new Error(`not understood: ${part}`);
    return (lookUp(name, contexts) === value) === (operator === "==");
  });
}
