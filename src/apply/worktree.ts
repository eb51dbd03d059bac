import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { FileChange } from "../model/index.ts";
import { applyMails, git, type Repository } from "./git.ts";
import { writeFileAtomic } from "./write.ts";

/** A temporary checkout in which patches are made and proven; the user's own is not touched. */
export interface Worktree {
  /** Absolute path of a temporary folder that goes with it. */
  readonly home: string;
  /** Absolute path of the analysed root in it. */
  readonly root: string;
  /** Text of a file below the root; null where there is none. */
  read(file: string): Promise<string | null>;
  write(changes: readonly FileChange[]): Promise<void>;
  /** Commits everything; gives the mail. */
  commit(subject: string, body: string): Promise<string>;
  /** The state of the last commit in a folder of its own, to be looked at while this one goes on; gives its root. */
  snapshot(name: string): Promise<string>;
  /** Goes back to the start and applies the mails in order; fails when one does not apply or the result differs. */
  replay(mails: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

/** Checks a commit out beside the repository, with its installed dependencies linked in. */
export async function createWorktree(repository: Repository, base: string): Promise<Worktree> {
  const home = await mkdtemp(path.join(os.tmpdir(), "seamcut-"));
  const top = path.join(home, "repository");
  const checkOut = async (folder: string, commit: string) => {
    await git(repository.top, ["worktree", "add", "--detach", "--quiet", folder, commit]);
    await linkDependencies(repository, folder);
  };
  const remove = async () => {
    await rm(home, { recursive: true, force: true });
    await git(repository.top, ["worktree", "prune"], { allowFailure: true });
  };
  try {
    await checkOut(top, base);
  } catch (error) {
    await remove();
    throw error;
  }
  const root = path.join(top, repository.prefix);
  const identity = await missingIdentity(repository);
  return {
    home,
    root,
    read: async (file) => {
      const full = path.join(root, file);
      return existsSync(full) ? readFile(full, "utf8") : null;
    },
    async write(changes) {
      for (const change of changes) {
        const full = path.join(root, change.path);
        if (change.after === null) await rm(full, { force: true });
        else await writeFileAtomic(full, change.after);
      }
    },
    async commit(subject, body) {
      // Ignored as `node_modules/`, a linked folder is none: git would commit the link.
      await git(top, ["add", "--all", "--", ".", ":(exclude,glob)**/node_modules"]);
      await git(top, [...identity, "commit", "--quiet", "--no-verify", "--file=-"], {
        input: `${subject}\n\n${body}\n`,
      });
      const mail = await git(top, ["format-patch", "-1", "--stdout", "--no-signature", "--full-index", "--binary"]);
      return mail.stdout;
    },
    async snapshot(name) {
      const folder = path.join(home, name);
      await checkOut(folder, (await git(top, ["rev-parse", "HEAD"])).stdout.trim());
      return path.join(folder, repository.prefix);
    },
    async replay(mails) {
      const made = (await git(top, ["rev-parse", "HEAD^{tree}"])).stdout;
      await git(top, ["reset", "--hard", "--quiet", base]);
      if (mails.length > 0) await applyMails(top, mails.join("\n"));
      const applied = (await git(top, ["rev-parse", "HEAD^{tree}"])).stdout;
      if (made !== applied) throw new Error("the mails give another tree than the commits they were made from");
    },
    remove,
  };
}

/** Folders of installed packages are not under version control: without them nothing can be type-checked. */
async function linkDependencies(repository: Repository, top: string): Promise<void> {
  const packages = await git(repository.top, ["ls-files", "-z", "--", "package.json", "*/package.json"]);
  const folders = packages.stdout.split("\0").filter((file) => file !== "" && !file.includes("node_modules/"));
  for (const folder of ["", ...folders.map((file) => path.posix.dirname(file))]) {
    const source = path.join(repository.top, folder, "node_modules");
    const target = path.join(top, folder, "node_modules");
    if (existsSync(source) && existsSync(path.dirname(target)) && !existsSync(target)) await symlink(source, target);
  }
}

/** A machine without a git identity (CI) still makes patches; whoever applies them signs with their own. */
async function missingIdentity(repository: Repository): Promise<string[]> {
  const name = await git(repository.top, ["config", "user.name"], { allowFailure: true });
  const email = await git(repository.top, ["config", "user.email"], { allowFailure: true });
  if (name.stdout.trim() !== "" && email.stdout.trim() !== "") return [];
  return ["-c", "user.name=seamcut", "-c", "user.email=seamcut@localhost"];
}
