import { git, type Repository } from "./git.ts";

export interface FileVersions {
  /** Oldest first: the one that held at the start, then each that came after. `text` is null where the file was taken away. */
  readonly versions: readonly { readonly commit: string; readonly date: string; readonly text: string | null }[];
  readonly shallow: boolean;
}

/**
 * The versions of a file on the main line of the current branch, from git alone: nothing is checked out.
 *
 * @param file Posix path below the analysed root
 * @param since `YYYY-MM-DD`
 */
export async function fileHistory(repository: Repository, file: string, since: string): Promise<FileVersions> {
  const { top, prefix } = repository;
  const name = prefix === "" ? file : `${prefix}/${file}`;
  const list = async (range: readonly string[]) => {
    const log = await git(top, ["log", "--first-parent", "--format=%H %cI", ...range, "--", `:(literal)${name}`]);
    return log.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [commit = "", date = ""] = line.split(" ");
        return { commit, date };
      });
  };
  const after = await list([`--since=${since}T00:00:00`]);
  const before = await list(["-n", "1", `--until=${since}T00:00:00`]);
  const versions = [];
  for (const { commit, date } of [...after, ...before].reverse()) {
    const shown = await git(top, ["show", `${commit}:${name}`], { allowFailure: true });
    versions.push({ commit, date, text: shown.exitCode === 0 ? shown.stdout : null });
  }
  const shallow = await git(top, ["rev-parse", "--is-shallow-repository"]);
  return { versions, shallow: shallow.stdout.trim() === "true" };
}
