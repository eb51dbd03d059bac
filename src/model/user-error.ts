import type { DiagnosticCode } from "./diagnostic.ts";

/** A failure that the user can mend: ends the run with exit code 2 and says what to do. */
export class UserError extends Error {
  readonly code: DiagnosticCode;
  /** Lines shown below the message: what was looked at, what to try, most useful first. */
  readonly hints: readonly string[];

  constructor(code: DiagnosticCode, message: string, hints: readonly string[] = []) {
    super(message);
    this.name = "UserError";
    this.code = code;
    this.hints = hints;
  }
}
