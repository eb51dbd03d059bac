import type { ClassifiedCall } from "./call.ts";
import type { Patch, Stage } from "./file-change.ts";
import type { Blocked } from "./plan.ts";
import type { PropertyShape, TypeShape } from "./type-shape.ts";

/** A span of text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An argument of a call that is to become an event. */
export interface PlannedArgument {
  /** Position in the call. */
  readonly index: number;
  /** The callee's name for it. */
  readonly parameter: string;
  /** As the caller writes it. */
  readonly text: string;
  /** The values in it: the argument itself, or those that an object literal puts together. */
  readonly parts: readonly PlannedPart[];
}

/** A value that travels, or a literal that the handler knows as well. */
export interface PlannedPart extends Span {
  /** `start` and `end` are offsets into the argument's text. */
  readonly text: string;
  readonly isLiteral: boolean;
  /** `{ hash }` in an object literal: the name stands for key and value. */
  readonly isShorthand: boolean;
  /** The caller's word for it: `orderId`, `customer.email` → `email`; empty where there is none. */
  readonly word: string;
  /** The object that the word belongs to: `customer.email` → `customer`; empty for a plain variable. */
  readonly owner: string;
  /** The callee's word for it: a parameter, or a key of an object literal. */
  readonly name: string;
  /** It may be undefined. */
  readonly optional: boolean;
  readonly shape: TypeShape;
}

/** Where the event can be recorded. */
export type EmitPlace =
  /** A transaction of the caller around, before or after the call: at the end of its callback. */
  | {
      readonly kind: "transaction";
      /** The statement that holds the transaction. */
      readonly statement: Span;
      /** The callback's parameter: its name, or where a missing one goes. */
      readonly handle: string;
      /** Offset of the line where `emit` goes, and that line's indentation. */
      readonly at: number;
      readonly indent: string;
      /** The name inside the transaction for a value that it gives to the outside: `order` → `saved`. */
      readonly renames: Readonly<Record<string, string>>;
    }
  /** One write of the caller's own, without a transaction: both go into a new one. */
  | {
      readonly kind: "wrap";
      readonly statement: Span;
      readonly indent: string;
      /** `const customer = `, or empty. */
      readonly variable: string | null;
      /** The written call, `this.customers.save({…})`. */
      readonly write: Span;
      /** `this.customers`: a repository, or a manager. */
      readonly receiver: Span;
      readonly receiverKind: "repository" | "manager";
    }
  /** The caller writes nothing by itself, or the team has accepted the gap: a small transaction at the call. */
  | { readonly kind: "alone"; readonly gap: boolean };

/** A call with all that is needed to edit its place. Offsets are into the file's text without byte order mark. */
export interface PlannedCall {
  readonly call: ClassifiedCall;
  readonly arguments: readonly PlannedArgument[];
  /** The whole statement of the call. */
  readonly statement: Span;
  readonly statementIndent: string;
  /** The statement reads `if (decision.calls(…))` around it already. */
  readonly guarded: boolean;
  readonly emit: EmitPlace;
  /** Where `decide` goes, and the indentation there. */
  readonly decideAt: number;
  readonly decideIndent: string;
  /** What the caller waits for between its change and the call: if it fails, the event is recorded all the same. */
  readonly between: readonly string[];
  /** Events that the calling function records already. */
  readonly recorded: readonly string[];
  /** Names that are taken in the calling function. */
  readonly names: readonly string[];
  /** Names that the calling function or its file declares: an import of that name would not be seen, or clash. */
  readonly declared: readonly string[];
  /** Variables known where `decide` goes. */
  readonly knownAtDecide: readonly string[];
  /** Entities that the calling function writes by itself: the event is about one of them. */
  readonly ownEntities: readonly string[];
  readonly enlist: Enlist;
  /** The class that the handler needs injected, and its file. */
  readonly calleeClass: string;
  readonly calleeFile: string;
  readonly calleeMethod: string;
}

/** How the callee joins the transaction of the handler. */
export type Enlist =
  | { readonly kind: "handle"; readonly index: number }
  /** An optional handle is threaded through the callee's own methods. */
  | { readonly kind: "thread"; readonly index: number; readonly file: string; readonly edits: readonly TextEdit[] }
  /** Nothing it does is in the database. */
  | { readonly kind: "external" };

/** Replaces a span by a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Either what is needed to cut a call, or why it cannot be. */
export type PlannedOrBlocked = PlannedCall | Blocked;

/** One event that a cut introduces or uses, with the call that it replaces. */
export interface EventDesign {
  /** `orders.order-placed`. */
  readonly type: string;
  /** `OrderPlaced`. */
  readonly typeName: string;
  /** `orderPlaced`. */
  readonly variable: string;
  /** Posix path relative to the root. */
  readonly file: string;
  readonly payload: readonly PayloadProperty[];
  /** Property that says which events must keep their order; null: none does. */
  readonly key: string | null;
  /** It stands in the code already, with at least this payload. */
  readonly exists: boolean;
  /** The whole payload as it stands in the contract. */
  readonly sample: readonly PropertyShape[];
}

export interface PayloadProperty {
  readonly name: string;
  readonly shape: TypeShape;
  readonly optional: boolean;
  /** The value as the producer writes it. */
  readonly expression: string;
}

/** One call with its event and its handler. */
export interface CutCall {
  readonly planned: PlannedCall;
  readonly event: EventDesign;
  /** What the handler passes to the callee, in order: code over `payload`. */
  readonly handlerArguments: readonly string[];
}

export interface CutDesign {
  readonly from: string;
  readonly to: string;
  readonly calls: readonly CutCall[];
  readonly consumer: ConsumerDesign;
}

export interface ConsumerDesign {
  /** Stable id: it is part of what was handled already. */
  readonly id: string;
  readonly className: string;
  readonly file: string;
  readonly effects: "database" | "external";
}

/** What a run of `cut` has made. */
export interface CutResult {
  readonly design: CutDesign;
  readonly patches: readonly Patch[];
  /** Stages that the code had reached already. */
  readonly reached: readonly Stage[];
  readonly blocked: readonly Blocked[];
  /** Written patches, relative to the root; empty when they were applied. */
  readonly written: readonly string[];
  readonly applied: boolean;
}
