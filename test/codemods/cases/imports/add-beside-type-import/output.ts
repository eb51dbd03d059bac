import type { Decision } from "./seamcut";
import { emit, decide } from "./seamcut";

export let c: Decision;
