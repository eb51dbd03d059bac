import { expect, test } from "vitest";
import type { LibraryCall } from "../../src/adapters/contract.ts";
import { dataAccess } from "../../src/adapters/shape/data-access.ts";

/** A call on something whose type could not be told. */
function unknown(receiver: string, member: string): LibraryCall {
  return {
    target: { package: "", export: "", path: [], typeArgs: [] },
    member,
    receiver,
    argumentNames: [],
    chain: [],
    isLast: true,
    isTag: false,
    text: null,
    holes: [],
    texts: [],
    discarded: true,
    options: {},
  };
}

test.each([
  ["db", "put", { effect: "write", label: "db" }],
  ["db", "getByIndex", { effect: "read", label: "db" }],
  ["outboxQueue", "enqueue", { effect: "write", label: "outboxQueue", publishes: true }],
  ["mails", "sendEmail", { effect: "write", label: "mail", external: true }],
  ["sessionCache", "expire", { effect: "write", label: "cache", external: true }],
  ["lamp", "put", null],
  ["db", "describe", null],
])("%s.%s", (receiver, member, expected) => {
  expect(dataAccess(unknown(receiver, member))).toEqual(expected);
});
