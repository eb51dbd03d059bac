import type { FunctionId } from "../model/index.ts";

/** Something of every function: by its file, then by its index there. */
export type ByFunction<T> = ReadonlyMap<string, readonly T[]>;

export function ofFunction<T>(all: ByFunction<T>, { file, index }: FunctionId): T | undefined {
  return all.get(file)?.[index];
}
