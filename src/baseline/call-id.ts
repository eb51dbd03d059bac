/** The parts of a call's id: `from:Caller.symbol->to:Callee.symbol#2`. */
export interface CallId {
  readonly from: string;
  readonly caller: string;
  readonly to: string;
  readonly callee: string;
  /** 1 where there is no `#`. */
  readonly number: number;
}

/** Takes an id apart; null for text that is none. */
export function parseCallId(id: string): CallId | null {
  const match = /^(.+?):(.+?)->(.+?):(.+?)(?:#(\d+))?$/s.exec(id);
  if (!match) return null;
  const [, from = "", caller = "", to = "", callee = "", number] = match;
  return { from, caller, to, callee, number: number === undefined ? 1 : Number(number) };
}
