import type { ClassFact, DecoratorFact, Expr, FileFacts } from "../model/index.ts";
import type { StateVisit } from "./walk/visits.ts";

/** Tokens of the request itself: NestJS's for HTTP and messages, GraphQL's context. */
const REQUEST_TOKEN = /^(REQUEST|CONTEXT|INQUIRER)$/;

/** Whether a class lives as long as one request: then whatever its fields hold belongs to that request. */
export function isRequestScoped(fact: ClassFact | undefined): boolean {
  return fact?.decorators.some((decorator) => decorator.args.some(asksForRequestScope)) === true;
}

/** Whether what is read or changed is the injected request. */
export function isInjectedRequest(facts: FileFacts, visit: StateVisit): boolean {
  const member = facts.classes[visit.class]?.members[visit.name];
  return member?.decorators.some((decorator) => injectsRequest(facts, decorator)) === true;
}

/** `@Injectable({ scope: Scope.REQUEST })`. */
function asksForRequestScope(argument: Expr): boolean {
  if (argument.kind !== "object") return false;
  const scope = argument.properties.find((property) => property.name === "scope")?.value;
  return scope?.kind === "member" && scope.name === "REQUEST";
}

function injectsRequest(facts: FileFacts, decorator: DecoratorFact): boolean {
  const [token] = decorator.args;
  if (decorator.name !== "Inject" || token?.kind !== "name" || token.ref.kind !== "import") return false;
  return REQUEST_TOKEN.test(facts.imports[token.ref.index]?.name ?? "");
}
