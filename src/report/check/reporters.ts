import type { CheckReport } from "../../model/index.ts";
import type { ReportOptions } from "./options.ts";

/** A pure function: it prints nothing and reads nothing else. */
export type CheckReporter = (report: CheckReport, options: ReportOptions) => string;

export interface CheckReporterEntry {
  readonly load: () => Promise<CheckReporter>;
  /** Wants paths from the top of the repository, not from the analysed root: see `rebase`. */
  readonly fromTop?: true;
}

/** The reporters of `check` by name; each is loaded when it is asked for. */
export const CHECK_REPORTERS: Readonly<Record<string, CheckReporterEntry>> = {
  text: { load: async () => (await import("./text.ts")).checkText },
  json: { load: async () => (await import("./json.ts")).checkJson },
  sarif: { load: async () => (await import("./sarif.ts")).checkSarif, fromTop: true },
  github: { load: async () => (await import("./github.ts")).checkGithub, fromTop: true },
  gitlab: { load: async () => (await import("./gitlab.ts")).checkGitlab, fromTop: true },
  junit: { load: async () => (await import("./junit.ts")).checkJunit },
  checkstyle: { load: async () => (await import("./checkstyle.ts")).checkCheckstyle },
  rdjson: { load: async () => (await import("./rdjson.ts")).checkRdjson },
  markdown: { load: async () => (await import("./markdown.ts")).checkMarkdown, fromTop: true },
  csv: { load: async () => (await import("./csv.ts")).checkCsv },
  dot: { load: async () => (await import("./dot.ts")).checkDot },
  mermaid: { load: async () => (await import("./mermaid.ts")).checkMermaid },
  badge: { load: async () => (await import("./badge.ts")).checkBadge },
};
