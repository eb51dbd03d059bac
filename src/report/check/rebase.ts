import type { CheckReport } from "../../model/index.ts";

/**
 * The report with paths from the top of the repository, for platforms that lay findings over its files.
 *
 * @param prefix posix path of the analysed root in the repository; empty where they are the same
 */
export function rebase(report: CheckReport, prefix: string): CheckReport {
  if (prefix === "") return report;
  return {
    ...report,
    baseline: { ...report.baseline, file: `${prefix}/${report.baseline.file}` },
    findings: report.findings.map((finding) =>
      finding.location
        ? { ...finding, location: { ...finding.location, file: `${prefix}/${finding.location.file}` } }
        : finding,
    ),
  };
}
