import type { CheckReport } from "../../model/index.ts";
import { dot } from "../graph/dot.ts";
import { touchedEdges } from "./edges.ts";

/** The edges that findings touch, for Graphviz. */
export function checkDot(report: CheckReport): string {
  return dot(touchedEdges(report));
}
