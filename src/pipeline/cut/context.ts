import type { ResolveSpecifier } from "../../link/create-world.ts";
import type { Config, CutDesign, FileChange, Module, RepositoryLayout } from "../../model/index.ts";
import type { ImportStyle } from "../../scaffold/imports.ts";
import type { SubscriptionKey } from "../../scaffold/migration-source.ts";

/** Files as they stand at some stage. */
export interface Tree {
  read(file: string): Promise<string | null>;
  /** File names in a folder, sorted; empty where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

export interface TestStyle {
  readonly runner: "vitest" | "jest";
  /** Folder of the tests; null where they stand beside what they test. */
  readonly folder: string | null;
  /** `.spec.ts`. */
  readonly suffix: string;
  /** `@nestjs/testing` is installed: a test may start the application. */
  readonly canStartApplication: boolean;
}

export interface CodeStyle extends ImportStyle {
  readonly quote: '"' | "'";
}

/** Everything that the stages of a cut build on; nothing in it changes from one stage to the next. */
export interface CutContext {
  readonly config: Config;
  readonly from: Module;
  readonly to: Module;
  readonly design: CutDesign;
  readonly layout: RepositoryLayout;
  /** Module class of the consuming module that provides the callee's class. */
  readonly consumerModule: { readonly className: string; readonly file: string };
  readonly style: CodeStyle;
  /** Null where no test runner is known. */
  readonly tests: TestStyle | null;
  /** Subscriptions that the cut is about. */
  readonly keys: readonly SubscriptionKey[];
  /** A rescan has to ask the TypeScript checker, too. */
  readonly rescanWithChecker: boolean;
  /** Identities of all calls between modules before the cut. */
  readonly callIds: ReadonlySet<string>;
  /** Files of the producing module. */
  readonly fromFiles: readonly string[];
  /** Files that build one of the calling classes by hand. */
  readonly builders: readonly string[];
  readonly resolve: ResolveSpecifier;
  /** Calls in specs that must wait for the event once it is one, by file. */
  readonly specCalls: readonly { readonly file: string; readonly offsets: readonly number[] }[];
}

/** Makes the changes of one stage; none where the code is there already. */
export type StageStep = (context: CutContext, tree: Tree) => Promise<readonly FileChange[]>;
