import { type CallExpression, Node } from "ts-morph";
import type { TransactionShape } from "../model/index.ts";
import { typeNames } from "./syntax.ts";

/** Whether a call runs its callback in a transaction of the ORM. */
export function isOpening(call: CallExpression, shape: TransactionShape): boolean {
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== shape.open) return false;
  const names = typeNames(callee.getExpression());
  return names.some((name) => name === shape.handle || shape.owners.includes(name));
}

/** Whether a call writes through a repository or a handle of the ORM. */
export function isWrite(call: CallExpression, shape: TransactionShape): boolean {
  const callee = call.getExpression();
  return (
    Node.isPropertyAccessExpression(callee) &&
    shape.writes.includes(callee.getName()) &&
    receiverKind(call, shape) !== null
  );
}

/** What a call's receiver is to the ORM; null when it is nothing of it. */
export function receiverKind(call: CallExpression, shape: TransactionShape): "repository" | "manager" | null {
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee)) return null;
  const names = typeNames(callee.getExpression());
  if (names.includes(shape.handle)) return "manager";
  return names.some((name) => shape.repositories.includes(name)) ? "repository" : null;
}

/** Entities that the writes in a function are about: `Repository<Order>`, `manager.save(Order, …)`. */
export function writtenEntities(calls: readonly CallExpression[], shape: TransactionShape): string[] {
  const names = new Set<string>();
  for (const call of calls) {
    if (!isWrite(call, shape)) continue;
    const callee = call.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) continue;
    const [first] = call.getArguments();
    const byArgument =
      first && Node.isIdentifier(first) && /^[A-Z]/.test(first.getText()) ? first.getText() : undefined;
    const byType = callee.getExpression().getType().getTypeArguments()[0]?.getSymbol()?.getName();
    const name = byArgument ?? byType;
    if (name) names.add(name);
  }
  return [...names];
}
