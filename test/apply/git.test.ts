import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { applyMails, baseCommit, changedPaths, git, openRepository } from "../../src/apply/git.ts";
import { createWorktree } from "../../src/apply/worktree.ts";
import { commitAll, gitIn } from "../support/desk.ts";
import { writeIn, writeTree } from "../support/tree.ts";

const FILES = { "src/a.ts": "one\ntwo\n", "src/größe.ts": "1\r\n2\r\n" };

function repository(): string {
  const root = writeTree(FILES);
  commitAll(root);
  return root;
}

/** Changes one file in a temporary checkout and gives the mail. */
async function mailOf(root: string, file: string, text: string): Promise<string> {
  const opened = await openRepository(root);
  const worktree = await createWorktree(opened, await baseCommit(opened));
  try {
    await worktree.write([{ path: file, before: null, after: text }]);
    return await worktree.commit(`Change ${file}`, "Meaning: none.");
  } finally {
    await worktree.remove();
  }
}

describe("the checkout", () => {
  it("is found from a folder inside it", async () => {
    const root = repository();
    expect(await openRepository(path.join(root, "src"))).toEqual({ top: root, prefix: "src" });
    expect(await openRepository(root)).toEqual({ top: root, prefix: "" });
  });

  it("says which files differ, by their real names", async () => {
    const root = repository();
    writeIn(root, "src/größe.ts", "3\r\n");
    writeIn(root, "src/neu ä.ts", "4\n");
    const opened = await openRepository(root);
    expect((await changedPaths(opened)).sort()).toEqual(["src/größe.ts", "src/neu ä.ts"]);
  });

  it("names both ends of a renamed file as changed", async () => {
    const root = repository();
    gitIn(root, "mv", "src/a.ts", "src/b.ts");
    expect((await changedPaths(await openRepository(root))).sort()).toEqual(["src/a.ts", "src/b.ts"]);
  });

  it("is patched against what is not committed, without touching it", async () => {
    const root = repository();
    const head = gitIn(root, "rev-parse", "HEAD").trim();
    const opened = await openRepository(root);
    expect(await baseCommit(opened)).toBe(head);
    writeIn(root, "src/a.ts", "changed\n");
    const base = await baseCommit(opened);
    expect(gitIn(root, "show", `${base}:src/a.ts`)).toBe("changed\n");
    expect(gitIn(root, "stash", "list")).toBe("");
  });

  it("fails in git's own words", async () => {
    await expect(git(repository(), ["rev-parse", "no-such-branch"])).rejects.toMatchObject({
      code: "SC2016",
      message: expect.stringContaining("git rev-parse failed: "),
    });
  });
});

describe("mails", () => {
  it("carry line endings and names that are not ASCII", async () => {
    const root = repository();
    const mail = await mailOf(root, "src/größe.ts", "1\r\n2\r\ndrei\r\n");
    await applyMails(root, mail);
    expect(readFileSync(path.join(root, "src/größe.ts"), "utf8")).toBe("1\r\n2\r\ndrei\r\n");
    expect(gitIn(root, "log", "-1", "--format=%s").trim()).toBe("Change src/größe.ts");
  });

  it("carry a file without a last line ending", async () => {
    const root = repository();
    await applyMails(root, await mailOf(root, "src/a.ts", "one\ntwo"));
    expect(readFileSync(path.join(root, "src/a.ts"), "utf8")).toBe("one\ntwo");
  });

  it("are all taken back when one does not fit", async () => {
    const root = repository();
    const first = await mailOf(root, "src/b.ts", "new\n");
    const second = await mailOf(root, "src/a.ts", "one\nthree\n");
    writeIn(root, "src/a.ts", "quite\nanother\n");
    gitIn(root, "commit", "--quiet", "-am", "Something else");
    const head = gitIn(root, "rev-parse", "HEAD");
    await expect(applyMails(root, `${first}\n${second}`)).rejects.toMatchObject({ code: "SC2011" });
    expect(gitIn(root, "rev-parse", "HEAD")).toBe(head);
    expect(gitIn(root, "status", "--porcelain")).toBe("");
  });
});

describe("a temporary checkout", () => {
  it("is made without anybody's name, and is gone afterwards", async () => {
    const root = repository();
    gitIn(root, "config", "user.name", "");
    gitIn(root, "config", "user.email", "");
    expect(await mailOf(root, "src/b.ts", "new\n")).toMatch(/^From: seamcut <seamcut@localhost>$/m);
    expect(gitIn(root, "worktree", "list").trim().split("\n")).toHaveLength(1);
  });

  it("notices mails that give another tree", async () => {
    const root = repository();
    const opened = await openRepository(root);
    const worktree = await createWorktree(opened, await baseCommit(opened));
    try {
      await worktree.write([{ path: "src/b.ts", before: null, after: "new\n" }]);
      const mail = await worktree.commit("Add", "body");
      await expect(worktree.replay([])).rejects.toThrow(/another tree/);
      await worktree.write([{ path: "src/b.ts", before: null, after: "new\n" }]);
      await worktree.commit("Add", "body");
      await worktree.replay([mail]);
      expect(await worktree.read("src/b.ts")).toBe("new\n");
    } finally {
      await worktree.remove();
    }
  });
});
