import { Node, type SourceFile, type Statement } from "ts-morph";
import { enclosingFunction, type FunctionLike } from "./syntax.ts";

/** Names that can be used in front of a statement: file scope, parameters, constants of the blocks around it. */
export function knownBefore(statement: Statement, caller: FunctionLike): string[] {
  const names = fileNames(statement.getSourceFile());
  for (let node: Node | undefined = statement; node; node = node.getParent()) {
    const parent = node.getParent();
    if (Node.isBlock(parent)) {
      for (const sibling of parent.getStatements()) {
        if (sibling.getEnd() <= statement.getStart()) addBindings(sibling, names);
      }
    }
    if (parent) addHeader(parent, names);
    if (parent && parent === enclosingFunction(node)) addParameters(parent, names);
    if (parent === caller.getParent()) break;
  }
  return [...names];
}

/** Names that a function declares anywhere in it, and those of its file: what a new import could clash with. */
export function declaredNames(caller: FunctionLike): string[] {
  const names = fileNames(caller.getSourceFile());
  for (const node of caller.getDescendants()) {
    if (Node.isVariableDeclaration(node) || Node.isParameterDeclaration(node))
      addIdentifiers(node.getNameNode(), names);
    else if (Node.isFunctionDeclaration(node) || Node.isClassDeclaration(node)) names.add(node.getName() ?? "");
  }
  return [...names];
}

function fileNames(file: SourceFile): Set<string> {
  const names = new Set<string>();
  for (const declaration of file.getImportDeclarations()) {
    for (const part of declaration.getNamedImports()) names.add(part.getAliasNode()?.getText() ?? part.getName());
    for (const part of [declaration.getDefaultImport(), declaration.getNamespaceImport()])
      if (part) names.add(part.getText());
  }
  for (const each of file.getStatements()) addBindings(each, names);
  return names;
}

/** What the head of a loop or a catch clause names. */
function addHeader(node: Node, names: Set<string>): void {
  if (Node.isForOfStatement(node) || Node.isForInStatement(node) || Node.isForStatement(node)) {
    const initializer = node.getInitializer();
    if (initializer) addIdentifiers(initializer, names);
  } else if (Node.isCatchClause(node)) {
    const variable = node.getVariableDeclaration();
    if (variable) names.add(variable.getName());
  }
}

function addParameters(fn: Node, names: Set<string>): void {
  for (const parameter of fn.forEachChildAsArray().filter(Node.isParameterDeclaration))
    addIdentifiers(parameter.getNameNode(), names);
}

/** `let` is left out: its value may have changed by the time the call is made. */
function addBindings(statement: Node, names: Set<string>): void {
  if (Node.isVariableStatement(statement)) {
    const isConstant = statement.getDeclarationKind() === "const" || Node.isSourceFile(statement.getParent());
    if (!isConstant) return;
    for (const declaration of statement.getDeclarations()) addIdentifiers(declaration.getNameNode(), names);
  } else if (
    Node.isFunctionDeclaration(statement) ||
    Node.isClassDeclaration(statement) ||
    Node.isEnumDeclaration(statement)
  ) {
    const name = statement.getName();
    if (name) names.add(name);
  }
}

function addIdentifiers(node: Node, names: Set<string>): void {
  for (const each of [node, ...node.getDescendants()]) if (Node.isIdentifier(each)) names.add(each.getText());
}
