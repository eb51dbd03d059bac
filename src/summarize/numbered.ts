import { compareLocations, type Location } from "../model/index.ts";

/** Two calls of one function to one callee are told apart by their order. */
export function numbered<T extends { readonly id: string; readonly location: Location }>(
  items: readonly { readonly key: string; readonly call: T }[],
): T[] {
  const counts = new Map<string, number>();
  return [...items]
    .sort((a, b) => compareLocations(a.call.location, b.call.location))
    .map(({ key, call }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { ...call, id: count === 1 ? key : `${key}#${count}` };
    });
}
