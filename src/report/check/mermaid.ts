import type { CheckReport } from "../../model/index.ts";
import { mermaid } from "../graph/mermaid.ts";
import { touchedEdges } from "./edges.ts";

/** The edges that findings touch, for Mermaid. */
export function checkMermaid(report: CheckReport): string {
  return mermaid(touchedEdges(report));
}
