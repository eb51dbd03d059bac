import type {
  CallGraph,
  CallSiteFact,
  CallTarget,
  CheckedCall,
  Declaration,
  Expr,
  FileFacts,
  FunctionId,
} from "../model/index.ts";
import { calledExpression, isMissingImport } from "./called-expression.ts";
import { checkedDeclarations, checkedKey, indexCheckedCalls } from "./checked-callees.ts";
import { createWorld, type ResolveSpecifier } from "./create-world.ts";
import { indexDeclaredNames } from "./declared-names.ts";
import { classKey, createHierarchy, type Hierarchy, interfaceKey } from "./hierarchy.ts";
import { importTarget } from "./imports.ts";
import { parentOf } from "./instances.ts";
import { madeFunctions } from "./made-functions.ts";
import { declarationsOf } from "./members.ts";
import { unresolvedReason } from "./residue.ts";
import { createStandIns, type StandIn, type StandIns } from "./stand-ins.ts";
import { viaOf } from "./via.ts";
import type { LibraryType, LinkedFile, MemberDeclaration, Type, World } from "./world.ts";

/**
 * Links the facts of all files: what each call site calls, and the residue that could not be told. What the checker
 * said about an earlier residue stands where it said something.
 */
export function link(
  files: readonly FileFacts[],
  resolveSpecifier: ResolveSpecifier,
  checked: readonly CheckedCall[] = [],
): CallGraph {
  const world = createWorld(files, resolveSpecifier);
  const behind: Behind = { hierarchy: createHierarchy(world), standIns: createStandIns(world) };
  const declaredNames = indexDeclaredNames(world);
  const answers = indexCheckedCalls(world, checked);
  const targets: Record<string, CallTarget[]> = {};
  for (const file of world.files.values()) {
    targets[file.facts.path] = file.facts.calls.map((site) => {
      const target = linkCall(world, behind, file, site, declaredNames);
      const answer = target.unresolved && answers.get(checkedKey(file, site.at));
      return answer ? answered(world, behind, target, answer) : target;
    });
  }
  return { files, targets, declaredNames, brokenImports: findBrokenImports(world) };
}

/** What stands behind interfaces and abstract members. */
interface Behind {
  readonly hierarchy: Hierarchy;
  readonly standIns: StandIns;
}

const NOTHING_BEHIND: Behind = {
  hierarchy: { below: () => [], objectsBehind: () => [] },
  standIns: { of: () => [] },
};

function answered(world: World, behind: Behind, target: CallTarget, answer: CheckedCall): CallTarget {
  const { unresolved: _, candidates: __, ...known } = target;
  const found = answer.callees.flatMap((callee) => checkedDeclarations(world, callee));
  return found.length > 0 ? describe(world, behind, found, null, target.via) : known;
}

function linkCall(
  world: World,
  behind: Behind,
  file: LinkedFile,
  site: CallSiteFact,
  declaredNames: Readonly<Record<string, readonly string[]>>,
): CallTarget {
  const callee = calledExpression(world, file, site.callee);
  const via = viaOf(world, file, site, callee);
  if (isMissingImport(world, file, callee)) {
    return { declarations: [], bodies: [], via, unresolved: "import-not-found" };
  }
  if (callee.kind === "index") return linkComputed(world, file, callee, via);
  if (callee.kind === "member") return linkMember(world, behind, file, callee, via, declaredNames);
  if (callee.kind === "super") {
    const parent = world.valueOf(file, callee);
    const bodies = parent?.kind === "instance" ? constructorBodies(world, parent.file, parent.class) : [];
    return { declarations: [], bodies, via };
  }
  const found = callee.kind === "name" ? declarationsOf(world, file, callee.ref) : [];
  const type = world.valueOf(file, callee);
  const isParameter = callee.kind === "name" && callee.ref.kind === "variable" && isParameterOf(file, callee.ref.index);
  const library = libraryTarget(type);
  if (isParameter && type?.kind !== "function") {
    // `sql.begin((tx) => tx`…`)`: what a library hands to a callback is the library's.
    return { declarations: [], bodies: [], via: "callback", ...(library && library.package !== "" && { library }) };
  }
  const target = describe(world, behind, found, type, via);
  return library ? { ...target, library } : target;
}

function linkMember(
  world: World,
  behind: Behind,
  file: LinkedFile,
  callee: Extract<Expr, { kind: "member" }>,
  via: CallTarget["via"],
  declaredNames: Readonly<Record<string, readonly string[]>>,
): CallTarget {
  const receiver = world.valueOf(file, callee.object);
  const member = world.member(receiver, callee.name);
  const found = member?.declarations ?? [];
  const type = member?.type() ?? null;
  // `super.place()` means the parent's own body, whatever overrides it.
  const below = callee.object.kind === "super" ? NOTHING_BEHIND : behind;
  if (found.length > 0) return describe(world, below, found, type, isAssumed(receiver) ? "dynamic" : via);
  const library = inherited(libraryTarget(type), receiver);
  const reason = Object.hasOwn(declaredNames, callee.name)
    ? unresolvedReason(world, receiver, callee.name, member !== null)
    : undefined;
  const open = reason && { unresolved: reason, candidates: declaredNames[callee.name] ?? [] };
  return { declarations: [], bodies: [], via, ...(library && { library }), ...open };
}

/** Whether own members of a value are only taken to be there, as a call was given them. */
function isAssumed(type: Type | null): boolean {
  if (type?.kind === "union") return type.types.some(isAssumed);
  return type?.kind === "intersection" && type.assumed === true;
}

/** `service[name]()`: which member is meant cannot be told, but whose member it is often can. */
function linkComputed(
  world: World,
  file: LinkedFile,
  callee: Extract<Expr, { kind: "index" }>,
  via: CallTarget["via"],
): CallTarget {
  const receiver = world.valueOf(file, callee.object);
  const value = world.valueOf(file, callee);
  const library = libraryTarget(value);
  const bodies = value ? typeBodies(value) : [];
  const target = { declarations: [], bodies, via, ...(library && { library }) };
  switch (receiver?.kind) {
    case "instance":
    case "class":
    case "interface":
    case "namespace":
      return { ...target, unresolved: "computed-name", candidates: [receiver.file.facts.path] };
    default:
      return target;
  }
}

function isParameterOf(file: LinkedFile, variable: number): boolean {
  return file.facts.variables[variable]?.parameter !== undefined;
}

function describe(
  world: World,
  { hierarchy, standIns }: Behind,
  found: readonly MemberDeclaration[],
  type: Type | null,
  via: CallTarget["via"],
): CallTarget {
  const seen = new Set<string>();
  const declarations: Declaration[] = [];
  const bodies = new Map<string, FunctionId>();
  const addBodies = (ids: readonly FunctionId[]) => {
    for (const id of ids) bodies.set(`${id.file}:${id.index}`, id);
  };
  for (const declaration of found) {
    const key = `${declaration.file.id}:${declaration.at}:${declaration.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const overriding = implementations(world, hierarchy, declaration);
    const direct = ownBodies(declaration.inheritedFrom ?? declaration);
    addBodies(direct);
    for (const other of overriding) addBodies(ownBodies(other));
    const standing = direct.length === 0 ? standIns.of(declaration) : [];
    for (const { functions } of standing) addBodies(functions);
    const isAbstract = declaration.kind === "interface" || declaration.kind === "abstract";
    declarations.push({
      file: declaration.file.facts.path,
      symbol: symbolOf(declaration),
      kind: declaration.kind,
      at: declaration.at,
      ...(declaration.holdsFunction && { holdsFunction: true }),
      implementations: isAbstract
        ? [...overriding.map(placeOf), ...keptBehind(declaration, standing), ...namedByType(declaration, type)]
        : [],
    });
  }
  if (bodies.size === 0 && type) addBodies(typeBodies(type));
  for (const declaration of found) {
    const { inheritedFrom = declaration } = declaration;
    if (inheritedFrom.functions.length === 0) addBodies(madeFunctions(world, inheritedFrom));
  }
  if (bodies.size === 0 && type?.kind === "class") addBodies(constructorBodies(world, type.file, type.class));
  return { declarations, bodies: [...bodies.values()], via };
}

function placeOf(declaration: MemberDeclaration): Declaration["implementations"][number] {
  return { file: declaration.file.facts.path, symbol: symbolOf(declaration) };
}

/** Whether an object is there for what it does, as against data with a function among it. */
function isPort({ inheritedFrom, siblings = inheritedFrom?.siblings }: MemberDeclaration): boolean {
  return Object.values(siblings ?? {}).every(({ kind, type }) => kind === "method" || type?.kind === "function");
}

/** Functions of objects that somebody keeps, where the type is a port. */
function keptBehind(declaration: MemberDeclaration, standing: readonly StandIn[]): Declaration["implementations"] {
  const kept = standing.filter((standIn) => standIn.kept);
  if (kept.length === 0 || !isPort(declaration)) return [];
  return kept.flatMap(({ functions, symbol }) => functions.map(({ file }) => ({ file, symbol })));
}

/** `createInvoice: CreateInvoice`, where that type is the one of a known function: `ReturnType<typeof makeCreateInvoice>`. */
function namedByType({ holdsFunction, name }: MemberDeclaration, type: Type | null): Declaration["implementations"] {
  if (!holdsFunction || !type) return [];
  return typeBodies(type).map(({ file }) => ({ file, symbol: name }));
}

function symbolOf(declaration: MemberDeclaration): string {
  return declaration.owner ? `${declaration.owner}.${declaration.name}` : declaration.name;
}

/** The same member in every class below the type that declares it. */
function implementations(
  world: World,
  hierarchy: Hierarchy,
  declaration: MemberDeclaration,
): readonly MemberDeclaration[] {
  const key =
    declaration.interface !== undefined
      ? interfaceKey(declaration.file, declaration.interface)
      : declaration.class !== undefined
        ? classKey(declaration.file, declaration.class)
        : null;
  if (key === null) return [];
  const found = hierarchy
    .objectsBehind(key)
    .flatMap((object) => world.member(object, declaration.name)?.declarations ?? []);
  for (const child of hierarchy.below(key)) {
    const member = world.member({ kind: "instance", file: child.file, class: child.class, env: {} }, declaration.name);
    for (const candidate of member?.declarations ?? []) {
      if (candidate.kind !== "abstract" && candidate.kind !== "interface")
        found.push(candidate.inheritedFrom ?? candidate);
    }
  }
  return found;
}

function ownBodies(declaration: MemberDeclaration): FunctionId[] {
  const { facts } = declaration.file;
  return declaration.functions
    .filter((index) => facts.functions[index]?.body !== undefined)
    .map((index) => ({ file: facts.path, index }));
}

function typeBodies(type: Type): FunctionId[] {
  if (type.kind === "union") return type.types.flatMap(typeBodies);
  if (type.kind !== "function") return [];
  const { facts } = type.file;
  return type.functions.filter((index) => facts.functions[index]?.body).map((index) => ({ file: facts.path, index }));
}

/** The constructor that `new` runs: a class without one of its own runs its parent's. */
function constructorBodies(world: World, file: LinkedFile, owner: number, depth = 0): FunctionId[] {
  const index = file.facts.classes[owner]?.constructorFunction ?? -1;
  if (index >= 0) return [{ file: file.facts.path, index }];
  const parent = depth < 10 ? parentOf(world, file, owner, {}) : null;
  return parent?.kind === "instance" ? constructorBodies(world, parent.file, parent.class, depth + 1) : [];
}

/** A library's member; of several that it may be (overloads, `tx ?? this.client`), the one that says most. */
function libraryTarget(type: Type | null): CallTarget["library"] {
  const parts = type?.kind === "union" ? type.types : [type];
  const targets = parts
    .filter((part): part is LibraryType => part?.kind === "library")
    .sort((left, right) => left.path.length - right.path.length)
    .map(targetOf);
  return targets.find((target) => target.typeArgs.some((name) => name !== "")) ?? targets[0];
}

function targetOf(type: LibraryType): NonNullable<CallTarget["library"]> {
  const typeArgs = type.args.map((argument) => typeName(argument));
  return { package: type.package, export: type.export, path: type.path, typeArgs };
}

/** Says whose member it is, where a class of own code has it from the library. */
function inherited(library: CallTarget["library"], receiver: Type | null): CallTarget["library"] {
  const isOwn = receiver?.kind === "instance" || receiver?.kind === "class";
  const heir = isOwn ? typeName(receiver) : "";
  return library && heir !== "" ? { ...library, heir } : library;
}

/** A class or interface name for people and for entity names; "" where there is none. */
export function typeName(type: Type | null): string {
  switch (type?.kind) {
    case "instance":
    case "class":
      return type.file.facts.classes[type.class]?.name ?? "";
    case "interface":
      return type.file.facts.interfaces[type.interface]?.name ?? "";
    case "array":
      return typeName(type.element);
    case "library":
      return type.export;
    default:
      return "";
  }
}

function findBrokenImports(world: World): CallGraph["brokenImports"] {
  const broken: { file: string; specifier: string; at: number }[] = [];
  for (const file of world.files.values()) {
    const seen = new Set<string>();
    file.facts.imports.forEach((fact, index) => {
      if (seen.has(fact.specifier) || world.resolve(file, fact.specifier) !== undefined) return;
      seen.add(fact.specifier);
      if (importTarget(world, file, index).kind !== "own") {
        broken.push({ file: file.facts.path, specifier: fact.specifier, at: fact.at });
      }
    });
  }
  return broken;
}
