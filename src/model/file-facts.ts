/**
 * What one file says by itself, as JSON-safe data: the unit of caching, sharding and merging. No file knows another
 * here; names are bound lexically, everything else is the linker's. Offsets are UTF-16 code units into the file's text.
 */
export interface FileFacts {
  readonly path: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
  readonly imports: readonly ImportFact[];
  /** `export * from`: specifiers, in order. */
  readonly exportStars: readonly string[];
  readonly exports: Readonly<Record<string, ExportFact>>;
  /** Names of the file's top-level scope, for `export { x }`. */
  readonly topValues: Readonly<Record<string, ValueRef>>;
  readonly topTypes: Readonly<Record<string, TypeRef>>;
  readonly variables: readonly VariableFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly interfaces: readonly InterfaceFact[];
  readonly aliases: readonly AliasFact[];
  readonly typeParameters: readonly TypeParameterFact[];
  readonly namespaces: readonly NamespaceFact[];
  /** `declare module "fastify" { … }` and `declare global { … }`: members that own code adds to others' types. */
  readonly augmentations: readonly Augmentation[];
  readonly objects: readonly ObjectFact[];
  readonly calls: readonly CallSiteFact[];
  /** `target.name = value` where the target is not `this` and the value may be a function. */
  readonly memberAssignments: readonly MemberAssignment[];
  /** Statements of the module body itself. */
  readonly body: readonly Statement[];
  readonly errors: readonly { readonly message: string; readonly at: number }[];
}

export interface ImportFact {
  readonly specifier: string;
  /** Exported name, `default`, `*` (namespace), `export=` or "" (side effect only). */
  readonly name: string;
  readonly typeOnly: boolean;
  readonly at: number;
}

export type ExportFact =
  | { readonly kind: "local"; readonly name: string }
  | { readonly kind: "import"; readonly import: number }
  | { readonly kind: "value"; readonly ref: ValueRef };

/** What an identifier in a value position is bound to. */
export type ValueRef =
  | { readonly kind: "variable"; readonly index: number }
  | { readonly kind: "function"; readonly indexes: readonly number[] }
  | { readonly kind: "class"; readonly index: number }
  | { readonly kind: "import"; readonly index: number }
  | { readonly kind: "namespace"; readonly index: number }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "global"; readonly name: string };

/** What an identifier in a type position is bound to. */
export type TypeRef =
  | { readonly kind: "class"; readonly index: number }
  | { readonly kind: "interface"; readonly index: number }
  | { readonly kind: "alias"; readonly index: number }
  | { readonly kind: "parameter"; readonly index: number }
  | { readonly kind: "import"; readonly index: number }
  | { readonly kind: "namespace"; readonly index: number }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "global"; readonly name: string }
  | { readonly kind: "qualified"; readonly left: TypeRef; readonly name: string };

/** A type as it is written. `text` forms are kept short: they are for evidence, not for checking. */
export type TypeExpr =
  | { readonly kind: "ref"; readonly ref: TypeRef; readonly args?: readonly TypeExpr[] }
  | { readonly kind: "array"; readonly element: TypeExpr }
  | { readonly kind: "tuple"; readonly elements: readonly TypeExpr[] }
  | { readonly kind: "union"; readonly types: readonly TypeExpr[] }
  | { readonly kind: "intersection"; readonly types: readonly TypeExpr[] }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, SignatureMember>> }
  | { readonly kind: "function"; readonly signature: Signature }
  | { readonly kind: "constructor"; readonly signature: Signature }
  | { readonly kind: "typeof"; readonly value: ValueRef; readonly path: readonly string[] }
  | { readonly kind: "indexed"; readonly object: TypeExpr; readonly index: TypeExpr }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "keyof"; readonly type: TypeExpr }
  | { readonly kind: "mapped"; readonly parameter: number; readonly over: TypeExpr; readonly value: TypeExpr }
  | { readonly kind: "conditional"; readonly yes: TypeExpr; readonly no: TypeExpr }
  | { readonly kind: "this"; readonly class: number }
  | { readonly kind: "any" }
  | { readonly kind: "keyword"; readonly name: string };

export interface Signature {
  readonly typeParameters: readonly number[];
  readonly parameters: readonly ParameterType[];
  /** Of a `this` parameter, which is none of the others. */
  readonly thisType?: TypeExpr;
  readonly returns?: TypeExpr;
}

export interface ParameterType {
  readonly name: string;
  readonly type?: TypeExpr;
  readonly rest: boolean;
}

/** A member of an interface or type literal. `()` is a call signature, `[]` an index signature. */
export interface SignatureMember {
  readonly kind: "property" | "method";
  readonly type?: TypeExpr;
  readonly signatures?: readonly Signature[];
  readonly at: number;
}

export interface VariableFact {
  readonly name: string | null;
  readonly at: number;
  readonly type?: TypeExpr;
  readonly init?: Expr;
  /** Set when the variable is a parameter. */
  readonly parameter?: { readonly function: number; readonly index: number; readonly rest: boolean };
  readonly constant: boolean;
  /** Of a parameter that is no property: `constructor(@Inject(TOKEN) port: Port)`. */
  readonly decorators?: readonly DecoratorFact[];
}

export interface FunctionFact {
  readonly name: string | null;
  readonly at: number;
  readonly end: number;
  readonly kind: "function" | "arrow" | "method" | "getter" | "setter" | "constructor";
  /** Class it is a member of, or -1. */
  readonly class: number;
  readonly static: boolean;
  /** Function that encloses it, or -1. */
  readonly parent: number;
  readonly typeParameters: readonly number[];
  readonly parameters: readonly number[];
  /** Of a `this` parameter, which is none of the others. */
  readonly thisType?: TypeExpr;
  readonly returns?: TypeExpr;
  readonly async: boolean;
  readonly generator: boolean;
  readonly decorators: readonly DecoratorFact[];
  /** Absent for overloads and abstract members. */
  readonly body?: readonly Statement[];
  /** Values returned, for inference; an expression body is its only one. */
  readonly returned: readonly Expr[];
  readonly context?: ValueContext;
}

/** Where a function or object literal stands: what says which type is expected of it. */
export type ValueContext =
  | { readonly kind: "typed"; readonly type: TypeExpr }
  | { readonly kind: "argument"; readonly call: number; readonly index: number }
  | { readonly kind: "property"; readonly object: number; readonly name: string }
  | { readonly kind: "returned"; readonly function: number }
  | { readonly kind: "element"; readonly of: ValueContext };

export interface DecoratorFact {
  /** As written, dotted: `Injectable`, `cron.Cron`. */
  readonly name: string;
  readonly ref: ValueRef | null;
  readonly args: readonly Expr[];
  readonly at: number;
}

export interface ClassFact {
  readonly name: string | null;
  readonly at: number;
  readonly end: number;
  readonly abstract: boolean;
  readonly typeParameters: readonly number[];
  readonly extends?: Expr;
  readonly extendsArgs?: readonly TypeExpr[];
  readonly implements: readonly TypeExpr[];
  readonly members: Readonly<Record<string, ClassMember>>;
  readonly statics: Readonly<Record<string, ClassMember>>;
  /** `constructor` implementation, or -1. */
  readonly constructorFunction: number;
  /** First `this.x = …` of a property without declared type or initialiser. */
  readonly assigned: Readonly<Record<string, Expr>>;
  readonly decorators: readonly DecoratorFact[];
  /** Interfaces of the same name in the same file (declaration merging). */
  readonly merged: readonly number[];
}

export interface ClassMember {
  readonly kind: "method" | "getter" | "setter" | "property";
  readonly at: number;
  readonly abstract: boolean;
  readonly functions: readonly number[];
  readonly type?: TypeExpr;
  readonly init?: Expr;
  /** A constructor parameter property, or a property with an injecting decorator. */
  readonly injected: boolean;
  readonly decorators: readonly DecoratorFact[];
}

export interface InterfaceFact {
  readonly name: string;
  readonly at: number;
  readonly typeParameters: readonly number[];
  readonly extends: readonly TypeExpr[];
  readonly members: Readonly<Record<string, SignatureMember>>;
  /** An earlier declaration of the same name in the same file. */
  readonly mergedWith?: TypeRef;
}

export interface AliasFact {
  readonly name: string;
  readonly typeParameters: readonly number[];
  readonly type: TypeExpr;
}

export interface TypeParameterFact {
  readonly name: string;
  readonly constraint?: TypeExpr;
  readonly default?: TypeExpr;
}

export interface NamespaceFact {
  readonly name: string;
  readonly values: Readonly<Record<string, ValueRef>>;
  readonly types: Readonly<Record<string, TypeRef>>;
}

export interface Augmentation {
  /** The module that is added to; "" for the global scope. */
  readonly module: string;
  /** Index into `namespaces`. */
  readonly namespace: number;
}

export interface MemberAssignment {
  readonly target: Extract<Expr, { kind: "member" }>;
  readonly value: Expr;
}

/** What is known of an object literal from outside. */
export interface ObjectFact {
  /** Variable or property that it initialises. */
  readonly name?: string;
  readonly context?: ValueContext;
}

export interface CallSiteFact {
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly typeArgs: readonly TypeExpr[];
  readonly isNew: boolean;
  /** A tagged template: `sql\`…\``. Its only argument is the template. */
  readonly isTag: boolean;
  readonly optional: boolean;
  /** Callee name token, or the start of the callee where it has no name. */
  readonly at: number;
  readonly nameEnd: number;
  /** The whole call expression. */
  readonly start: number;
  readonly end: number;
  /** Enclosing function, or -1 for the module body. */
  readonly function: number;
  /** Enclosing class, or -1. */
  readonly class: number;
  /** Class member in whose initialiser or decorator it stands, where no function encloses it. */
  readonly member: string | null;
}

export type Expr =
  | { readonly kind: "name"; readonly ref: ValueRef; readonly at: number }
  | { readonly kind: "this"; readonly class: number; readonly static: boolean }
  | { readonly kind: "super"; readonly class: number; readonly static: boolean }
  | { readonly kind: "member"; readonly object: Expr; readonly name: string; readonly at: number }
  | { readonly kind: "index"; readonly object: Expr; readonly key: Expr }
  | { readonly kind: "element"; readonly of: Expr; readonly index?: number }
  | { readonly kind: "call"; readonly call: number }
  | { readonly kind: "await"; readonly value: Expr }
  | { readonly kind: "function"; readonly function: number }
  | { readonly kind: "class"; readonly class: number }
  | {
      readonly kind: "object";
      readonly object: number;
      readonly properties: readonly ObjectProperty[];
      readonly spreads: readonly Expr[];
    }
  | { readonly kind: "array"; readonly elements: readonly Expr[] }
  | { readonly kind: "spread"; readonly value: Expr }
  | { readonly kind: "conditional"; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: "logical"; readonly operator: "&&" | "||" | "??"; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "unary"; readonly operator: string; readonly value: Expr }
  | {
      readonly kind: "assign";
      readonly operator: string;
      readonly target: Expr;
      readonly value: Expr;
      readonly at: number;
    }
  | { readonly kind: "as"; readonly type: TypeExpr; readonly value: Expr }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly text: string; readonly values: readonly Expr[] }
  | { readonly kind: "import"; readonly import: number }
  | { readonly kind: "instance"; readonly of: Expr; readonly value: Expr }
  | { readonly kind: "sequence"; readonly values: readonly Expr[] }
  | { readonly kind: "other"; readonly values: readonly Expr[] };

export interface ObjectProperty {
  readonly name: string;
  readonly value: Expr;
  readonly at: number;
  readonly getter: boolean;
}

export type Statement =
  | { readonly kind: "expression"; readonly value: Expr; readonly at: number }
  | { readonly kind: "variable"; readonly variable: number; readonly at: number }
  | { readonly kind: "return"; readonly value?: Expr; readonly at: number }
  | { readonly kind: "throw"; readonly value: Expr; readonly at: number }
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly yes: readonly Statement[];
      readonly no: readonly Statement[];
      readonly at: number;
    }
  | {
      readonly kind: "loop";
      readonly header: readonly Expr[];
      readonly body: readonly Statement[];
      readonly at: number;
    }
  | {
      readonly kind: "try";
      readonly block: readonly Statement[];
      readonly handler?: { readonly variable: number; readonly body: readonly Statement[] };
      readonly finalizer: readonly Statement[];
      readonly at: number;
    }
  | {
      readonly kind: "switch";
      readonly value: Expr;
      readonly cases: readonly { readonly test?: Expr; readonly body: readonly Statement[] }[];
      readonly at: number;
    }
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "jump"; readonly at: number };
