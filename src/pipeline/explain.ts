import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type AnalysisResult, type ClassifiedCall, type Config, nearest, UserError } from "../model/index.ts";
import { analyzeOrRecall, type RecallOptions } from "./recall.ts";

export interface Explained {
  readonly result: AnalysisResult;
  readonly calls: readonly ClassifiedCall[];
  /** A line of a file of the repository, 1-based; null where there is none. */
  readonly lineOf: (file: string, line: number) => string | null;
}

/** The calls that an id, a callee (`module:Symbol`) or a `file:line` names and the source to show them in. */
export async function explain(config: Config, query: string, options: RecallOptions = {}): Promise<Explained> {
  const { result } = await analyzeOrRecall(config, options);
  const calls = find(result, query);
  if (calls.length === 0) {
    const close = nearest(
      query,
      result.calls.map((call) => call.id),
    );
    throw new UserError("SC2009", `no cross-module call at ${query}`, [
      ...(close ? [`did you mean   seamcut explain "${close}"`] : []),
      "list all of them   seamcut scan --reporter json",
    ]);
  }
  return { result, calls, lineOf: createLineOf(config.root) };
}

function find(result: AnalysisResult, query: string): ClassifiedCall[] {
  const byId = result.calls.filter((call) => call.id === query);
  if (byId.length > 0) return byId;
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(query);
  if (place) {
    const file = (place[1] ?? "").replaceAll("\\", "/").replace(/^\.\//, "");
    const line = Number(place[2]);
    return result.calls.filter(
      ({ location }) => location.start.line === line && (location.file === file || location.file.endsWith(`/${file}`)),
    );
  }
  return result.calls.filter((call) => `${call.to}:${call.callee.symbol}` === query || call.callee.symbol === query);
}

function createLineOf(root: string): Explained["lineOf"] {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (!lines) {
      const place = path.join(root, file);
      lines = existsSync(place)
        ? readFileSync(place, "utf8")
            .replace(/^\uFEFF/, "")
            .split(/\r?\n/)
        : [];
      files.set(file, lines);
    }
    return lines[line - 1] ?? null;
  };
}
