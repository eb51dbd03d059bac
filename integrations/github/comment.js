/**
 * Writes the report as a comment on the pull request, or changes the one that is there. A comment is an addition: where
 * it cannot be written, a notice says why and the job goes on.
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { annotate, readEvent } from "./runner.js";

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, SEAMCUT_FINDINGS, SEAMCUT_FOLDER, SEAMCUT_MARKDOWN } =
  process.env;

/** A page of the comments of a pull request; GitHub gives no more at once. */
const PAGE = 100;

class Refused extends Error {}

const event = readEvent();
if (event.pull_request) await comment(event.pull_request);
else console.log("seamcut: no pull request to comment on");

async function comment({ number, head, base }) {
  try {
    console.log(`seamcut: ${await writeComment(number)}`);
  } catch (error) {
    if (!(error instanceof Refused)) {
      annotate("warning", `The comment could not be written: ${error.message}`);
      return;
    }
    const isFork = head?.repo?.full_name !== base?.repo?.full_name;
    const why = isFork
      ? "a pull request from a fork runs with a token that only reads"
      : 'the token may not: the job wants "permissions: { contents: read, pull-requests: write }"';
    annotate("notice", `No comment was written, because ${why}. The summary of the job has the report.`);
  }
}

async function writeComment(number) {
  const body = textOfComment();
  const [marker] = body.split("\n", 1);
  const comments = `/repos/${GITHUB_REPOSITORY}/issues/${number}/comments`;
  const there = await findComment(comments, marker);
  if (there) {
    await request("PATCH", `/repos/${GITHUB_REPOSITORY}/issues/comments/${there.id}`, { body });
    return `changed the comment ${there.html_url}`;
  }
  if (SEAMCUT_FINDINGS === "0") return "nothing found and no comment there, so none is written";
  const written = await request("POST", comments, { body });
  return `wrote the comment ${written.html_url}`;
}

/** The report; its first line, by which it is found again, tells the folders of one repository apart. */
function textOfComment() {
  const text = readFileSync(SEAMCUT_MARKDOWN, "utf8");
  const folder = (SEAMCUT_FOLDER ?? "")
    .replace(/^\.?\/+|\/+$|^\.$/g, "")
    .replace(/[^\w./@-]|-(?=-)/g, "")
    .slice(0, 200);
  return folder === "" ? text : text.replace("<!-- seamcut:check -->", `<!-- seamcut:check ${folder} -->`);
}

async function findComment(comments, marker) {
  for (let page = 1; ; page++) {
    const found = await request("GET", `${comments}?per_page=${PAGE}&page=${page}`);
    const ours = found.find(({ body }) => body?.startsWith(marker));
    if (ours || found.length < PAGE) return ours;
  }
}

async function request(method, address, content) {
  const response = await fetch(`${GITHUB_API_URL}${address}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${GITHUB_TOKEN}`,
      "content-type": "application/json",
      "user-agent": "seamcut",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(30_000),
    ...(content && { body: JSON.stringify(content) }),
  });
  const text = await response.text();
  if ([401, 403, 404].includes(response.status)) throw new Refused(text);
  if (!response.ok) throw new Error(`${method} ${address} gave ${response.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
