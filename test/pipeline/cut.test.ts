import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UserError } from "../../src/model/index.ts";
import { startCli } from "../support/cli.ts";
import { applyPatches, commitAll, cutDesk, DESK, deskRepository, gitIn, linkLibraries } from "../support/desk.ts";
import { SMALL_SHOP, writeIn, writeTree } from "../support/tree.ts";

// A cut takes some seconds, more beside other work.
vi.setConfig({ testTimeout: 240_000 });

const ALL = ["foundation", "contract", "consume", "dual", "cutover", "cleanup"];

/** Temporary folders of a run stand in one of the test's own: what is left over shows. */
let temporary: string;
const outside = process.env.TMPDIR;

beforeEach(() => {
  temporary = mkdtempSync(path.join(tmpdir(), "seamcut-cut-test-"));
  process.env.TMPDIR = temporary;
});

afterEach(() => {
  if (outside === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = outside;
  rmSync(temporary, { recursive: true, force: true });
});

/** Nothing of a run is left: no worktree, no temporary folder, no change in the checkout. */
function expectNoTrace(root: string): void {
  expect(gitIn(root, "worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(readdirSync(temporary).filter((name) => !name.startsWith("seamcut-test-"))).toEqual([]);
  expect(gitIn(root, "status", "--porcelain")).toBe("");
}

async function failureOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => new Error("it went through"),
    (thrown: UserError) => thrown,
  );
  return "code" in error ? `${error.code} ${error.message}` : String(error);
}

describe("what a cut asks for before it starts", () => {
  it("a git repository", async () => {
    const root = writeTree(DESK);
    expect(await failureOf(cutDesk(root))).toMatch(/^SC2003 .* is in no git repository$/);
  });

  it("a commit", async () => {
    const root = writeTree(DESK);
    gitIn(root, "init", "--quiet");
    expect(await failureOf(cutDesk(root))).toBe("SC2003 the repository has no commit yet");
  });

  it("a clean tree", async () => {
    const root = deskRepository();
    writeIn(root, "src/tickets/note.ts", "export const note = 1;\n");
    expect(await failureOf(cutDesk(root))).toBe("SC2004 1 file differs from the last commit: src/tickets/note.ts");
    expect(await failureOf(cutDesk(root, { allowDirty: true, write: true }))).toMatch(/^SC2004/);
  });

  it("modules and calls that are there", async () => {
    const root = deskRepository();
    expect(await failureOf(cutDesk(root, { from: "ticket" }))).toBe("SC2002 there is no module ticket");
    expect(await failureOf(cutDesk(root, { calls: ["tickets:x->letters:y"] }))).toBe(
      "SC2009 tickets → letters has no call tickets:x->letters:y",
    );
    expect(await failureOf(cutDesk(root, { from: "letters", to: "tickets" }))).toBe(
      "SC2010 letters makes no direct call to tickets",
    );
  });

  it("a stack that it knows", async () => {
    const root = writeTree(SMALL_SHOP, { "package.json": '{ "dependencies": { "express": "^5.0.0" } }' });
    commitAll(root);
    expect(await failureOf(cutDesk(root, { from: "orders", to: "stock" }))).toMatch(/^SC2012 .* found Express/);
  });

  it("the types of the ORM: without them nobody can tell what writes", async () => {
    const root = writeTree(DESK);
    commitAll(root);
    expect(await failureOf(cutDesk(root))).toBe("SC2012 the types of typeorm are not installed");
  });

  it("calls that can go", async () => {
    const text = DESK["src/tickets/tickets.service.ts"]?.replace(
      "(ticketId, email);\n  }",
      "(ticketId, email).catch(() => {});\n  }",
    );
    const root = deskRepository({ "src/tickets/tickets.service.ts": text ?? "" });
    expect(await failureOf(cutDesk(root))).toBe("SC2010 no call from tickets to letters can be cut now");
    expectNoTrace(root);
  });
});

describe("a series of patches", () => {
  it("is made beside hooks and signatures of the user, and applies to the end", async () => {
    const root = deskRepository();
    gitIn(root, "config", "commit.gpgSign", "true");
    gitIn(root, "config", "gpg.program", "false");
    for (const hook of ["pre-commit", "commit-msg", "post-checkout", "pre-applypatch", "post-commit"]) {
      const file = path.join(root, ".git/hooks", hook);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\ntouch ${path.join(root, "hook-was-here")}\nexit 1\n`);
      chmodSync(file, 0o755);
    }
    const head = gitIn(root, "rev-parse", "HEAD");
    const made = await cutDesk(root);
    expect(made.patches.map(({ stage }) => stage)).toEqual(ALL);
    expect(made.patches.every(({ proof }) => proof.applies && proof.rescanned && proof.rerunEmpty)).toBe(true);
    expect(made.patches.every(({ proof }) => proof.typeErrors === null)).toBe(true);
    expect(existsSync(path.join(root, "hook-was-here"))).toBe(false);
    expect(gitIn(root, "rev-parse", "HEAD")).toBe(head);
    // `node_modules/` in .gitignore is about folders: the one in the temporary checkout is a link.
    expect(made.patches.filter(({ mail }) => mail.includes("node_modules"))).toEqual([]);
    expectNoTrace(root);

    rmSync(path.join(root, ".git/hooks"), { recursive: true });
    gitIn(root, "config", "commit.gpgSign", "false");
    applyPatches(root, root, made.written);
    const service = readFileSync(path.join(root, "src/tickets/tickets.service.ts"), "utf8");
    expect(service).not.toMatch(/letters|decide/i);
    expect(service).toContain("await emit(manager, ticketClosed({ ticketId, email }), EVENT);");
    expect(readFileSync(path.join(root, "src/tickets/tickets.module.ts"), "utf8")).not.toContain("LettersModule");
    expect(await failureOf(cutDesk(root))).toBe("SC2010 tickets makes no direct call to letters");
  });

  it("goes on where the code stands, and retires when the call is gone", async () => {
    const root = deskRepository();
    const made = await cutDesk(root);
    const upToDual = made.written.slice(0, ALL.indexOf("dual") + 1);
    const texts = new Map(made.patches.map(({ stage, mail }) => [stage, mail]));
    applyPatches(root, root, upToDual);
    expect(await failureOf(cutDesk(root, { stage: "retire" }))).toMatch(
      /^SC2010 src\/tickets\/tickets\.service\.ts still calls letters directly under a decision/,
    );

    const again = await cutDesk(root);
    expect(again.reached).toEqual(["foundation", "contract", "consume", "dual"]);
    expect(again.patches.map(({ stage }) => stage)).toEqual(["cutover", "cleanup"]);
    const changesOf = (mail = "") => mail.slice(mail.indexOf("\n---\n")).replace(/^index .*$/gm, "");
    for (const { stage, mail } of again.patches) expect(changesOf(mail)).toBe(changesOf(texts.get(stage)));

    applyPatches(root, root, again.written);
    const last = await cutDesk(root, { stage: "retire" });
    expect(last.patches.map(({ stage }) => stage)).toEqual(["retire"]);
    applyPatches(root, root, last.written);
    expect((await cutDesk(root, { stage: "retire" })).patches).toEqual([]);
    expectNoTrace(root);
  });

  it("keeps line endings and byte order marks of a repository from Windows", async () => {
    const windows = Object.fromEntries(
      Object.entries(DESK)
        .filter(([file]) => file.endsWith(".ts"))
        .map(([file, text]) => [
          file,
          `${file.includes("tickets.service") ? "\uFEFF" : ""}${text.replaceAll("\n", "\r\n")}`,
        ]),
    );
    const root = deskRepository(windows);
    const made = await cutDesk(root);
    applyPatches(root, root, made.written);
    for (const [file, before] of Object.entries(windows)) {
      const after = readFileSync(path.join(root, file), "utf8");
      expect(after.replaceAll("\r\n", "").includes("\n")).toBe(false);
      expect(after.startsWith("\uFEFF")).toBe(before.startsWith("\uFEFF"));
    }
  });

  it("is about a part of the checkout, whatever its folders are called", async () => {
    const inside = Object.fromEntries(Object.entries(DESK).map(([file, text]) => [`bücher/日本 desk/${file}`, text]));
    const top = writeTree(inside, { "README.md": "Two desks.\n" });
    const root = path.join(top, "bücher/日本 desk");
    linkLibraries(root);
    commitAll(top);
    const made = await cutDesk(root);
    expect(made.patches.map(({ stage }) => stage)).toEqual(ALL);
    applyPatches(top, root, made.written);
    expect(readFileSync(path.join(root, "src/tickets/tickets.service.ts"), "utf8")).toContain("EVENT");
    expectNoTrace(top);
  });

  it("squeezes the last three stages into one where asked", async () => {
    const root = deskRepository();
    const made = await cutDesk(root, { direct: true });
    expect(made.patches.map(({ stage }) => stage)).toEqual(["foundation", "contract", "consume", "cleanup"]);
    const [direct] = made.patches.slice(-1);
    expect(direct?.subject).toBe("Replace the calls tickets → letters by tickets.ticket-closed");
    applyPatches(root, root, made.written);
    expect(readFileSync(path.join(root, "src/tickets/tickets.service.ts"), "utf8")).not.toMatch(/decide|letters/i);
    expect(gitIn(root, "grep", "-l", "SET mode = 'event'", "--", "src/migrations")).not.toBe("");
  });

  it("is applied as commits with --write, and is made of what is not committed with --allow-dirty", async () => {
    const root = deskRepository();
    const file = path.join(root, "src/tickets/tickets.service.ts");
    const committed = readFileSync(file, "utf8");
    writeFileSync(file, committed.replace("closed: true", "closed: true, id: ticketId"));
    const dirty = await cutDesk(root, { allowDirty: true, stage: "dual" });
    const dual = dirty.patches.find(({ stage }) => stage === "dual");
    expect(dual?.mail).toContain(" closed: true, id: ticketId");
    expect(readFileSync(file, "utf8")).toContain("closed: true, id: ticketId");

    writeFileSync(file, committed);
    const made = await cutDesk(root, { write: true });
    expect([made.applied, made.written]).toEqual([true, []]);
    expect(gitIn(root, "log", "--format=%s").trim().split("\n")).toEqual([
      ...made.patches.map(({ subject }) => subject).reverse(),
      "The desk",
    ]);
    expectNoTrace(root);
  });
});

describe("a cut that does not come to its end", () => {
  it("leaves nothing behind when a proof fails", async () => {
    const root = deskRepository();
    expect(await failureOf(cutDesk(root, { verify: "echo broken; exit 3" }))).toBe(
      'SC2011 after foundation, "echo broken; exit 3" fails',
    );
    expect(existsSync(path.join(root, ".seamcut"))).toBe(false);
    expectNoTrace(root);
  });

  it("is unproven without a compiler, unless that is allowed", async () => {
    const root = deskRepository();
    expect(await failureOf(cutDesk(root, { allowUnproven: false }))).toBe(
      "SC2011 no TypeScript compiler is installed in the repository",
    );
    expectNoTrace(root);
  });

  it("leaves nothing behind when it is interrupted", async () => {
    const root = deskRepository();
    const marker = path.join(temporary, "seamcut-test-verifying");
    const child = startCli(root, [
      "cut",
      "tickets",
      "letters",
      "--allow-unproven",
      "--verify",
      `touch ${marker}; sleep 60`,
    ]);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (!existsSync(marker) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    expect(await ended).toBe(2);
    expect(stderr).toContain("SC2017");
    expect(existsSync(path.join(root, ".seamcut"))).toBe(false);
    expectNoTrace(root);
  });
});
