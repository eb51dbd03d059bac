import pluralize from "pluralize";
import { pastTense } from "./past-tense.ts";
import { kebabCase, words } from "./words.ts";

/** What the producing function is about, for a name in its own words. */
export interface Producer {
  /** Module id. */
  readonly module: string;
  /** `OrdersService.place` or `placeOrder`. */
  readonly symbol: string;
  /** Entities that the function writes by itself. */
  readonly entities: readonly string[];
}

export interface EventName {
  /** `order-placed`. */
  readonly name: string;
  /** `order`: what the event is about, in the singular. */
  readonly subject: string;
}

/** What happened, in the producer's words: `OrdersService.place` → `order-placed`. */
export function nameEvent(producer: Producer): EventName {
  const method = producer.symbol.slice(producer.symbol.lastIndexOf(".") + 1);
  const parts = words(method).filter((word, index) => !(index === 0 && /^(on|handle|do|process|execute)$/.test(word)));
  const entity = subjectOf(producer);
  const last = parts[parts.length - 1];
  // `orderPlaced` says it already.
  if (parts.length > 1 && last && /ed$/.test(last)) return { name: parts.join("-"), subject: entity };
  const verb = pastTense(parts[0] ?? "changed");
  const object = parts.slice(1).join("-");
  return object === ""
    ? { name: `${entity}-${verb}`, subject: entity }
    : { name: `${object}-${verb}`, subject: entity };
}

/** The entity that the module is named after, else the only one written, else the module's own name. */
function subjectOf(producer: Producer): string {
  const entities = producer.entities.map((name) => kebabCase(name.replace(/(Entity|Model|Schema|Table)$/, "")));
  const folder = producer.module.slice(producer.module.lastIndexOf("/") + 1);
  const own = pluralize.singular(kebabCase(folder));
  const [only] = entities;
  if (entities.includes(own)) return own;
  return entities.length === 1 && only ? only : own;
}
