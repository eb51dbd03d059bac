import { statSync } from "node:fs";

/** Whether there is a file; a path below a file, as a wrong guess may be, is none. */
export function isFile(place: string): boolean {
  try {
    return statSync(place, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return false;
    throw error;
  }
}
