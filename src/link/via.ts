import type { CallSiteFact, Expr, VariableFact, Via } from "../model/index.ts";
import type { LinkedFile, Type, World } from "./world.ts";

/** How the caller reaches the callee, from the shape of the receiver. */
export function viaOf(world: World, file: LinkedFile, site: CallSiteFact, called: Expr): Via {
  const { callee } = site;
  if (callee.kind === "index") return "dynamic";
  const named = callee.kind === "member" || called.kind !== "member" ? callee : called;
  const receiver = named.kind === "member" ? named.object : named;
  const root = originOf({ world, file, function: site.function, steps: 0, throughMember: false }, receiver);
  if (root !== "given") return root;
  return named.kind === "member" && isAbstraction(world.valueOf(file, receiver)) ? "interface" : "injection";
}

interface Walk {
  readonly world: World;
  readonly file: LinkedFile;
  /** Function that the call stands in. */
  readonly function: number;
  steps: number;
  /** Whether what is looked at has a part that is called: `deps` of `deps.stock`. */
  throughMember: boolean;
}

/** Where a value comes from. `given`: the caller was handed it, and does not know who made it. */
type Origin = Via | "given";

/** Initialisers may go in circles (`x = x.next()`); past this many steps nothing more is learnt. */
const MAX_STEPS = 50;

function originOf(walk: Walk, value: Expr): Origin {
  walk.steps += 1;
  if (walk.steps > MAX_STEPS) return "import";
  const { world, file } = walk;
  switch (value.kind) {
    case "member":
      if (value.object.kind === "this") return propertyOrigin(walk, value.object.class, value.name);
      walk.throughMember = true;
      return originOf(walk, value.object);
    case "index":
      walk.throughMember = true;
      return originOf(walk, value.object);
    case "element":
      walk.throughMember = true;
      return originOf(walk, value.of);
    case "await":
    case "as":
    case "instance":
      return originOf(walk, value.value);
    case "import":
      return "dynamic";
    case "name":
      if (value.ref.kind === "import") {
        return file.facts.imports[value.ref.index]?.name === "*" ? "namespace" : "import";
      }
      return value.ref.kind === "variable" ? variableOrigin(walk, file.facts.variables[value.ref.index]) : "import";
    case "logical":
      return originOf(walk, value.operator === "&&" ? value.right : value.left);
    case "conditional":
      return originOf(walk, value.yes);
    case "array":
      return value.elements[0] ? originOf(walk, value.elements[0]) : "import";
    case "call": {
      const site = file.facts.calls[value.call];
      return site ? callOrigin(walk, site) : "import";
    }
    case "this":
      return isAbstraction(world.valueOf(file, value)) ? "given" : "import";
    default:
      return "import";
  }
}

/** What a call gives comes from where its receiver does; `Promise.all([…])` gives what it was given. */
function callOrigin(walk: Walk, site: CallSiteFact): Origin {
  const { callee } = site;
  if (callee.kind === "member") {
    const { object } = callee;
    const isGlobal = object.kind === "name" && object.ref.kind === "global";
    return originOf(walk, isGlobal && site.args[0] ? site.args[0] : object);
  }
  const type = callee.kind === "name" ? walk.world.valueOf(walk.file, callee) : null;
  // `const load = () => import("…")`
  const loads =
    type?.kind === "function" &&
    type.functions.some((index) => type.file.facts.functions[index]?.returned.some((value) => value.kind === "import"));
  return loads ? "dynamic" : originOf(walk, callee);
}

function variableOrigin(walk: Walk, variable: VariableFact | undefined): Origin {
  if (!variable) return "import";
  if (variable.parameter) return parameterOrigin(walk, variable.parameter);
  return variable.init ? originOf(walk, variable.init) : "import";
}

/**
 * A collaborator that is handed over: to a constructor, to a function that makes others from it, or as a part of an
 * object of dependencies. The element of a callback comes from what is iterated; any other argument is plain data.
 */
function parameterOrigin(walk: Walk, parameter: NonNullable<VariableFact["parameter"]>): Origin {
  const owner = walk.file.facts.functions[parameter.function];
  if (!owner) return "import";
  if (owner.kind === "constructor") return "given";
  if (owner.context?.kind === "argument") {
    const site = walk.file.facts.calls[owner.context.call];
    if (site?.callee.kind === "member") {
      const { throughMember } = walk;
      walk.throughMember = false;
      const origin = originOf(walk, site.callee.object);
      if (origin !== "import") return origin;
      walk.throughMember = throughMember;
    }
  }
  const isFactory = owner.class < 0 && walk.function !== parameter.function;
  return walk.throughMember || isFactory ? "given" : "import";
}

function propertyOrigin(walk: Walk, index: number, name: string): Origin {
  const member = walk.file.facts.classes[index]?.members[name];
  if (!member) return "given";
  const usesToken = member.decorators.some(
    (decorator) => /^inject$/i.test(decorator.name) && isToken(walk.world, walk.file, decorator.args[0]),
  );
  if (usesToken) return "token";
  return !member.injected && member.kind === "property" && member.init ? originOf(walk, member.init) : "given";
}

/** `@Inject(TOKEN)` as against `@Inject(SomeClass)` and `@Inject(forwardRef(() => SomeClass))`. */
function isToken(world: World, file: LinkedFile, argument: Expr | undefined): boolean {
  if (!argument || argument.kind === "call" || argument.kind === "function") return false;
  return world.valueOf(file, argument)?.kind !== "class";
}

/** An interface, an object type or an abstract class: the caller cannot tell who stands behind it. */
function isAbstraction(type: Type | null): boolean {
  if (type?.kind === "interface" || type?.kind === "members") return true;
  return type?.kind === "instance" && type.file.facts.classes[type.class]?.abstract === true;
}
