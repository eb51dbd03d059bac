import { oneLine } from "../one-line.ts";
import { plural } from "../paint.ts";
import { type DrawnEdge, MOST_EDGES, nodeNames } from "./edge.ts";

/** Mermaid draws nothing of a longer text. */
const MOST_CHARACTERS = 50_000;

const ARROW: Readonly<Record<DrawnEdge["tone"], string>> = { plain: "-->", added: "==>", gone: "-.->" };

/** A flowchart for Mermaid, which GitHub and GitLab show in Markdown. */
export function mermaid(edges: readonly DrawnEdge[], mostEdges = MOST_EDGES): string {
  let drawn = edges.slice(0, mostEdges);
  let text = draw(drawn, edges.length);
  while (text.length > MOST_CHARACTERS) {
    drawn = drawn.slice(0, Math.floor(drawn.length * 0.9));
    text = draw(drawn, edges.length);
  }
  return text;
}

function draw(edges: readonly DrawnEdge[], all: number): string {
  const names = nodeNames(edges);
  const hidden = all - edges.length;
  const lines = [
    "flowchart LR",
    ...(all === 0 ? ['  none["no edge"]'] : []),
    ...[...names].map(([module, name]) => `  ${name}["${escapeLabel(module)}"]`),
    ...edges.map(
      ({ from, to, label, tone }) => `  ${names.get(from)} ${ARROW[tone]}|"${escapeLabel(label)}"| ${names.get(to)}`,
    ),
    ...(hidden > 0 ? [`  more["${plural(hidden, "more edge")} not drawn"]`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** Everything but letters, digits and a few marks as an entity: quotes, Markdown, and Mermaid's own directives. */
function escapeLabel(text: string): string {
  return oneLine(text)
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[^\p{L}\p{N} _.,/@+-]/gu, (character) => `#${character.codePointAt(0)};`);
}
