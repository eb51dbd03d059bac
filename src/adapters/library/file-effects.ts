import { defineEffects } from "../contract.ts";
import { lookUpMember, names } from "../members.ts";

const MEMBERS = {
  write: names(`writeFile appendFile unlink rm rmdir mkdir mkdtemp rename copyFile cp createWriteStream symlink link
    chmod chown lchown utimes truncate ftruncate write writev ensureDir ensureFile ensureLink emptyDir remove outputFile
    outputJson outputJSON writeJson writeJSON move copy del rimraf`),
  read: names(`readFile readdir opendir stat fstat lstat access exists createReadStream realpath readlink read readv
    readJson readJSON pathExists watch watchFile glob globby fast-glob`),
};

/** Files: Node's own functions with and without callback or `Sync`, fs-extra, and what searches or deletes by pattern. */
export const fileEffects = defineEffects({
  name: "files",
  packages: [
    "fs",
    "fs-extra",
    "graceful-fs",
    "glob",
    "globby",
    "fast-glob",
    "rimraf",
    "del",
    "write-file-atomic",
    "jsonfile",
  ],
  effectOf(call) {
    const member = /^(default|sync|native)$/.test(call.member) ? call.target.package : call.member.replace(/Sync$/, "");
    if (/^(write-file-atomic|writeFileAtomic)$/.test(member)) return { effect: "write", label: "file", external: true };
    const effect = lookUpMember(MEMBERS, member);
    return effect && { effect, label: "file", external: true };
  },
});
