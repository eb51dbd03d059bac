import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { fileEffects } from "../library/file-effects.ts";

/** `fs.unlink(path)` on a file system that is handed in, to be replaced in tests: known by its name and its members. */
export function fileSystem(call: LibraryCall): LibraryEffect | null {
  return /^(fs|fsPromises|fileSystem)$/i.test(call.receiver) ? fileEffects.effectOf(call) : null;
}
