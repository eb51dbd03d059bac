import type { CallGraph, DeclaredLeaf, FileFacts } from "../model/index.ts";
import { addCall } from "./add-call.ts";
import { addState } from "./add-state.ts";
import { type ByFunction, ofFunction } from "./by-function.ts";
import { findCallers } from "./callers.ts";
import { declareLeaf } from "./declare-leaves.ts";
import { locate } from "./locate.ts";
import { emptyNode, type Node } from "./node.ts";
import { refusesFirst, swallowsFailures } from "./order-of-effects.ts";
import { propagate } from "./propagate.ts";
import { isInjectedRequest, isRequestScoped } from "./request-scope.ts";
import { settleCallbacks } from "./settle-callbacks.ts";
import { createStartUp } from "./start-up.ts";
import { stateEffects } from "./state.ts";
import type { Analysis } from "./summary.ts";
import { functionSymbol } from "./symbols.ts";
import type { FileWalk } from "./walk/visits.ts";
import { walkFile } from "./walk/walk-file.ts";

/** What the configuration says of a function, if anything. */
export type DeclaredFor = (file: string, symbol: string) => DeclaredLeaf | undefined;

/** Effects and vetoes of every function, by fixed point over the call graph: recursion needs no special case. */
export function summarizeFunctions(graph: CallGraph, declaredFor: DeclaredFor = () => undefined): Analysis {
  const facts = new Map(graph.files.map((file) => [file.path, file]));
  const walked = new Map(graph.files.map((file) => [file.path, walkFile(file)]));
  const walks = settleCallbacks({ graph, walks: walked, facts });
  const callers = findCallers(graph, walks);
  const isStartUp = createStartUp(graph, walks, callers);
  const nodes: ByFunction<Node> = new Map(
    graph.files.map((file) => [file.path, file.functions.map((_, index) => emptyNode(functionSymbol(file, index)))]),
  );
  for (const [path, walk] of walks) {
    const file = facts.get(path);
    if (!file) continue;
    addFile({ facts, graph, nodes, isStartUp }, file, walk);
    overrule(file, nodes, declaredFor);
  }
  propagate(nodes);
  for (const node of [...nodes.values()].flat()) {
    node.refusesFirst = refusesFirst(node);
    node.swallowsFailures = swallowsFailures(node);
  }
  return { graph, walks, facts, callers, summaries: nodes };
}

function overrule(file: FileFacts, nodes: ByFunction<Node>, declaredFor: DeclaredFor): void {
  file.functions.forEach((fn, index) => {
    const node = ofFunction(nodes, { file: file.path, index });
    const leaf = node && declaredFor(file.path, node.symbol);
    if (leaf) declareLeaf(node, leaf, locate(file, fn.at, fn.at));
  });
}

/** All files: a function's effects lead into others. */
interface Files {
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly graph: CallGraph;
  readonly nodes: ByFunction<Node>;
  readonly isStartUp: (file: string, index: number) => boolean;
}

function addFile(files: Files, file: FileFacts, walk: FileWalk): void {
  const own = files.nodes.get(file.path) ?? [];
  const targets = files.graph.targets[file.path] ?? [];
  for (const [inner, outer] of walk.runsIn) {
    const to = own[inner];
    if (to) own[outer]?.edges.push({ to, canVeto: true, at: file.functions[inner]?.at ?? 0, caught: false });
  }
  for (const visit of walk.calls) {
    const node = own[visit.function];
    const site = file.calls[visit.call];
    const target = targets[visit.call];
    if (node && site && target) addCall(files, file, walk, { visit, site, target }, node);
  }
  for (const thrown of walk.throws) {
    const node = own[thrown.function];
    if (!node || thrown.caught) continue;
    const here = { what: "throws", location: locate(file, thrown.at, thrown.at + 5), path: [node.symbol] };
    // Throwing on from a catch passes a technical failure on; that is no veto.
    if (thrown.inCatch) node.technical ??= here;
    else {
      node.veto ??= here;
      node.own.push({ kind: "veto", at: thrown.at, caught: false });
    }
  }
  const leadsElsewhere = (call: number) => {
    const target = targets[call];
    return target !== undefined && (target.declarations.length > 0 || (target.library?.package ?? "") !== "");
  };
  const around = { leadsElsewhere, isStartUp: (index: number) => files.isStartUp(file.path, index) };
  for (const state of stateEffects(file, walk, around)) {
    const node = own[state.function];
    if (node) addState(files, file, state, node);
  }
  addRequest(file, walk, own);
}

function addRequest(file: FileFacts, walk: FileWalk, nodes: readonly Node[]): void {
  for (const visit of walk.states) {
    if (visit.class < 0 || !(isInjectedRequest(file, visit) || isRequestScoped(file.classes[visit.class]))) continue;
    const node = nodes[visit.function];
    if (!node || node.request) continue;
    const location = locate(file, visit.at, visit.at + visit.name.length);
    node.request = { what: "the current request", location, path: [node.symbol] };
  }
}
