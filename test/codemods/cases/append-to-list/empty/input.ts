export const consumers: readonly unknown[] = [];
