import { type CallExpression, type Expression, Node, type ParameterDeclaration } from "ts-morph";
import type { PlannedArgument, PlannedPart } from "../model/index.ts";
import { shapeOf } from "./type-shape.ts";

/** The arguments of a call, in the caller's words and with the types that they have there. */
export function plannedArguments(
  call: CallExpression,
  parameters: readonly ParameterDeclaration[],
): readonly PlannedArgument[] {
  return call.getArguments().map((argument, index) => {
    const name = parameters[index]?.getName() ?? "";
    const parameter = isName(name) ? name : `argument${index + 1}`;
    return { index, parameter, text: argument.getText(), parts: partsOf(argument, argument.getStart(), parameter) };
  });
}

/** An object literal is taken apart as far as it only puts values together. */
function partsOf(node: Node, origin: number, name: string): PlannedPart[] {
  if (Node.isObjectLiteralExpression(node)) {
    const properties = node.getProperties().map((property) => {
      if (Node.isShorthandPropertyAssignment(property))
        return [partOf(property.getNameNode(), origin, property.getName(), true)];
      const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
      const key = Node.isPropertyAssignment(property) ? property.getName() : "";
      return value && isName(key) ? partsOf(value, origin, key) : null;
    });
    if (properties.every((parts) => parts !== null)) return properties.flat();
  }
  return [partOf(node, origin, name, false)];
}

function partOf(node: Node, origin: number, name: string, isShorthand: boolean): PlannedPart {
  const word = wordOf(node as Expression);
  const type = node.getType();
  const widened = type.isUnion() ? type : type.getBaseTypeOfLiteralType();
  return {
    start: node.getStart() - origin,
    end: node.getEnd() - origin,
    text: node.getText(),
    isLiteral: isLiteral(node),
    isShorthand,
    word: word?.name ?? "",
    owner: word?.owner ?? "",
    name,
    optional: type.isUndefined() || type.getUnionTypes().some((member) => member.isUndefined()),
    shape: shapeOf(widened, node),
  };
}

function isName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

function isLiteral(node: Node): boolean {
  if (Node.isPrefixUnaryExpression(node)) return isLiteral(node.getOperand());
  return (
    Node.isStringLiteral(node) ||
    Node.isNumericLiteral(node) ||
    Node.isTrueLiteral(node) ||
    Node.isFalseLiteral(node) ||
    Node.isNullLiteral(node) ||
    Node.isNoSubstitutionTemplateLiteral(node)
  );
}

function wordOf(node: Expression): { readonly name: string; readonly owner: string } | null {
  if (Node.isIdentifier(node)) return { name: node.getText(), owner: "" };
  if (Node.isNonNullExpression(node) || Node.isParenthesizedExpression(node) || Node.isAsExpression(node))
    return wordOf(node.getExpression());
  if (!Node.isPropertyAccessExpression(node)) return null;
  const object = node.getExpression();
  const owner = Node.isPropertyAccessExpression(object) ? object.getName() : object.getText();
  return { name: node.getName(), owner: /^[A-Za-z_$][\w$]*$/.test(owner) && owner !== "this" ? owner : "" };
}

const PURE_METHODS =
  /^(map|filter|join|slice|concat|flat|flatMap|toString|toISOString|trim|toLowerCase|toUpperCase|at|includes|keys|values|entries|stringify|valueOf|getTime|toFixed|padStart|split|find|some|every)$/;
const PURE_FUNCTIONS = /^(String|Number|Boolean|BigInt)$/;

/**
 * What keeps an expression from being written twice, once for the event and once for the call: something that may
 * differ the second time. Null when nothing does.
 */
export function notRepeatable(node: Node): string | null {
  if (Node.isCallExpression(node)) {
    const callee = node.getExpression();
    const isPure = Node.isPropertyAccessExpression(callee)
      ? PURE_METHODS.test(callee.getName())
      : PURE_FUNCTIONS.test(callee.getText());
    if (!isPure) return `${callee.getText()}()`;
  }
  if (Node.isNewExpression(node)) return `new ${node.getExpression().getText()}`;
  if (Node.isAwaitExpression(node) || Node.isYieldExpression(node)) return "an awaited value";
  if (Node.isPostfixUnaryExpression(node)) return node.getText();
  if (Node.isPrefixUnaryExpression(node) && /^(\+\+|--)/.test(node.getText())) return node.getText();
  if (Node.isBinaryExpression(node) && /^(=|[^=!<>]=)$/.test(node.getOperatorToken().getText())) return node.getText();
  for (const child of node.forEachChildAsArray()) {
    const problem = notRepeatable(child);
    if (problem !== null) return problem;
  }
  return null;
}
