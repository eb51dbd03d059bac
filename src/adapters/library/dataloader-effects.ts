import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** DataLoader: what it loads by is a function of own code that runs later, so loading is reading. */
export const dataloaderEffects = defineEffects({
  name: "dataloader",
  packages: ["dataloader", "nestjs-dataloader"],
  effectOf: byMember({ read: names("load loadMany") }, { label: "loader" }),
});
