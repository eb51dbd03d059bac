import type { Effect } from "../../model/index.ts";
import type { LibraryCall, LibraryEffect } from "../contract.ts";
import { tellsOthers } from "./remote-verb.ts";

const WRITES =
  /^(sendMail|sendEmail|sendSms|enqueue|publish|dispatch|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|upsert|bulkWrite|softDelete|persistAndFlush|executeRaw|\$executeRaw)/;
const READS = /^(findOne|findMany|findFirst|findUnique|findAll|findById|findBy|getMany|getOne|queryRaw|\$queryRaw)/;
const HINTS =
  /(repository|repo|model|prisma|db|database|entityManager|manager|em|knex|queue|mailer|cache|redis|dao|store)$/i;

const KEEPS = /cache|redis|memo/i;

/** The last resort, where the receiver's type is not known: a verb that only data access uses, on a name that says so. */
export function dataAccess({ member, receiver, target }: LibraryCall): LibraryEffect | null {
  // A function of a package is no data access, whatever its name.
  if (target.package !== "" && target.path.length === 0) return null;
  const effect = verbOf(member, HINTS.test(receiver) || (target.package === "" && HINTS.test(target.export)));
  if (effect === null) return null;
  if (/^sendE?mail/i.test(member)) return { effect, label: "mail", external: true };
  if (/^sendSms/.test(member)) return { effect, label: "message", external: true };
  const isCache = KEEPS.test(receiver) || KEEPS.test(target.export);
  if (isCache) return { effect, label: "cache", external: true };
  return { effect, label: receiver, ...(effect === "write" && tellsOthers(member) && { publishes: true }) };
}

function verbOf(member: string, isNamedForData: boolean): Effect | null {
  if (WRITES.test(member)) return "write";
  if (READS.test(member)) return "read";
  if (!isNamedForData) return null;
  if (
    /^(save|insert|update|delete|remove|create|set|add|del|send|clear|put|upsert|replace|append|incr|decr|write|patch|touch|expire)/.test(
      member,
    )
  )
    return "write";
  return /^(find|get|count|exists|load|list|query)/.test(member) ? "read" : null;
}
