import { type HistoryPoint, UserError } from "../model/index.ts";
import { parseBaseline } from "./baseline.ts";

/** A file as one commit left it; `text` is null where the commit took it away. */
export interface FileVersion {
  readonly commit: string;
  /** ISO 8601. */
  readonly date: string;
  readonly text: string | null;
}

/**
 * How the accepted calls became more or fewer.
 *
 * @param versions of the baseline, oldest first
 */
export function historyOf(
  versions: readonly FileVersion[],
  file: string,
): { readonly points: readonly HistoryPoint[]; readonly unreadable: number } {
  const points: HistoryPoint[] = [];
  let before: ReadonlySet<string> | null = null;
  let unreadable = 0;
  for (const { commit, date, text } of versions) {
    const calls: ReadonlySet<string> | null = text === null ? new Set<string>() : callsOf(text, file);
    if (!calls) {
      unreadable++;
      continue;
    }
    const known: ReadonlySet<string> = before ?? calls;
    const added = [...calls].filter((id) => !known.has(id)).length;
    const removed = [...known].filter((id) => !calls.has(id)).length;
    points.push({ commit, date, calls: calls.size, added, removed });
    before = calls;
  }
  return { points, unreadable };
}

/** Null for a version that is no baseline: one with conflict markers, one of a later version of the format. */
function callsOf(text: string, file: string): ReadonlySet<string> | null {
  try {
    return new Set(parseBaseline(text, file).calls);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
