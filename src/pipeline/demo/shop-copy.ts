import { cp, mkdir, mkdtemp, readdir, realpath, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { detect, getUserAgent } from "package-manager-detector";
import { x } from "tinyexec";
import { git } from "../../apply/git.ts";
import { UserError } from "../../model/index.ts";

const SHOP = fileURLToPath(new URL("../../../examples/shop/", import.meta.url));

/** A copy of the example shop that the demo may change: a git repository with its dependencies. */
export async function copyShop(say: (line: string) => void): Promise<string> {
  const home = await realpath(await mkdtemp(path.join(os.tmpdir(), "seamcut-demo-")));
  const folder = path.join(home, "shop");
  const isLeftOut = (file: string) =>
    /(^|[\\/])(node_modules|dist|\.pglite|\.seamcut)$/.test(path.relative(SHOP, file));
  await cp(SHOP, folder, { recursive: true, filter: (file) => !isLeftOut(file) });
  // A published package never holds a .gitignore: npm leaves it out.
  await writeFile(path.join(folder, ".gitignore"), "node_modules/\ndist/\n.pglite/\n");
  if (!(await linkInstalled(folder))) await install(folder, say);
  await git(folder, ["init", "--quiet", "--initial-branch=main"]);
  await commitAll(folder, "The shop");
  return folder;
}

export async function commitAll(folder: string, subject: string): Promise<void> {
  const identity = ["-c", "user.name=seamcut demo", "-c", "user.email=demo@localhost"];
  await git(folder, ["add", "--all"]);
  await git(folder, [...identity, "commit", "--quiet", "-m", subject]);
}

/** Uses the packages that are installed beside the example, as in a checkout of seamcut; false where there are none. */
async function linkInstalled(folder: string): Promise<boolean> {
  const require = createRequire(path.join(SHOP, "package.json"));
  const found = ["@nestjs/core", "typeorm", "typescript", "pg"].every((name) => canResolve(require, name));
  if (!found) return false;
  const modules = path.join(folder, "node_modules");
  await mkdir(modules, { recursive: true });
  const linked = new Set<string>();
  for (const source of require.resolve.paths("x") ?? []) {
    for (const name of await readdir(source).catch(() => [])) {
      if (linked.has(name)) continue;
      linked.add(name);
      await symlink(path.join(source, name), path.join(modules, name));
    }
  }
  return true;
}

function canResolve(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    // Packages may hide their package.json: the entry point will do.
    try {
      require.resolve(name);
      return true;
    } catch {
      return false;
    }
  }
}

async function install(folder: string, say: (line: string) => void): Promise<void> {
  const manager = getUserAgent() ?? (await detect())?.name ?? "npm";
  say(`installing the shop's own dependencies with ${manager}, in a temporary folder …`);
  const result = await x(manager, ["install"], { nodeOptions: { cwd: folder } });
  if (result.exitCode !== 0) {
    throw new UserError(
      "SC2016",
      `${manager} install failed in the shop's copy`,
      result.stderr.trim().split("\n").slice(-5),
    );
  }
}
