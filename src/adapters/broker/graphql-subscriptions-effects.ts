import { defineEffects } from "../contract.ts";

/** Topics of GraphQL subscriptions. In the process they are a bus; over a broker no transaction takes them back. */
export const graphqlSubscriptionsEffects = defineEffects({
  name: "graphql-subscriptions",
  packages: [
    "graphql-subscriptions",
    "graphql-redis-subscriptions",
    "graphql-postgres-subscriptions",
    "graphql-kafka-subscriptions",
    "graphql-yoga",
    "mercurius",
  ],
  effectOf(call) {
    if (call.member !== "publish") return null;
    const isInProcess = /^graphql-(subscriptions|yoga)$|^mercurius$/.test(call.target.package);
    return { effect: "write", label: "bus", publishes: true, ...(!isInProcess && { external: true }) };
  },
});
