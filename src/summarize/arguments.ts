import type { ArgumentFact, CallSiteFact, CallTarget, Expr, FileFacts, TypeExpr, TypeRef } from "../model/index.ts";
import type { Analysis } from "./summary.ts";

/** The arguments of a call as the callee names and types them; where it does not, as the caller writes them. */
export function argumentFacts(
  analysis: Analysis,
  file: FileFacts,
  site: CallSiteFact,
  target: CallTarget,
): readonly ArgumentFact[] {
  const body = target.bodies[0];
  const home = body && analysis.facts.get(body.file);
  const parameters = (body && home?.functions[body.index]?.parameters) ?? [];
  return site.args.map((argument, position): ArgumentFact => {
    const parameter = home?.variables[parameters[position] ?? -1];
    const type = parameter?.type;
    return {
      name: parameter?.name ?? argumentName(file, argument) ?? `argument${position + 1}`,
      type: type && home ? typeText(home, type) : literalType(argument),
      serializable: argument.kind !== "function" && (!type || !home || isSerializable(home, type)),
    };
  });
}

function argumentName(file: FileFacts, value: Expr): string | null {
  if (value.kind === "member") return value.name;
  if (value.kind === "name" && value.ref.kind === "variable") return file.variables[value.ref.index]?.name ?? null;
  return null;
}

function literalType(value: Expr): string {
  if (value.kind === "literal") return value.value === null ? "null" : typeof value.value;
  if (value.kind === "template") return "string";
  if (value.kind === "array") return "array";
  if (value.kind === "object") return "object";
  return value.kind === "function" ? "function" : "unknown";
}

const LIVE =
  /^(EntityManager|QueryRunner|DataSource|Request|Response|Stream|Readable|Writable|Buffer|Socket|Transaction|TransactionClient|AbortSignal|Function)$/;

/** False for what cannot travel: functions, streams, requests, transactions. */
function isSerializable(file: FileFacts, type: TypeExpr): boolean {
  switch (type.kind) {
    case "function":
    case "constructor":
      return false;
    case "array":
      return isSerializable(file, type.element);
    case "union":
      return type.types.every((part) => isSerializable(file, part));
    case "ref":
      return !LIVE.test(refName(file, type.ref)) && (type.args ?? []).every((part) => isSerializable(file, part));
    case "object":
      return Object.values(type.members).every(
        (member) => member.kind === "property" && (!member.type || isSerializable(file, member.type)),
      );
    default:
      return true;
  }
}

function refName(file: FileFacts, ref: TypeRef): string {
  switch (ref.kind) {
    case "class":
      return file.classes[ref.index]?.name ?? "";
    case "interface":
      return file.interfaces[ref.index]?.name ?? "";
    case "alias":
      return file.aliases[ref.index]?.name ?? "";
    case "parameter":
      return file.typeParameters[ref.index]?.name ?? "";
    case "import":
      return file.imports[ref.index]?.name ?? "";
    case "namespace":
      return file.namespaces[ref.index]?.name ?? "";
    default:
      return ref.name;
  }
}

/** A written type, shortened: for people, not for compilers. */
export function typeText(file: FileFacts, type: TypeExpr, depth = 0): string {
  const text = (inner: TypeExpr) => typeText(file, inner, depth + 1);
  if (depth > 3) return "…";
  switch (type.kind) {
    case "ref": {
      const args = type.args?.length ? `<${type.args.map(text).join(", ")}>` : "";
      return refName(file, type.ref) + args;
    }
    case "array":
      return `${text(type.element)}[]`;
    case "tuple":
      return `[${type.elements.map(text).join(", ")}]`;
    case "union":
      return type.types.map(text).join(" | ");
    case "intersection":
      return type.types.map(text).join(" & ");
    case "object": {
      const members = Object.entries(type.members).map(
        ([name, member]) => `${name}: ${member.type ? text(member.type) : "…"}`,
      );
      return members.length > 6 ? `{ ${members.slice(0, 6).join("; ")}; … }` : `{ ${members.join("; ")} }`;
    }
    case "literal":
      return JSON.stringify(type.value);
    case "keyword":
      return type.name;
    case "any":
      return "any";
    case "function":
      return "(…) => …";
    default:
      return type.kind;
  }
}
