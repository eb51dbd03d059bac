import { defineEffects } from "../contract.ts";
import { none } from "../members.ts";

/** Schemas and documents of GraphQL. */
export const graphqlEffects = defineEffects({
  name: "graphql",
  packages: [
    "graphql",
    "graphql-tag",
    "@graphql-tools/*",
    "type-graphql",
    "@apollo/server",
    "apollo-server-core",
    "apollo-server-express",
    "graphql-scalars",
    "graphql-type-json",
    "graphql-fields",
    "graphql-parse-resolve-info",
    "nexus",
    "@pothos/*",
  ],
  effectOf: none,
});
