import { UserError } from "../model/index.ts";
import { git, type Repository } from "./git.ts";

export interface Since {
  /** The commit where the code left `ref`: what a pull request is compared with. */
  readonly commit: string;
  /** Posix paths below the analysed root that differ from it, uncommitted and untracked ones included. */
  readonly files: ReadonlySet<string>;
  /** `ref` has gone on since: what is gone here may be gone for somebody else's reason. */
  readonly movedOn: boolean;
}

/** What changed since the code left a ref. Fails with SC2018 where that commit is not there, in a shallow clone above all. */
export async function changedSince(repository: Repository, ref: string): Promise<Since> {
  const { top, prefix } = repository;
  const tip = await git(top, ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`], { allowFailure: true });
  const base =
    tip.exitCode === 0 ? await git(top, ["merge-base", tip.stdout.trim(), "HEAD"], { allowFailure: true }) : tip;
  if (base.exitCode !== 0) throw await notThere(top, ref, tip.exitCode === 0);
  const commit = base.stdout.trim();
  const changed = await git(top, ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit]);
  const untracked = await git(top, ["ls-files", "--others", "--exclude-standard", "-z"]);
  const inside = (file: string) => (prefix === "" ? file : file.slice(prefix.length + 1));
  const files = `${changed.stdout}${untracked.stdout}`
    .split("\0")
    .filter((file) => file !== "" && (prefix === "" || file.startsWith(`${prefix}/`)))
    .map(inside);
  return { commit, files: new Set(files), movedOn: commit !== tip.stdout.trim() };
}

async function notThere(top: string, ref: string, hasTip: boolean): Promise<UserError> {
  const shallow = await git(top, ["rev-parse", "--is-shallow-repository"], { allowFailure: true });
  const branch = ref.replace(/^origin\//, "");
  if (shallow.stdout.trim() === "true") {
    const what = hasTip
      ? `where the code left ${ref} is not in this shallow clone`
      : `${ref} is not in this shallow clone`;
    return new UserError("SC2018", what, [
      `fetch it   git fetch --no-tags --unshallow origin ${branch}`,
      "GitHub Actions: actions/checkout with fetch-depth: 0   GitLab: GIT_DEPTH: 0",
    ]);
  }
  return new UserError(
    "SC2018",
    hasTip ? `the code and ${ref} have no commit in common` : `no commit is called ${ref}`,
    [`fetch it   git fetch --no-tags origin ${branch}`],
  );
}
