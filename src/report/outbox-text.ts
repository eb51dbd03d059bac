import type { BlockedKey, OutboxStatus } from "../model/index.ts";
import { clip, type Paint, PLAIN, plural } from "./paint.ts";

/** What waits, since when, and what needs somebody. */
export function outboxText(status: OutboxStatus, paint: Paint = PLAIN): string {
  const { consumers, blocked, deadLetters } = status;
  const lines = [`  outbox   ${waiting(status.outboxPending, status.outboxOldestSeconds)}`, ""];
  if (consumers.length === 0) lines.push("  nobody has subscribed to anything yet", "");
  else {
    const width = Math.max(...consumers.map(({ consumer }) => consumer.length), "consumer".length);
    lines.push(paint.dim(`  ${"consumer".padEnd(width)}  waiting   oldest  blocked keys  dead letters`));
    for (const { consumer, pending, oldestSeconds, blockedKeys, dead } of consumers) {
      const oldest = pending === 0 ? "" : age(oldestSeconds);
      const numbers = `${String(pending).padStart(7)}  ${oldest.padStart(7)}  ${count(blockedKeys, 12)}  ${count(dead, 12)}`;
      lines.push(`  ${consumer.padEnd(width)}  ${blockedKeys + dead > 0 ? paint.bad(numbers) : numbers}`);
    }
    lines.push("");
  }
  if (blocked.length > 0) lines.push("  blocked keys", ...blocked.flatMap((entry) => failure(entry, paint)), "");
  if (deadLetters.length > 0) {
    lines.push("  dead letters");
    for (const entry of deadLetters) {
      lines.push(
        ...failure({ ...entry, consumer: entry.consumer || "(refused by the broker)" }, paint, entry.failedAt),
      );
    }
    lines.push("");
  }
  const redrivable = deadLetters.find(({ stage }) => stage === "inbox");
  if (redrivable) {
    lines.push(`  next     seamcut outbox redrive ${redrivable.consumer}   once the cause is gone`);
  } else if (blocked.length === 0 && deadLetters.length === 0) lines.push(paint.good("  nothing needs you"));
  return `${lines.join("\n").trimEnd()}\n`;
}

function waiting(pending: number, oldestSeconds: number): string {
  return pending === 0 ? "empty" : `${plural(pending, "event")} to be relayed, the oldest for ${age(oldestSeconds)}`;
}

function failure(entry: BlockedKey, paint: Paint, when?: string): string[] {
  const { consumer, type, key, messageId, attempts, error } = entry;
  return [
    `    ${consumer}  ${type}  ${key}  ${plural(attempts, "attempt")}${when === undefined ? "" : `  ${when}`}`,
    paint.dim(`      ${messageId}  ${clip(error.replaceAll(/\s+/g, " "), 160)}`),
  ];
}

function count(value: number, width: number): string {
  return (value === 0 ? "" : String(value)).padStart(width);
}

function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
