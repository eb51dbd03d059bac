import type { Signature, TypeExpr } from "../model/index.ts";
import type { Env, LinkedFile } from "./world.ts";

/** A generic declaration seen from a call: its parameters as written, in the file that declares it. */
export interface Generic {
  readonly file: LinkedFile;
  readonly typeParameters: readonly number[];
  readonly parameters: readonly (TypeExpr | undefined)[];
  /** Whether the last of them stands for all that follow. */
  readonly hasRest: boolean;
  readonly thisType?: TypeExpr | undefined;
  readonly env: Env;
}

export function ofSignature(file: LinkedFile, signature: Signature, env: Env): Generic {
  const { typeParameters, thisType } = signature;
  const parameters = signature.parameters.map((parameter) => parameter.type);
  return { file, typeParameters, parameters, hasRest: signature.parameters.at(-1)?.rest === true, thisType, env };
}

export function ofFunction(file: LinkedFile, index: number, env: Env): Generic {
  const fn = file.facts.functions[index];
  const variables = (fn?.parameters ?? []).map((variable) => file.facts.variables[variable]);
  const parameters = variables.map((variable) => variable?.type);
  const hasRest = variables.at(-1)?.parameter?.rest === true;
  return { file, typeParameters: fn?.typeParameters ?? [], parameters, hasRest, thisType: fn?.thisType, env };
}
