import { defineEffects, type LibraryCall } from "../contract.ts";

/** Clients of GraphQL interfaces: a mutation changes something, a query reads. */
export const graphqlClientEffects = defineEffects({
  name: "graphql-clients",
  packages: ["graphql-request", "@apollo/client", "@urql/*", "urql", "@octokit/graphql"],
  effectOf(call) {
    if (call.member === "mutate" || call.member === "mutation")
      return { effect: "write", label: "http", external: true };
    if (!/^(request|rawRequest|batchRequests|query|graphql|default)$/.test(call.member)) return null;
    return { effect: isMutation(call) ? "write" : "read", label: "http", external: true };
  },
});

/** By the document, where it stands in the code; else by whether anybody wants the answer. */
function isMutation(call: LibraryCall): boolean {
  const document = [call.text, call.options.query, call.options.document].find((text) => /[{]/.test(text ?? ""));
  return document ? /^\s*(#[^\n]*\n\s*)*mutation\b/.test(document) : call.discarded;
}
