import { oneLine } from "../one-line.ts";
import { plural } from "../paint.ts";
import { type DrawnEdge, MOST_EDGES, nodeNames } from "./edge.ts";

const STYLE: Readonly<Record<DrawnEdge["tone"], string>> = {
  plain: "",
  added: ', color="#c62828", penwidth=2',
  gone: ', color="#888888", style=dashed',
};

/** A picture for Graphviz. */
export function dot(edges: readonly DrawnEdge[]): string {
  const drawn = edges.slice(0, MOST_EDGES);
  const hidden = edges.length - drawn.length;
  const names = nodeNames(drawn);
  const lines = [
    "digraph seamcut {",
    "  rankdir=LR;",
    "  node [shape=box];",
    ...(hidden > 0 ? [`  label="${plural(hidden, "more edge")} not drawn";`] : []),
    ...[...names].map(([module, name]) => `  ${name} [label=${quote(module)}];`),
    ...drawn.map(
      ({ from, to, label, tone }) => `  ${names.get(from)} -> ${names.get(to)} [label=${quote(label)}${STYLE[tone]}];`,
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** Graphviz reads escapes and HTML entities in labels. */
function quote(text: string): string {
  const escaped = oneLine(text).replace(/&/g, "&amp;").replace(/\\/g, "\\\\").replace(/"/g, '\\"');
  return `"${escaped}"`;
}
