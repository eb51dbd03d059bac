import { describe, expect, it } from "vitest";
import { pastTense } from "../../src/contracts/past-tense.ts";

describe("pastTense", () => {
  it.each([
    ["place", "placed"],
    ["refund", "refunded"],
    ["apply", "applied"],
    ["deploy", "deployed"],
    ["ship", "shipped"],
    ["plan", "planned"],
    ["drop", "dropped"],
    ["log", "logged"],
    ["open", "opened"],
    ["render", "rendered"],
    ["register", "registered"],
    ["sign", "signed"],
    ["join", "joined"],
    ["fix", "fixed"],
    ["renew", "renewed"],
    ["credit", "credited"],
    ["visit", "visited"],
    ["free", "freed"],
    ["sync", "synced"],
  ])("%s, by rule: %s", (verb, past) => {
    expect(pastTense(verb)).toBe(past);
  });

  it.each([
    ["send", "sent"],
    ["pay", "paid"],
    ["cancel", "cancelled"],
    ["submit", "submitted"],
    ["format", "formatted"],
    ["seed", "seeded"],
    ["need", "needed"],
    ["proceed", "proceeded"],
    ["put", "put"],
    ["resend", "resent"],
    ["rebuild", "rebuilt"],
    ["overwrite", "overwritten"],
    ["override", "overridden"],
    ["undo", "undone"],
    ["repay", "repaid"],
    ["reset", "reset"],
    ["unbind", "unbound"],
  ])("%s, by heart: %s", (verb, past) => {
    expect(pastTense(verb)).toBe(past);
  });

  it.each(["placed", "shipped", "sent", "paid", "agreed", "gone"])("%s has happened already", (word) => {
    expect(pastTense(word)).toBe(word);
  });

  it("is not led astray by names that every object has", () => {
    expect(pastTense("constructor")).toBe("constructored");
    expect(pastTense("toString")).toBe("toStringed");
  });
});
