import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

export const mqttEffects = defineEffects({
  name: "mqtt",
  packages: ["mqtt", "async-mqtt", "aedes"],
  effectOf: byMember({ publish: names("publish publishAsync") }, { label: "topic", external: true }),
});
