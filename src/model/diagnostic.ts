import type { Location } from "./location.ts";

export type Severity = "error" | "warning" | "info";

/**
 * Every message the tool can give about its input, by code. SC1xxx: seen during analysis, the run goes on.
 * SC2xxx: the run ends with exit code 2. A code without text here does not compile; `docs/diagnostics/` has a page each.
 */
export const DIAGNOSTICS = {
  SC1001: { severity: "error", title: "file has syntax errors" },
  SC1002: { severity: "warning", title: "import of own code not found" },
  SC1003: { severity: "warning", title: "file skipped because of its size" },
  SC1004: { severity: "info", title: "file belongs to no module" },
  SC1005: { severity: "warning", title: "folders named by layer, not by domain" },
  SC1006: { severity: "info", title: "no cross-module call found" },
  SC1007: { severity: "warning", title: "file could not be read" },
  SC1008: { severity: "info", title: "dependencies are not installed" },
  SC1010: { severity: "info", title: "test doubles and tests left out" },
  SC1011: { severity: "warning", title: "the TypeScript checker could not be used" },
  SC1012: { severity: "warning", title: "configuration names something that is not there" },
  SC1013: { severity: "info", title: "module appeared or disappeared since the baseline" },
  SC1014: { severity: "warning", title: "kind of a module differs from the baseline" },
  SC1015: { severity: "warning", title: "folders named by layer, and features found in them" },
  SC1016: { severity: "info", title: "the result could not be kept for the next run" },
  SC1020: { severity: "info", title: "a failure that nobody handles" },
  SC2001: { severity: "error", title: "no tsconfig.json found" },
  SC2002: { severity: "error", title: "unknown module" },
  SC2003: { severity: "error", title: "not a git repository" },
  SC2004: { severity: "error", title: "working tree is not clean" },
  SC2005: { severity: "error", title: "configuration is not valid" },
  SC2006: { severity: "error", title: "no module found" },
  SC2007: { severity: "error", title: "baseline is not valid" },
  SC2008: { severity: "error", title: "cannot write" },
  SC2009: { severity: "error", title: "unknown call" },
  SC2010: { severity: "error", title: "nothing to cut on this edge" },
  SC2011: { severity: "error", title: "patch could not be proven" },
  SC2012: { severity: "error", title: "project stack is not supported by cut" },
  SC2013: { severity: "error", title: "a required answer is missing" },
  SC2014: { severity: "error", title: "unknown reporter" },
  SC2015: { severity: "error", title: "no source file found" },
  SC2016: { severity: "error", title: "a command that seamcut runs has failed" },
  SC2017: { severity: "error", title: "interrupted" },
  SC2018: { severity: "error", title: "the commit to compare with is not there" },
  SC2019: { severity: "error", title: "a reporter of your own has failed" },
  SC2030: { severity: "error", title: "the emitted runtime is not there" },
  SC2031: { severity: "error", title: "the emitted runtime cannot be loaded" },
  SC2032: { severity: "error", title: "DATABASE_URL is not set" },
  SC2033: { severity: "error", title: "the database cannot be reached" },
  SC2034: { severity: "error", title: "the tables of the outbox are missing" },
  SC2035: { severity: "error", title: "unknown consumer" },
} as const satisfies Record<string, { severity: Severity; title: string }>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly location?: Location;
}

export function diagnostic(code: DiagnosticCode, message: string, location?: Location): Diagnostic {
  return { code, severity: DIAGNOSTICS[code].severity, message, ...(location && { location }) };
}
