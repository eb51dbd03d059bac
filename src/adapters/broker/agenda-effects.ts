import { defineEffects } from "../contract.ts";
import { byMember, names } from "../members.ts";

/** Agenda keeps its jobs in MongoDB, over a connection of its own. */
export const agendaEffects = defineEffects({
  name: "agenda",
  packages: ["agenda", "@hokify/agenda", "@agendajs/*", "agenda-nest"],
  effectOf: byMember(
    {
      publish: names("now schedule every save"),
      write: names("cancel purge disable enable remove run touch fail"),
      read: names("jobs queryJobs getRunningStats"),
    },
    { label: "queue", external: true },
  ),
});
