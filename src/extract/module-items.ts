import type {
  BindingPattern,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  ModuleExportName,
  Statement as StatementNode,
} from "oxc-parser";
import type { Statement, ValueRef } from "../model/index.ts";
import { addImport, addVariable, type Builder } from "./builder.ts";
import { exportProperties } from "./commonjs.ts";
import { readFunction } from "./declarations.ts";
import type { Scope } from "./scope.ts";

type ModuleItem = Extract<
  StatementNode,
  {
    type:
      | "ImportDeclaration"
      | "ExportNamedDeclaration"
      | "ExportAllDeclaration"
      | "ExportDefaultDeclaration"
      | "TSExportAssignment"
      | "TSImportEqualsDeclaration";
  }
>;

/** Imports and exports. Gives the statements of an exported declaration. */
export function readModuleItem(
  builder: Builder,
  node: ModuleItem,
  scope: Scope,
  readStatement: (node: StatementNode) => Statement[],
): Statement[] {
  switch (node.type) {
    case "ImportDeclaration":
      readImport(builder, node);
      return [];
    case "TSImportEqualsDeclaration":
      if (node.moduleReference.type === "TSExternalModuleReference") {
        const specifier = node.moduleReference.expression.value;
        const index = addImport(builder, { specifier, name: "export=", typeOnly: false, at: node.start });
        nameImport(builder, node.id.name, index);
      }
      return [];
    case "ExportAllDeclaration":
      if (node.exported) {
        const fact = { specifier: node.source.value, name: "*", typeOnly: node.exportKind === "type", at: node.start };
        builder.exports[exportName(node.exported)] = { kind: "import", import: addImport(builder, fact) };
      } else builder.exportStars.push(node.source.value);
      return [];
    case "TSExportAssignment":
      if (node.expression.type === "Identifier") {
        builder.exports["export="] = { kind: "local", name: node.expression.name };
        return [];
      }
      return exportExpression(builder, "export=", node.expression, scope, node.start);
    case "ExportDefaultDeclaration":
      return readDefault(builder, node, scope, readStatement);
    default:
      return readNamedExports(builder, node, readStatement);
  }
}

function exportName(name: ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}

function nameImport(builder: Builder, name: string, index: number): void {
  builder.top.values.set(name, { kind: "import", index });
  builder.top.types.set(name, { kind: "import", index });
}

function readImport(builder: Builder, node: Extract<ModuleItem, { type: "ImportDeclaration" }>): void {
  const specifier = node.source.value;
  if (node.specifiers.length === 0) addImport(builder, { specifier, name: "", typeOnly: false, at: node.source.start });
  for (const part of node.specifiers) {
    const name =
      part.type === "ImportSpecifier"
        ? exportName(part.imported)
        : part.type === "ImportDefaultSpecifier"
          ? "default"
          : "*";
    const typeOnly = node.importKind === "type" || (part.type === "ImportSpecifier" && part.importKind === "type");
    nameImport(builder, part.local.name, addImport(builder, { specifier, name, typeOnly, at: node.source.start }));
  }
}

function readNamedExports(
  builder: Builder,
  node: ExportNamedDeclaration,
  readStatement: (node: StatementNode) => Statement[],
): Statement[] {
  const { declaration } = node;
  if (declaration) {
    const statements = readStatement(declaration);
    const names =
      declaration.type === "VariableDeclaration"
        ? declaration.declarations.flatMap((part) => patternNames(part.id))
        : "id" in declaration && declaration.id && "name" in declaration.id
          ? [declaration.id.name as string]
          : [];
    for (const name of names) builder.exports[name] = { kind: "local", name };
    return statements;
  }
  for (const part of node.specifiers) {
    const local = exportName(part.local);
    builder.exports[exportName(part.exported)] = node.source
      ? {
          kind: "import",
          import: addImport(builder, {
            specifier: node.source.value,
            name: local,
            typeOnly: node.exportKind === "type" || part.exportKind === "type",
            at: node.source.start,
          }),
        }
      : { kind: "local", name: local };
  }
  return [];
}

function readDefault(
  builder: Builder,
  node: ExportDefaultDeclaration,
  scope: Scope,
  readStatement: (node: StatementNode) => Statement[],
): Statement[] {
  const { declaration } = node;
  const exportValue = (ref: ValueRef) => {
    builder.exports.default = { kind: "value", ref };
  };
  switch (declaration.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "FunctionExpression":
    case "TSEmptyBodyFunctionExpression":
      exportValue({ kind: "function", indexes: [readFunction(builder, declaration, scope)] });
      return [];
    case "ClassDeclaration":
    case "ClassExpression":
      exportValue({ kind: "class", index: builder.walk.classLike(builder, declaration, scope) });
      return [];
    case "TSInterfaceDeclaration":
      builder.exports.default = { kind: "local", name: declaration.id.name };
      return readStatement(declaration);
    case "Identifier":
      builder.exports.default = { kind: "local", name: declaration.name };
      return [];
    default:
      return exportExpression(builder, "default", declaration, scope, node.start);
  }
}

/** `export default new Rates()`, `export = new Rates()`: the value gets a variable without a name. */
function exportExpression(
  builder: Builder,
  name: "default" | "export=",
  expression: Expression,
  scope: Scope,
  at: number,
): Statement[] {
  const init = builder.walk.expression(builder, expression, scope);
  if (name === "export=") exportProperties(builder, init);
  const index = addVariable(builder, scope, { name: null, at, constant: true, init });
  builder.exports[name] = { kind: "value", ref: { kind: "variable", index } };
  return [{ kind: "variable", variable: index, at }];
}

function patternNames(pattern: BindingPattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        element ? patternNames(element.type === "RestElement" ? element.argument : element) : [],
      );
    default:
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
  }
}
