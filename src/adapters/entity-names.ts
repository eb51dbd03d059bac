import type { ChainStep, LibraryCall } from "./contract.ts";

export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function isClassName(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** `ordersTable`, `schema.orders`, `public.orders as o` → `orders`. */
export function tableName(written: string): string {
  const [first = ""] = written.trim().split(/[\s(]/);
  const name = (first.split(".").pop() ?? "").replace(/["`[\]]|\$\{\}/g, "").replace(/(?<=\w)(Table|Schema)$/, "");
  return isPlaceholder(name) ? "" : name;
}

const VAGUE =
  /^(model|entity|instance|default|this|self|super|row|record|object|obj|mongoose|result|data|(new|existing|saved|found|created|updated|parent|child)?|T|Infer\w*Attributes)$/i;

/** A name that says nothing of what is meant: two of them need not be the same table. */
function isPlaceholder(name: string): boolean {
  return /^(table|tableName|TABLE|TABLE_NAME|collection|entity|model|name)$/.test(name);
}

/** `orderModel`, `OrderDocument`, `ordersRepository` → the entity, as far as the name says it. */
export function entityName(written: string): string {
  const name = written.replace(/(?<=\w)(Model|Document|Entity|Repository|Repo|Collection|Dao)$/i, "");
  return VAGUE.test(name) ? "" : capitalize(name);
}

/** What the last step of that name was given first: a text, or the name of a table, model or class. */
export function givenTo(chain: readonly ChainStep[], steps: readonly string[]): string {
  for (let at = chain.length - 1; at >= 0; at--) {
    const step = chain[at];
    if (!step?.isCall || !steps.includes(step.name)) continue;
    const given = step.text ?? step.argumentNames[0] ?? "";
    if (given !== "") return given;
  }
  return "";
}

/** Names of all that the chain goes through, those known by type alone included. */
export function stepsOf(call: LibraryCall): readonly string[] {
  return [...call.target.path, ...call.chain.map((step) => step.name)];
}
