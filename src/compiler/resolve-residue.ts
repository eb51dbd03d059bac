import type { ts } from "ts-morph";
import type { CheckedCall, CheckedCallee, Location } from "../model/index.ts";
import { type Program, relativePath } from "./program.ts";

type Compiler = typeof ts;

interface Asked {
  readonly compiler: Compiler;
  readonly checker: ts.TypeChecker;
  readonly program: Program;
  /** Files whose declarations count: everything else is a library's. */
  readonly own: ReadonlySet<string>;
}

/**
 * Asks the checker what calls mean, each given by its callee's name token. Calls that the checker cannot tell either
 * (the receiver is `any`, the file is not in the program) are missing from the answer.
 */
export async function resolveResidue(
  program: Program,
  residue: readonly Location[],
  ownFiles: readonly string[],
): Promise<CheckedCall[]> {
  const { ts: compiler } = await import("ts-morph");
  const checker = program.project.getTypeChecker().compilerObject;
  const asked: Asked = { compiler, checker, program, own: new Set(ownFiles) };
  return residue.flatMap((location) => {
    const callee = calledMember(asked, location);
    const callees = callee && calleesOf(asked, callee);
    return callees ? [{ location, callees }] : [];
  });
}

interface CalledMember {
  /** The expression or pattern whose type has the member. */
  readonly receiver: ts.Node;
  readonly name: string;
}

/** The member whose name stands at the location, or that the name there was given to. */
function calledMember(asked: Asked, location: Location): CalledMember | null {
  const { compiler, program } = asked;
  const source = program.file(location.file)?.compilerNode;
  const line = source?.getLineStarts()[location.start.line - 1];
  if (!source || line === undefined) return null;
  const position = line + location.start.column - 1;
  const inner = (node: ts.Node): ts.Node | undefined =>
    compiler.forEachChild(node, (child) =>
      child.getStart(source) <= position && position < child.end ? child : undefined,
    );
  let found: ts.Expression | null = null;
  for (let node = inner(source); node; node = inner(node)) {
    const isAtName =
      (compiler.isPropertyAccessExpression(node) && node.name.getStart(source) === position) ||
      (compiler.isElementAccessExpression(node) && node.argumentExpression.getStart(source) === position) ||
      (compiler.isCallExpression(node) && node.expression.getStart(source) === position && found === null);
    if (isAtName) found = compiler.isCallExpression(node) ? node.expression : (node as ts.Expression);
  }
  return found && memberBehind(asked, found, 0);
}

const LONGEST_WAY = 8;

/** `stock.reserve`, and what was made of it: `const { reserve } = stock`, `stock.reserve.bind(stock)`, `….call`. */
function memberBehind(asked: Asked, expression: ts.Expression, steps: number): CalledMember | null {
  const { compiler, checker } = asked;
  if (steps > LONGEST_WAY) return null;
  const go = (next: ts.Expression) => memberBehind(asked, next, steps + 1);
  if (compiler.isParenthesizedExpression(expression) || compiler.isNonNullExpression(expression)) {
    return go(expression.expression);
  }
  if (compiler.isPropertyAccessExpression(expression)) {
    const behind = /^(call|apply|bind)$/.test(expression.name.text) ? go(expression.expression) : null;
    return behind ?? { receiver: expression.expression, name: expression.name.text };
  }
  if (compiler.isElementAccessExpression(expression)) {
    const key = expression.argumentExpression;
    return compiler.isStringLiteralLike(key) ? { receiver: expression.expression, name: key.text } : null;
  }
  if (compiler.isCallExpression(expression)) {
    const { expression: called } = expression;
    return compiler.isPropertyAccessExpression(called) && called.name.text === "bind" ? go(called) : null;
  }
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (!declaration) return null;
  if (compiler.isBindingElement(declaration) && compiler.isObjectBindingPattern(declaration.parent)) {
    const key = declaration.propertyName ?? declaration.name;
    return compiler.isIdentifier(key) ? { receiver: declaration.parent, name: key.text } : null;
  }
  return compiler.isVariableDeclaration(declaration) && declaration.initializer ? go(declaration.initializer) : null;
}

/** Null where the checker cannot tell. */
function calleesOf(asked: Asked, { receiver, name }: CalledMember): CheckedCallee[] | null {
  const { compiler, checker } = asked;
  const receivers = partsOf(asked, checker.getTypeAtLocation(receiver));
  const members = receivers.flatMap((type) => {
    const member = checker.getPropertyOfType(checker.getApparentType(type), name);
    return member ? [{ type, member: unaliased(asked, member) }] : [];
  });
  if (members.length === 0) return null;
  return members.flatMap(({ type, member }): CheckedCallee[] => {
    const declared = declaredIn(asked, member, () => true);
    if (!declared) return [];
    const owner = type.symbol && declaredIn(asked, type.symbol, (node) => isClassOrInterface(compiler, node));
    return [{ name, declared, ...(owner && { receiver: owner }) }];
  });
}

/** The types that a receiver may be: parts of unions and intersections, constraints of type parameters. */
function partsOf(asked: Asked, type: ts.Type): readonly ts.Type[] {
  const { compiler, checker } = asked;
  if (type.flags & compiler.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? partsOf(asked, constraint) : [];
  }
  return type.isUnionOrIntersection() ? type.types.flatMap((part) => partsOf(asked, part)) : [type];
}

function unaliased({ compiler, checker }: Asked, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isClassOrInterface(compiler: Compiler, node: ts.Node): boolean {
  return compiler.isClassLike(node) || compiler.isInterfaceDeclaration(node);
}

function declaredIn(asked: Asked, symbol: ts.Symbol, fits: (node: ts.Node) => boolean): Location | null {
  const { own, program } = asked;
  for (const declaration of symbol.declarations ?? []) {
    const source = declaration.getSourceFile();
    const file = relativePath(program, source.fileName);
    if (!own.has(file) || !fits(declaration)) continue;
    const place = (offset: number) => {
      const { line, character } = source.getLineAndCharacterOfPosition(offset);
      return { line: line + 1, column: character + 1 };
    };
    return { file, start: place(declaration.getStart(source)), end: place(declaration.end) };
  }
  return null;
}
