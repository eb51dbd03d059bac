import type { Type } from "@nestjs/common";
import type { Consumer } from "./handlers";

/** Every consumer of this application; each is a provider of its module. */
export const consumers: readonly Type<Consumer>[] = [];
