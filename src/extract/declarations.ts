import type { Function as FunctionNode, Statement as StatementNode, TSInterfaceDeclaration } from "oxc-parser";
import type { AliasFact, InterfaceFact, Statement } from "../model/index.ts";
import type { Builder, Draft } from "./builder.ts";
import { heritageType } from "./classes.ts";
import { createScope, type Scope } from "./scope.ts";
import { readMembers, readType, typeParameters } from "./types.ts";

export type DeclarationNode = Extract<
  StatementNode,
  {
    type:
      | FunctionNode["type"]
      | "ClassDeclaration"
      | "ClassExpression"
      | "TSInterfaceDeclaration"
      | "TSTypeAliasDeclaration"
      | "TSEnumDeclaration"
      | "TSModuleDeclaration";
  }
>;

type ReadStatement = (node: StatementNode, scope: Scope) => Statement[];

/** Declares what the node names; gives the statements that run (a namespace has some). */
export function readDeclaration(
  builder: Builder,
  node: DeclarationNode,
  scope: Scope,
  readStatement: ReadStatement,
): Statement[] {
  switch (node.type) {
    case "ClassDeclaration":
    case "ClassExpression":
      builder.walk.classLike(builder, node, scope);
      return [];
    case "TSInterfaceDeclaration":
      readInterface(builder, node, scope);
      return [];
    case "TSTypeAliasDeclaration": {
      const index = builder.aliases.length;
      const inner = createScope(scope);
      const fact: Draft<AliasFact> = { name: node.id.name, typeParameters: [], type: { kind: "any" } };
      builder.aliases.push(fact);
      scope.types.set(node.id.name, { kind: "alias", index });
      fact.typeParameters = typeParameters(builder, node.typeParameters, inner);
      fact.type = readType(builder, node.typeAnnotation, inner);
      return [];
    }
    case "TSEnumDeclaration":
      scope.values.set(node.id.name, { kind: "enum", name: node.id.name });
      scope.types.set(node.id.name, { kind: "enum", name: node.id.name });
      return [];
    case "TSModuleDeclaration":
      return readNamespace(builder, node, scope, readStatement);
    default:
      readFunction(builder, node, scope);
      return [];
  }
}

/** A function declaration; overloads share one name and are kept in order. Returns the index. */
export function readFunction(builder: Builder, node: FunctionNode, scope: Scope): number {
  const name = node.id?.name ?? null;
  const existing = name === null ? undefined : scope.values.get(name);
  const indexes = existing?.kind === "function" ? [...existing.indexes] : [];
  if (name !== null) scope.values.set(name, { kind: "function", indexes });
  const role = {
    name,
    at: (node.id ?? node).start,
    kind: "function",
    class: -1,
    static: false,
    decorators: [],
  } as const;
  const index = builder.walk.callable(builder, node, scope, role);
  indexes.push(index);
  return index;
}

function readInterface(builder: Builder, node: TSInterfaceDeclaration, scope: Scope): void {
  const { name } = node.id;
  const earlier = scope.types.get(name);
  const index = builder.interfaces.length;
  const inner = createScope(scope);
  const mergedWith = earlier?.kind === "class" || earlier?.kind === "interface" ? earlier : undefined;
  const fact: Draft<InterfaceFact> = { name, at: node.id.start, typeParameters: [], extends: [], members: {} };
  builder.interfaces.push(fact);
  if (mergedWith?.kind === "class") {
    const owner = builder.classes[mergedWith.index];
    if (owner) owner.merged = [...owner.merged, index];
  } else scope.types.set(name, { kind: "interface", index });
  fact.typeParameters = typeParameters(builder, node.typeParameters, inner);
  fact.extends = node.extends.map((clause) => heritageType(builder, clause.expression, clause, inner));
  fact.members = readMembers(builder, node.body.body, inner);
  if (mergedWith?.kind === "interface") fact.mergedWith = mergedWith;
}

function readNamespace(
  builder: Builder,
  node: Extract<DeclarationNode, { type: "TSModuleDeclaration" }>,
  scope: Scope,
  readStatement: ReadStatement,
): Statement[] {
  if (!node.body || !("body" in node.body)) return [];
  const inner = createScope(scope, true);
  const index = builder.namespaces.length;
  const augmented = node.kind === "global" ? "" : node.id.type === "Literal" ? node.id.value : null;
  const name = augmented ?? (node.id.type === "Identifier" ? node.id.name : null);
  if (name === null) return [];
  const fact = { name, values: {}, types: {} };
  builder.namespaces.push(fact);
  if (augmented !== null) builder.augmentations.push({ module: augmented, namespace: index });
  else {
    scope.values.set(name, { kind: "namespace", index });
    scope.types.set(name, { kind: "namespace", index });
  }
  const statements = (node.body.body as StatementNode[]).flatMap((item) => {
    const declared = item.type === "ExportNamedDeclaration" && item.declaration ? item.declaration : item;
    return readStatement(declared, inner);
  });
  fact.values = Object.fromEntries(inner.values);
  fact.types = Object.fromEntries(inner.types);
  return statements;
}
