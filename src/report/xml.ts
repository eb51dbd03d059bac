import { escapeCharacter } from "./one-line.ts";

/** Own code, because the builders that were tried write line breaks of attributes as they are, which parsers turn into spaces. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements inside, or a text. */
  readonly content?: readonly XmlElement[] | string;
}

export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, "")}`;
}

function element({ name, attributes, content = [] }: XmlElement, indent: string): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${inAttribute(String(value))}"`);
  const open = `${indent}<${name}${listed.join("")}`;
  if (content.length === 0) return `${open}/>\n`;
  if (typeof content === "string") return `${open}>${inText(content)}</${name}>\n`;
  return `${open}>\n${content.map((child) => element(child, `${indent}  `)).join("")}${indent}</${name}>\n`;
}

const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 has no way to write control characters and halves of surrogate pairs: they are shown as `\u{1b}`. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function inText(text: string): string {
  return text
    .replace(NOT_XML, escapeCharacter)
    .replace(/[&<>"]/g, (character) => REFERENCES[character] ?? character)
    .replace(/\r/g, "&#13;");
}

/** Parsers make spaces of the white space in attributes that is no reference. */
function inAttribute(text: string): string {
  return inText(text).replace(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
