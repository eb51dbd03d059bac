import type { CheckReport, Finding, FindingKind } from "../../model/index.ts";
import { byEdge, type DrawnEdge, heaviestFirst } from "../graph/edge.ts";
import { KIND_ORDER } from "./kinds.ts";

type OnEdge = Finding & { readonly from: string; readonly to: string };

/** The edges that findings touch, those with errors first. */
export function touchedEdges(report: CheckReport): DrawnEdge[] {
  const findings = report.findings.filter((finding): finding is OnEdge => !!finding.from && !!finding.to);
  return heaviestFirst(byEdge(findings).map(edgeOf));
}

function edgeOf(findings: readonly [OnEdge, ...OnEdge[]]): DrawnEdge {
  const { from, to } = findings[0];
  const count = (kind: FindingKind) => findings.filter((finding) => finding.kind === kind).length;
  const label = KIND_ORDER.filter((kind) => count(kind) > 0)
    .map((kind) => `${count(kind)} ${kind}`)
    .join(", ");
  const isAdded = count("new") + count("expired") > 0;
  const tone = isAdded ? "added" : count("gone") === findings.length ? "gone" : "plain";
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { from, to, label, tone, weight: errors * 10_000 + findings.length };
}
