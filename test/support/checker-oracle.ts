import path from "node:path";
import ts from "typescript";

/** A call expression with what the TypeScript checker says it calls. */
export interface CheckedCall {
  readonly file: string;
  /** Of the callee's name token, 1-based. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** Own files that declare the callee, inherited members under the receiver's declared type. */
  readonly declaredIn: readonly string[];
  /** The callee is a local name that was given to it (`const { reserve } = stock`): finding it is right, and not asked. */
  readonly renamed: boolean;
  /** To the checker it is `any`, which says nothing about what the linker found: types of libraries are missing, say. */
  readonly isAny: boolean;
}

export interface OracleOptions {
  /** Absolute path. */
  readonly root: string;
  /** Relative to the root. */
  readonly tsconfig: string | null;
  /** Own code, relative to the root: the files whose calls are asked for and whose declarations count. */
  readonly files: readonly string[];
}

/**
 * Every named call of own code, by the checker alone: the other opinion that the linker is measured against. Shares no
 * code with the tool, on purpose.
 */
export function checkedCalls(options: OracleOptions): CheckedCall[] {
  const projects = options.tsconfig === null ? [] : referencedProjects(options.root, options.tsconfig);
  const left = new Set(options.files);
  const asked = projects.map((project) => {
    const files = options.files.filter((file) => left.has(file) && project.files.has(file));
    for (const file of files) left.delete(file);
    return callsOf({ ...options, tsconfig: project.tsconfig }, files);
  });
  return [...asked.flat(), ...callsOf(options, [...left])];
}

interface ReferencedProject {
  readonly tsconfig: string;
  readonly files: ReadonlySet<string>;
}

/** Projects that a tsconfig refers to, to any depth: each reads its own files by its own settings. */
function referencedProjects(root: string, tsconfig: string, seen = new Set([tsconfig])): ReferencedProject[] {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(root, tsconfig), {}, host);
  return (parsed?.projectReferences ?? []).flatMap((reference) => {
    const file = path.relative(root, ts.resolveProjectReferencePath(reference));
    if (seen.has(file) || !ts.sys.fileExists(path.join(root, file))) return [];
    seen.add(file);
    const names = ts.getParsedCommandLineOfConfigFile(path.join(root, file), {}, host)?.fileNames ?? [];
    const files = new Set(names.map((name) => path.relative(root, name)));
    return [{ tsconfig: file, files }, ...referencedProjects(root, file, seen)];
  });
}

/** The calls of some of the files. */
function callsOf(options: OracleOptions, files: readonly string[]): CheckedCall[] {
  if (files.length === 0) return [];
  const program = createProgram(options);
  const checker = program.getTypeChecker();
  programs.set(checker, program);
  const own = new Set(options.files);
  const calls: CheckedCall[] = [];
  for (const file of files) {
    const source = program.getSourceFile(path.join(options.root, file));
    if (!source) throw new Error(`the checker did not read ${file}`);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && !ts.isDecorator(node.parent)) {
        const call = checkCall(checker, options.root, own, source, file, node);
        if (call) calls.push(call);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return calls;
}

function createProgram({ root, tsconfig, files }: OracleOptions): ts.Program {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed =
    tsconfig === null ? undefined : ts.getParsedCommandLineOfConfigFile(path.join(root, tsconfig), {}, host);
  const ambient = (parsed?.fileNames ?? []).filter((name) => /\.d\.[cm]?ts$/.test(name));
  const rootNames = [...files.map((file) => path.join(root, file)), ...ambient];
  const fallback = { strict: true, experimentalDecorators: true, noEmit: true };
  const settings = parsed?.options ?? fallback;
  const compilerHost = ts.createCompilerHost(settings, true);
  const read = compilerHost.getSourceFile;
  compilerHost.getSourceFile = (name, how, ...rest) => {
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(name)) return read(name, how, ...rest);
    const key = `${name} ${typeof how === "object" ? how.languageVersion : how}`;
    if (!libraryFiles.has(key)) libraryFiles.set(key, read(name, how, ...rest));
    return libraryFiles.get(key);
  };
  return ts.createProgram({ rootNames, options: settings, host: compilerHost });
}

/** The language's own declarations: parsed once for all programs, as they are most of a fixture's. */
const libraryFiles = new Map<string, ts.SourceFile | undefined>();

function checkCall(
  checker: ts.TypeChecker,
  root: string,
  own: ReadonlySet<string>,
  source: ts.SourceFile,
  file: string,
  node: ts.CallExpression,
): CheckedCall | null {
  const callee = withoutWrappers(node.expression);
  const name = nameOf(callee) ?? (boundMethod(callee) ? callee : null);
  if (!name) return null;
  const meant = originOf(checker, callee);
  const declaredIn = new Set<string>();
  for (const { owner, member } of meant.members) {
    const direct = declarationFile(root, own, member && unaliased(checker, member));
    const file = direct && (declarationFile(root, own, owner) ?? direct);
    if (file) declaredIn.add(file);
  }
  const isAny = (checker.getTypeAtLocation(callee).flags & ts.TypeFlags.Any) !== 0;
  if (declaredIn.size === 0 && !isAny) return null;
  const { line, character } = source.getLineAndCharacterOfPosition(name.getStart(source));
  const text = callee.getText(source).replace(/\s+/g, " ");
  const place = { file, line: line + 1, column: character + 1, text };
  return { ...place, declaredIn: [...declaredIn], renamed: meant.renamed, isAny };
}

interface Meant {
  readonly members: readonly FoundMember[];
  readonly renamed: boolean;
}

/** What an expression that is called stands for, followed through local names. */
function originOf(checker: ts.TypeChecker, expression: ts.Expression): Meant {
  const callee = withoutWrappers(expression);
  if (ts.isPropertyAccessExpression(callee) && /^(call|apply|bind)$/.test(callee.name.text)) {
    const isFunction = checker.getTypeAtLocation(callee.expression).getCallSignatures().length > 0;
    if (isFunction) return { ...originOf(checker, callee.expression), renamed: true };
  }
  const bound = boundMethod(callee);
  if (bound) return { ...originOf(checker, bound), renamed: true };
  const name = nameOf(callee);
  if (!name) return { members: [], renamed: false };
  if (!ts.isIdentifier(callee)) {
    const receiver = (callee as ts.PropertyAccessExpression).expression;
    const required = requiredMember(checker, receiver, name.text);
    if (required) return { members: [{ owner: undefined, member: required }], renamed: true };
    return { members: membersOf(checker, receiver, name.text), renamed: false };
  }
  const symbol = checker.getSymbolAtLocation(callee);
  const behind = symbol?.valueDeclaration && behindName(checker, symbol.valueDeclaration);
  return behind && behind.length > 0
    ? { members: behind, renamed: true }
    : { members: [{ owner: undefined, member: symbol }], renamed: false };
}

/** `const reports = require("../reports")`: `any` to the checker in TypeScript files, and still that file's exports. */
function requiredMember(checker: ts.TypeChecker, receiver: ts.Expression, name: string): ts.Symbol | undefined {
  const declaration = ts.isIdentifier(receiver) && checker.getSymbolAtLocation(receiver)?.valueDeclaration;
  const from = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : receiver;
  const isRequire = from && ts.isCallExpression(from) && from.expression.getText() === "require";
  const [specifier] = isRequire ? from.arguments : [];
  if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return undefined;
  const base = path.resolve(path.dirname(specifier.getSourceFile().fileName), specifier.text);
  const file = [`${base}.ts`, `${base}/index.ts`].map((candidate) => programs.get(checker)?.getSourceFile(candidate));
  const module = file.find((candidate) => candidate !== undefined);
  return module && checker.getSymbolAtLocation(module)?.exports?.get(ts.escapeLeadingUnderscores(name));
}

/** The program of a checker. */
const programs = new WeakMap<ts.TypeChecker, ts.Program>();

/** What a constant was made from, where it is another name of a method or function. */
function behindName(checker: ts.TypeChecker, declaration: ts.Declaration): readonly FoundMember[] {
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  if (ts.isBindingElement(declaration) && ts.isObjectBindingPattern(declaration.parent)) {
    const home = patternOwner(declaration);
    if (!isConstant && !ts.isParameter(home)) return [];
    const key = declaration.propertyName ?? declaration.name;
    if (!ts.isIdentifier(key)) return [];
    const from = ts.isVariableDeclaration(home) ? home.initializer : undefined;
    const required = from && requiredMember(checker, from, key.text);
    if (required) return [{ owner: undefined, member: required }];
    return membersOf(checker, declaration.parent, key.text);
  }
  if (!isConstant) return [];
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !declaration.initializer) return [];
  const from = withoutWrappers(declaration.initializer);
  const isName = ts.isPropertyAccessExpression(from) || ts.isIdentifier(from);
  if (isName) return originOf(checker, from).members;
  const isBound =
    ts.isCallExpression(from) && ts.isPropertyAccessExpression(from.expression) && from.expression.name.text === "bind";
  return isBound ? originOf(checker, from.expression).members : [];
}

/** The variable or parameter that a destructured name is a part of. */
function patternOwner(element: ts.BindingElement): ts.VariableDeclaration | ts.ParameterDeclaration {
  const owner = element.parent.parent;
  return ts.isBindingElement(owner) ? patternOwner(owner) : owner;
}

/** The method behind `stock.reserve.bind(stock)`, where that is called at once. */
function boundMethod(callee: ts.Expression): ts.Expression | null {
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return null;
  return callee.expression.name.text === "bind" ? callee.expression.expression : null;
}

function withoutWrappers(node: ts.Expression): ts.Expression {
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isNonNullExpression(current)) current = current.expression;
  return current;
}

function nameOf(callee: ts.Expression): ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike | null {
  if (ts.isIdentifier(callee)) return callee;
  if (ts.isPropertyAccessExpression(callee)) return callee.name;
  if (ts.isElementAccessExpression(callee) && ts.isStringLiteralLike(callee.argumentExpression)) {
    return callee.argumentExpression;
  }
  return null;
}

interface FoundMember {
  /** The class or interface that the receiver is declared as. */
  readonly owner: ts.Symbol | undefined;
  readonly member: ts.Symbol | undefined;
}

function membersOf(checker: ts.TypeChecker, receiver: ts.Node, name: string): FoundMember[] {
  return parts(checker, checker.getTypeAtLocation(receiver)).flatMap((type) => {
    const member = checker.getPropertyOfType(checker.getApparentType(type), name);
    if (!member) return [];
    const owner = ownerOf(checker, type);
    return [{ owner, member }];
  });
}

const SELECTION = /^(Pick|Omit|Partial|Required|Readonly)$/;

/** The class or interface that a type is, or that it is a selection of: `Pick<OrdersService, "place">`. */
function ownerOf(checker: ts.TypeChecker, type: ts.Type): ts.Symbol | undefined {
  const { aliasSymbol, aliasTypeArguments } = type;
  const selected = aliasSymbol && SELECTION.test(aliasSymbol.name) ? aliasTypeArguments?.[0] : undefined;
  const written = aliasSymbol?.declarations?.find(ts.isTypeAliasDeclaration)?.type;
  const isNamed = written && ts.isTypeReferenceNode(written) && SELECTION.test(written.typeName.getText());
  const [from] = isNamed ? (written.typeArguments ?? []) : [];
  const { symbol } = selected ?? (from ? checker.getTypeFromTypeNode(from) : type);
  return symbol && symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface) ? symbol : undefined;
}

function parts(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint ? parts(checker, constraint) : [];
  }
  return type.isUnionOrIntersection() ? type.types.flatMap((part) => parts(checker, part)) : [type];
}

function unaliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function declarationFile(root: string, own: ReadonlySet<string>, symbol: ts.Symbol | undefined): string | undefined {
  return symbol?.declarations
    ?.map((declaration) => path.relative(root, declaration.getSourceFile().fileName).split(path.sep).join("/"))
    .find((file) => own.has(file));
}
