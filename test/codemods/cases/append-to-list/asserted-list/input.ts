import type { Consumer } from "./seamcut";

export const consumers = [] as readonly Consumer[];
