import type {
  CallSiteFact,
  Expr,
  FileFacts,
  Signature,
  SignatureMember,
  TypeExpr,
  TypeRef,
  ValueRef,
} from "../model/index.ts";

/** Type arguments in force, by `file:parameter`. */
export type Env = Readonly<Record<string, Type>>;
export const NO_ENV: Env = {};

/** One file among all the others, with what was worked out about it so far. */
export interface LinkedFile {
  readonly facts: FileFacts;
  readonly id: number;
  /** Types of variables; null while being worked out and where nothing is known. */
  readonly variableTypes: (Type | null | undefined)[];
  readonly returnTypes: Map<number, Type | null>;
  readonly exportCache: Map<string, Target | null>;
  /** By index of the import. */
  readonly importCache: (Target | undefined)[];
}

/** What an imported or exported name stands for. */
export type Target =
  | { readonly kind: "own"; readonly file: LinkedFile; readonly value?: ValueRef; readonly type?: TypeRef }
  | { readonly kind: "namespace"; readonly file: LinkedFile }
  | { readonly kind: "library"; readonly package: string; readonly name: string }
  | { readonly kind: "missing" };

/**
 * What the linker knows of a value: enough to find the declaration of a member. Not a type checker: no assignability,
 * unions over-approximate, and null means "cannot tell", which becomes residue and never a guess.
 */
export type Type =
  | { readonly kind: "instance"; readonly file: LinkedFile; readonly class: number; readonly env: Env }
  | { readonly kind: "class"; readonly file: LinkedFile; readonly class: number; readonly env?: Env }
  | { readonly kind: "interface"; readonly file: LinkedFile; readonly interface: number; readonly env: Env }
  | {
      readonly kind: "members";
      readonly file: LinkedFile;
      readonly members: Readonly<Record<string, SignatureMember>>;
      readonly env: Env;
    }
  | { readonly kind: "literal-object"; readonly file: LinkedFile; readonly value: Extract<Expr, { kind: "object" }> }
  | { readonly kind: "function"; readonly file: LinkedFile; readonly functions: readonly number[]; readonly env: Env }
  | {
      readonly kind: "signatures";
      readonly file: LinkedFile;
      readonly signatures: readonly Signature[];
      readonly env: Env;
    }
  | { readonly kind: "constructor"; readonly file: LinkedFile; readonly signature: Signature; readonly env: Env }
  | { readonly kind: "namespace"; readonly file: LinkedFile }
  | { readonly kind: "inner-namespace"; readonly file: LinkedFile; readonly index: number }
  | { readonly kind: "array"; readonly element: Type | null; readonly tuple?: readonly (Type | null)[] }
  | { readonly kind: "map"; readonly value: Type | null }
  | { readonly kind: "promise"; readonly value: Type | null }
  | { readonly kind: "union"; readonly types: readonly Type[] }
  | { readonly kind: "intersection"; readonly types: readonly Type[]; readonly assumed?: boolean }
  | {
      readonly kind: "mapped";
      readonly file: LinkedFile;
      readonly type: Extract<TypeExpr, { kind: "mapped" }>;
      readonly env: Env;
    }
  | { readonly kind: "parameter" }
  | LibraryType
  | { readonly kind: "any" }
  | { readonly kind: "primitive"; readonly literal?: string | number | boolean | null };

/** Something of a library: where the chain starts, and the members and calls ("()") since. */
export interface LibraryType {
  readonly kind: "library";
  readonly package: string;
  readonly export: string;
  readonly path: readonly string[];
  readonly args: readonly (Type | null)[];
  /** An imported value, or what calls of it gave that were given nothing: nothing of own code can have come into it. */
  readonly bare?: boolean;
}

/** A found member: where it is declared (nowhere for libraries) and what its value is. */
export interface Member {
  readonly declarations: readonly MemberDeclaration[];
  readonly type: () => Type | null;
}

export interface MemberDeclaration {
  readonly file: LinkedFile;
  /** Class, interface or namespace object that declares it; "" for none. */
  readonly owner: string;
  readonly name: string;
  readonly at: number;
  readonly kind: "method" | "interface" | "abstract" | "property" | "function" | "class" | "variable";
  /** Functions that hold its body, in `file`. */
  readonly functions: readonly number[];
  /** What gives it its value, where that is an expression: an initialiser, the value of a property. */
  readonly value?: Expr;
  /** A property signature that holds a function, as against a method. */
  readonly holdsFunction?: boolean;
  readonly class?: number;
  readonly interface?: number;
  /** Of a member of an interface or object type: all of them. */
  readonly siblings?: Readonly<Record<string, SignatureMember>>;
  /** The declaration that holds the body, where a subtype stands in for it. */
  readonly inheritedFrom?: MemberDeclaration;
}

export const PRIMITIVE: Type = { kind: "primitive" };
export const ANY: Type = { kind: "any" };

/** How the parts of the evaluator reach each other; put together in `create-world.ts`. */
export interface Evaluator {
  typeOf(file: LinkedFile, type: TypeExpr | undefined, env: Env): Type | null;
  valueOf(file: LinkedFile, value: Expr | undefined): Type | null;
  refValue(file: LinkedFile, ref: ValueRef | undefined): Type | null;
  member(type: Type | null, name: string): Member | null;
  returnOf(type: Type | null, call?: { readonly site: CallSiteFact; readonly file: LinkedFile }): Type | null;
  contextOfParameter(file: LinkedFile, fn: number, index: number): Type | null;
}

export interface World extends Evaluator {
  readonly files: ReadonlyMap<string, LinkedFile>;
  /** Own file that a specifier leads to; null for a library, undefined where own code is missing. */
  resolve(file: LinkedFile, specifier: string): LinkedFile | null | undefined;
  /** Recursion guard: types may be circular. */
  depth: number;
  /** Evaluations since depth 0: types that branch at every level (builders, deep generics) have no end in time. */
  steps: number;
  readonly memo: Map<Expr, Type | null>;
  /** What own code adds to the types of libraries. */
  readonly augmentations: Augmentations;
}

export interface Augmentations {
  /** Interfaces that add to a library's export, by its name: `FastifyInstance`. */
  readonly interfaces: ReadonlyMap<string, readonly AugmentingInterface[]>;
  /** Every member that any of them adds. */
  readonly members: ReadonlySet<string>;
}

export interface AugmentingInterface {
  /** The module that is added to; "" for the global scope. */
  readonly module: string;
  readonly file: LinkedFile;
  readonly interface: number;
}

const MAX_DEPTH = 80;
const MAX_STEPS = 20_000;

/** Goes one level deeper; false where it has gone too deep or on for too long, and the answer is "cannot tell". */
export function descend(world: World): boolean {
  if (world.depth === 0) world.steps = 0;
  if (world.depth > MAX_DEPTH || world.steps > MAX_STEPS) return false;
  world.depth++;
  world.steps++;
  return true;
}

export function envKey(file: LinkedFile, parameter: number): string {
  return `${file.id}:${parameter}`;
}

/** Where a class made by a function keeps the base that it was given: `WithAudit(Ledger)`. */
export function baseKey(file: LinkedFile, index: number): string {
  return `${file.id}:base:${index}`;
}

/** A union without nulls, duplicates and, where there is anything else, primitives. */
export function unionOf(types: readonly (Type | null | undefined)[]): Type | null {
  const flat = types.flatMap((type) => (!type ? [] : type.kind === "union" ? type.types : [type]));
  const telling = flat.filter((type) => type.kind !== "primitive");
  const unique = [...new Set(telling.length > 0 ? telling : flat)];
  if (unique.length === 0) return null;
  return unique.length === 1 ? (unique[0] as Type) : { kind: "union", types: unique };
}

export function arrayOf(element: Type | null, tuple?: readonly (Type | null)[]): Type {
  return { kind: "array", element, ...(tuple && { tuple }) };
}

export function promiseOf(value: Type | null): Type {
  return { kind: "promise", value };
}

/** What `await` gives. */
export function awaited(type: Type | null): Type | null {
  if (type?.kind === "promise") return awaited(type.value);
  if (type?.kind === "union") return unionOf(type.types.map(awaited));
  return type;
}

export function extendLibrary(type: LibraryType, step: string): LibraryType {
  // Long fluent chains say nothing more after a while, and recursion through them must end.
  return type.path.length > 12 ? type : { ...type, path: [...type.path, step] };
}
