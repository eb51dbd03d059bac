import type { UnresolvedReason } from "../model/index.ts";
import type { Type, World } from "./world.ts";

/** Why a member of a receiver could not be told; undefined where it is known to be nobody's own. */
export function unresolvedReason(
  world: World,
  receiver: Type | null,
  name: string,
  hasMember: boolean,
): UnresolvedReason | undefined {
  switch (receiver?.kind) {
    case undefined:
      return "receiver-unknown";
    case "parameter":
      return "type-parameter";
    case "any":
      return "receiver-any";
    case "library": {
      // A member of a library's own class is the library's; what its calls return may be anybody's, and so may what
      // stands behind its members where it was given types of own code: `Context<Services>`.
      const isResult = receiver.path.some((step) => step.startsWith("(") || step === "[]");
      // What `useTranslation()` and `z.string().min(1)` give is the library's own, if not all that it has.
      if (receiver.bare && receiver.path.at(-1) === "()") return undefined;
      const isGiven =
        receiver.path.length > 0
          ? receiver.args.some((type) => isOwn(type, 0))
          : receiver.args.some((type) => (world.member(type, name)?.declarations.length ?? 0) > 0);
      return isResult || isGiven ? "receiver-external" : undefined;
    }
    case "primitive":
      return undefined;
    case "union":
    case "intersection":
      // One part that may be anybody's is enough: the others are known not to declare the name.
      for (const part of receiver.types) {
        const reason = unresolvedReason(world, part, name, hasMember);
        if (reason) return reason;
      }
      return undefined;
    default:
      return hasMember ? undefined : "no-such-member";
  }
}

function isOwn(type: Type | null, depth: number): boolean {
  if (!type || depth > 4) return false;
  switch (type.kind) {
    case "library":
      return type.args.some((arg) => isOwn(arg, depth + 1));
    case "union":
    case "intersection":
      return type.types.some((part) => isOwn(part, depth + 1));
    case "array":
      return isOwn(type.element, depth + 1);
    case "promise":
    case "map":
      return isOwn(type.value, depth + 1);
    case "primitive":
    case "any":
    case "parameter":
      return false;
    default:
      return true;
  }
}
