import type { UnresolvedReason, Via } from "./call.ts";
import type { FileFacts } from "./file-facts.ts";
import type { Location } from "./location.ts";

/** A function of own code: index into `FileFacts.functions` of `file`. */
export interface FunctionId {
  readonly file: string;
  readonly index: number;
}

/**
 * Where a callee is declared: in own code, with the symbol that people know it by. An inherited member stands under
 * its receiver's declared type, `at` included.
 */
export interface Declaration {
  readonly file: string;
  readonly symbol: string;
  readonly kind: "function" | "method" | "class" | "interface" | "abstract" | "property" | "variable";
  readonly at: number;
  /** Members of known classes that stand behind an interface or abstract member. */
  /** A property of an interface or object type that holds a function: whoever made the object put it there. */
  readonly holdsFunction?: boolean;
  readonly implementations: readonly { readonly file: string; readonly symbol: string }[];
}

/** A callee in a library, by what can be told from imports, types and heritage without its declarations. */
export interface LibraryTarget {
  /** Package or built-in module; "" for globals. */
  readonly package: string;
  /** Exported name the chain starts at: `Repository`, `PrismaClient`, `createTransport`. */
  readonly export: string;
  /** Members from there; "()" is a call. `["order", "create"]`, `["createQueryBuilder", "()", "update"]`. */
  readonly path: readonly string[];
  /** Names of type arguments, for entities: `Repository<Order>` → `["Order"]`. */
  readonly typeArgs: readonly string[];
  /** Class of own code that inherits the member: `class Order extends Model` makes `Order.create` the library's. */
  readonly heir?: string;
}

/** What the linker made of one call site; same index as `FileFacts.calls`. */
export interface CallTarget {
  readonly declarations: readonly Declaration[];
  /** Bodies that may run: overrides and all known implementations included. */
  readonly bodies: readonly FunctionId[];
  readonly via: Via;
  readonly library?: LibraryTarget;
  readonly unresolved?: UnresolvedReason;
  /** Files that may declare an unresolved callee; absent where that cannot be told either. */
  readonly candidates?: readonly string[];
}

/** What the TypeScript checker says of a call that the linker could not tell. */
export interface CheckedCall {
  /** The callee's name token, as it was asked about. */
  readonly location: Location;
  /** Where own code declares the callee; nothing when all of it is a library's. */
  readonly callees: readonly CheckedCallee[];
}

export interface CheckedCallee {
  readonly name: string;
  /** The member's own declaration, from its first token to its end. */
  readonly declared: Location;
  /** The class or interface of own code that the receiver is declared as. */
  readonly receiver?: Location;
}

export interface CallGraph {
  readonly files: readonly FileFacts[];
  /** By file path; one target per call site. */
  readonly targets: Readonly<Record<string, readonly CallTarget[]>>;
  /** Files that declare a callable member of that name: what an unresolved call might have meant. */
  readonly declaredNames: Readonly<Record<string, readonly string[]>>;
  /** Imports of own code that lead nowhere. */
  readonly brokenImports: readonly { readonly file: string; readonly specifier: string; readonly at: number }[];
}
