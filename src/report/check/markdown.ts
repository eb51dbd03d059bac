import type { CheckReport } from "../../model/index.ts";
import { markdownBody } from "./markdown-body.ts";
import type { ReportOptions } from "./options.ts";

/** First line of the comment, by which it is found again: a later run changes it instead of adding one. */
export const COMMENT_MARKER = "<!-- seamcut:check -->";

/** GitHub takes 65,536 in a comment; the rest is for who makes the marker longer, to tell several comments apart. */
const MOST_CHARACTERS = 65_536 - 256;

/** A comment on a pull request. */
export function checkMarkdown(
  report: CheckReport,
  options: Pick<ReportOptions, "mentionOwners"> = { mentionOwners: false },
): string {
  const head = `${COMMENT_MARKER}\n`;
  const room = MOST_CHARACTERS - head.length;
  return head + markdownBody(report, { ...options, room, sizeOf: (text) => text.length });
}
