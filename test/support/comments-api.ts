import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Comment {
  readonly id: number;
  body: string;
  readonly html_url: string;
}

export interface CommentsApi {
  readonly url: string;
  readonly comments: Comment[];
  /** `POST /repos/…`, in order. */
  readonly requests: string[];
  /** Values of the header `authorization`. */
  readonly tokens: Set<string | undefined>;
}

/**
 * GitHub's comments of pull requests, on this machine.
 *
 * @param mayWrite false for the token of a pull request from a fork, true for all others
 * @param status what every request gives instead of an answer
 */
export async function serveComments({
  mayWrite = true,
  status = 200,
  comments = [] as Comment[],
} = {}): Promise<CommentsApi> {
  const api = { comments, requests: [] as string[], tokens: new Set<string | undefined>() };
  const answer = (method: string, url: URL, body: string): [number, unknown] => {
    if (status !== 200) return [status, { message: "Server Error" }];
    if (method === "GET" && url.pathname === "/repos/shop/shop/issues/7/comments") {
      const [page, size] = [Number(url.searchParams.get("page")), Number(url.searchParams.get("per_page"))];
      return [200, comments.slice((page - 1) * size, page * size)];
    }
    if (!mayWrite) return [403, { message: "Resource not accessible by integration" }];
    const text = (JSON.parse(body) as Comment).body;
    if (method === "POST" && url.pathname === "/repos/shop/shop/issues/7/comments") {
      const id = comments.length + 1;
      const comment = { id, body: text, html_url: `https://github.com/shop/shop/pull/7#issuecomment-${id}` };
      comments.push(comment);
      return [201, comment];
    }
    const changed = comments.find(({ id }) => url.pathname === `/repos/shop/shop/issues/comments/${id}`);
    if (method !== "PATCH" || !changed) return [404, { message: "Not Found" }];
    changed.body = text;
    return [200, changed];
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    api.requests.push(`${request.method} ${url.pathname}`);
    api.tokens.add(request.headers.authorization);
    const [code, content] = answer(request.method ?? "", url, await bodyOf(request));
    response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(content));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { ...api, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}
