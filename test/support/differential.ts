import type { CallGraph } from "../../src/model/index.ts";
import type { CheckedCall } from "./checker-oracle.ts";

export interface Difference {
  /** `src/orders/orders.service.ts:12:20`. */
  readonly place: string;
  readonly text: string;
  /** `orders → inventory`. */
  readonly edge: string;
  /** Whether the linker said that it could not tell. */
  readonly inResidue: boolean;
  /** Whether to the checker it is `any`. */
  readonly isAny: boolean;
}

export interface Differential {
  /** Cross-module calls of the checker. */
  readonly checker: number;
  readonly both: number;
  readonly onlyChecker: readonly Difference[];
  readonly onlyLinker: readonly Difference[];
  readonly residue: number;
}

interface Found {
  readonly text: string;
  readonly from: string;
  readonly to: ReadonlySet<string>;
  readonly inResidue: boolean;
}

/** Compares the calls into other modules that the linker found with those that the checker finds. */
export function compareWithChecker(
  graph: CallGraph,
  checked: readonly CheckedCall[],
  moduleOf: (file: string) => string | null,
): Differential {
  const linked = linkedCalls(graph, moduleOf);
  const onlyChecker: Difference[] = [];
  const agreed = new Set<string>();
  const anys = new Set<string>();
  for (const call of checked) {
    if (call.isAny) anys.add(placeOf(call));
    const from = moduleOf(call.file);
    const to = elsewhere(call.declaredIn, from, moduleOf);
    if (from === null || to.size === 0) continue;
    const place = placeOf(call);
    const other = linked.get(place);
    if (other && [...other.to].some((module) => to.has(module))) agreed.add(place);
    else if (!call.renamed || other?.to.size)
      onlyChecker.push(difference(place, { text: call.text, from, to, inResidue: other?.inResidue ?? false }));
  }
  const onlyLinker = [...linked].flatMap(([place, found]) =>
    found.to.size > 0 && !agreed.has(place) ? [{ ...difference(place, found), isAny: anys.has(place) }] : [],
  );
  const residue = [...linked.values()].filter((found) => found.inResidue).length;
  return { checker: agreed.size + onlyChecker.length, both: agreed.size, onlyChecker, onlyLinker, residue };
}

/** One line per call that only one of them finds, for a failure message. */
export function differenceLines({ onlyChecker, onlyLinker }: Differential): string[] {
  const line = (who: string, { place, edge, text, inResidue, isAny }: Difference) =>
    `only ${who}  ${place}  ${edge}  ${text}${inResidue ? "  (residue)" : ""}${isAny ? "  (any)" : ""}`;
  return [...onlyChecker.map((entry) => line("checker", entry)), ...onlyLinker.map((entry) => line("linker", entry))];
}

function placeOf({ file, line, column }: CheckedCall): string {
  return `${file}:${line}:${column}`;
}

function difference(place: string, { text, from, to, inResidue }: Found): Difference {
  return { place, text, edge: `${from} → ${[...to].join(" | ")}`, inResidue, isAny: false };
}

/** The modules of the declarations, if all of them are in modules other than the caller's. */
function elsewhere(
  files: readonly string[],
  from: string | null,
  moduleOf: (file: string) => string | null,
): ReadonlySet<string> {
  const modules = new Set(files.map(moduleOf).filter((module) => module !== null));
  return from === null || modules.has(from) ? new Set() : modules;
}

function linkedCalls(graph: CallGraph, moduleOf: (file: string) => string | null): Map<string, Found> {
  const found = new Map<string, Found>();
  for (const file of graph.files) {
    const from = moduleOf(file.path);
    if (from === null) continue;
    graph.targets[file.path]?.forEach((target, index) => {
      const site = file.calls[index];
      if (!site || site.isNew || site.isTag) return;
      const line = file.lineStarts.findLastIndex((start) => start <= site.at);
      const place = `${file.path}:${line + 1}:${site.at - (file.lineStarts[line] ?? 0) + 1}`;
      const declared = target.declarations.map((declaration) => declaration.file);
      const text = target.declarations.map((declaration) => declaration.symbol).join(" | ");
      const to = elsewhere(declared, from, moduleOf);
      found.set(place, { text, from, to, inResidue: target.unresolved !== undefined });
    });
  }
  return found;
}
