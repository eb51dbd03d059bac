import type { Decision } from "./seamcut";

export let c: Decision;
