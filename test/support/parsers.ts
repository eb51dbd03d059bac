import { createRequire } from "node:module";
import { type ASTNode, parse as parseGraph } from "@ts-graphviz/ast";
import { Ajv, type AnySchema, type ErrorObject } from "ajv";
import Draft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { marked, type Tokens } from "marked";
import { SaxesParser } from "saxes";

const require = createRequire(import.meta.url);
// The committee's schema, as Microsoft's matchers for SARIF ship it.
const sarifSchema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as AnySchema;
const draft04 = new Draft04.default({ strict: false, unicodeRegExp: false });
addFormats.default(draft04);
const isSarif = draft04.compile(sarifSchema);

export function sarifErrors(log: unknown): readonly ErrorObject[] {
  return isSarif(log) ? [] : (isSarif.errors ?? []);
}

export function schemaErrors(schema: AnySchema, value: unknown): readonly ErrorObject[] {
  const validate = new Ajv({ strict: true }).compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Xml[];
  text: string;
}

/** Fails on anything that is not well-formed. */
export function parseXml(text: string): Xml {
  const root: Xml = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const element: Xml = { name, attributes: attributes as Record<string, string>, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (more) => {
    const element = open.at(-1);
    if (element) element.text += more;
  });
  parser.on("closetag", () => open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  const [document] = root.children;
  if (!document || root.children.length !== 1) throw new Error("not one root element");
  return document;
}

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads the log of a step as the runner of GitHub Actions does: line by line, `::name key=value,…::message`. */
export function workflowCommands(log: string): WorkflowCommand[] {
  const lines = log.split(/\r\n|\r|\n/).filter((line) => line !== "");
  return lines.map((line) => {
    const end = line.indexOf("::", 2);
    if (!line.startsWith("::") || end < 0) throw new Error(`no workflow command: ${line}`);
    const [, name = "", list = ""] = /^(\S+) ?(.*)$/s.exec(line.slice(2, end)) ?? [];
    const properties = list.split(",").map((pair) => {
      const cut = pair.indexOf("=");
      return [pair.slice(0, cut), decode(pair.slice(cut + 1), ["%3A", ":"], ["%2C", ","])] as const;
    });
    return { name, properties: Object.fromEntries(properties), message: decode(line.slice(end + 2)) };
  });
}

function decode(text: string, ...more: readonly (readonly [string, string])[]): string {
  const codes = [["%0D", "\r"], ["%0A", "\n"], ...more, ["%25", "%"]] as const;
  return codes.reduce((decoded, [code, character]) => decoded.replaceAll(code, character), text);
}

/** The drawn edges and labels of a graph; fails on what is no DOT. */
export function parseDot(text: string): { readonly edges: number; readonly labels: readonly string[] } {
  const nodes = flatten(parseGraph(text));
  const labels = nodes.flatMap((node) =>
    node.type === "Attribute" && node.key.value === "label" ? [node.value.value] : [],
  );
  return { edges: nodes.filter(({ type }) => type === "Edge").length, labels };
}

function flatten(node: ASTNode): ASTNode[] {
  return [node, ...("children" in node ? (node.children as ASTNode[]).flatMap(flatten) : [])];
}

const LABEL = String.raw`"((?:[\p{L}\p{N} _.,/@+-]|#\d+;)*)"`;
const MERMAID_NODE = new RegExp(String.raw`^ {2}(\w+)\[${LABEL}\]$`, "u");
const MERMAID_EDGE = new RegExp(String.raw`^ {2}(\w+) (?:-->|==>|-\.->)\|${LABEL}\| (\w+)$`, "u");

/**
 * Reads a flowchart by a grammar that is stricter than Mermaid's, whose own parser needs a browser: quoted labels, and
 * in them nothing but letters, digits, harmless marks and entities.
 */
export function parseMermaid(text: string): { readonly edges: number; readonly labels: readonly string[] } {
  const [head, ...lines] = text.trimEnd().split("\n");
  if (head !== "flowchart LR") throw new Error(`no flowchart: ${head}`);
  const nodes = new Map<string, string>();
  let edges = 0;
  for (const line of lines) {
    const node = MERMAID_NODE.exec(line);
    const edge = MERMAID_EDGE.exec(line);
    if (!node && !edge) throw new Error(`neither node nor edge: ${line}`);
    if (node?.[1])
      nodes.set(
        node[1],
        (node[2] ?? "").replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      );
    if (!edge) continue;
    edges++;
    for (const end of [edge[1], edge[3]]) if (!nodes.has(end ?? "")) throw new Error(`no node ${end}`);
  }
  return { edges, labels: [...nodes.values()] };
}

export interface Markdown {
  /** Text of every cell below the headings, by table, row and column. */
  readonly tables: readonly (readonly (readonly string[])[])[];
  /** Contents of fenced blocks, by language. */
  readonly blocks: ReadonlyMap<string, string>;
  /** Everything that is neither code nor markup: where a mention or a link to an issue would count. */
  readonly prose: string;
}

/** Reads Markdown as GitHub does, as HTML in the end. */
export function parseMarkdown(text: string): Markdown {
  const tokens = marked.lexer(text, { gfm: true });
  const tables = tokens.filter((token): token is Tokens.Table => token.type === "table");
  const codes = tokens.filter((token): token is Tokens.Code => token.type === "code");
  const html = marked.parser(tokens).replace(/<!--.*?-->/gs, "");
  return {
    tables: tables.map(({ rows }) =>
      rows.map((row) => row.map(({ tokens: inner }) => textOf(marked.Parser.parseInline(inner)))),
    ),
    blocks: new Map(codes.map(({ lang, text: content }) => [lang ?? "", content])),
    prose: textOf(html.replace(/<(code|pre)[^>]*>.*?<\/\1>/gs, "")),
  };
}

function textOf(html: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (all, number, name) =>
      number ? String.fromCodePoint(Number(number)) : (named[name] ?? all),
    );
}
