import type { CallGraph, DeclaredLeaf, FileFacts } from "../model/index.ts";
import { addCall } from "./add-call.ts";
import { addState } from "./add-state.ts";
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
import { type Analysis, functionKey } from "./summary.ts";
import { functionSymbol } from "./symbols.ts";
import type { FileWalk } from "./walk/visits.ts";
import { walkFile } from "./walk/walk-file.ts";

/** What the configuration says of a function, if anything. */
export type DeclaredFor = (file: string, symbol: string) => DeclaredLeaf | undefined;

/** Effects and vetoes of every function, by fixed point over the call graph: recursion needs no special case. */
export function summarizeFunctions(graph: CallGraph, declaredFor: DeclaredFor = () => undefined): Analysis {
  const nodes = new Map<string, Node>();
  const facts = new Map(graph.files.map((file) => [file.path, file]));
  const walked = new Map(graph.files.map((file) => [file.path, walkFile(file)]));
  const walks = settleCallbacks({ graph, walks: walked, facts });
  const callers = findCallers(graph, walks);
  const isStartUp = createStartUp(graph, walks, callers);
  for (const [path, walk] of walks) {
    const file = facts.get(path);
    if (!file) continue;
    addFile(facts, graph, file, walk, nodes, isStartUp);
    overrule(file, nodes, declaredFor);
  }
  propagate(nodes);
  for (const [key, node] of nodes) {
    node.refusesFirst = refusesFirst(nodes, key);
    node.swallowsFailures = swallowsFailures(nodes, key);
  }
  return { graph, walks, facts, callers, summaries: nodes };
}

function overrule(file: FileFacts, nodes: ReadonlyMap<string, Node>, declaredFor: DeclaredFor): void {
  file.functions.forEach((fn, index) => {
    const node = nodes.get(functionKey(file.path, index));
    const leaf = node && declaredFor(file.path, node.symbol);
    if (leaf) declareLeaf(node, leaf, locate(file, fn.at, fn.at));
  });
}

function addFile(
  facts: ReadonlyMap<string, FileFacts>,
  graph: CallGraph,
  file: FileFacts,
  walk: FileWalk,
  nodes: Map<string, Node>,
  isStartUp: (file: string, index: number) => boolean,
): void {
  file.functions.forEach((_, index) => {
    const symbol = functionSymbol(file, index);
    nodes.set(functionKey(file.path, index), emptyNode(symbol));
  });
  const nodeOf = (index: number) => nodes.get(functionKey(file.path, index));
  for (const [inner, outer] of walk.runsIn) {
    nodeOf(outer)?.edges.push({
      to: functionKey(file.path, inner),
      canVeto: true,
      at: file.functions[inner]?.at ?? 0,
      caught: false,
    });
  }
  for (const visit of walk.calls) {
    const node = nodeOf(visit.function);
    const site = file.calls[visit.call];
    const target = graph.targets[file.path]?.[visit.call];
    if (node && site && target) addCall(facts, file, walk, { visit, site, target }, node);
  }
  for (const thrown of walk.throws) {
    const node = nodeOf(thrown.function);
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
    const target = graph.targets[file.path]?.[call];
    return target !== undefined && (target.declarations.length > 0 || (target.library?.package ?? "") !== "");
  };
  const around = { leadsElsewhere, isStartUp: (index: number) => isStartUp(file.path, index) };
  for (const state of stateEffects(file, walk, around)) {
    const node = nodeOf(state.function);
    if (node) addState(graph, file, state, node);
  }
  addRequest(file, walk, nodeOf);
}

function addRequest(file: FileFacts, walk: FileWalk, nodeOf: (index: number) => Node | undefined): void {
  for (const visit of walk.states) {
    if (visit.class < 0 || !(isInjectedRequest(file, visit) || isRequestScoped(file.classes[visit.class]))) continue;
    const node = nodeOf(visit.function);
    if (!node || node.request) continue;
    const location = locate(file, visit.at, visit.at + visit.name.length);
    node.request = { what: "the current request", location, path: [node.symbol] };
  }
}
