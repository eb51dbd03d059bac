/** One subscription row: a consumer and a type of event. */
export interface SubscriptionKey {
  readonly consumer: string;
  readonly type: string;
}

export interface MigrationSource {
  readonly className: string;
  readonly text: string;
}

const TABLE = "seamcut_subscription";

/** The rows that make a consumer known to the relay, while the direct calls still do the work. */
export function subscribeMigration(timestamp: number, from: string, keys: readonly SubscriptionKey[]): MigrationSource {
  const consumer = keys[0]?.consumer ?? "";
  return migration({
    timestamp,
    name: `seamcut ${consumer} subscribes to ${from}`,
    comment: `${consumer} learns of ${list(keys)}. Until the switch is turned, the direct calls go on doing the work.`,
    up: keys.map(
      (key) => `INSERT INTO ${TABLE} (consumer, type, origin, mode) VALUES (${values(key)}, 'migrating', 'call')`,
    ),
    down: keys.map((key) => `DELETE FROM ${TABLE} WHERE ${where(key)}`),
  });
}

/** The switch from the direct calls to the handler, and back by the same row: `draining`, then `call`. */
export function cutoverMigration(timestamp: number, from: string, keys: readonly SubscriptionKey[]): MigrationSource {
  const consumer = keys[0]?.consumer ?? "";
  return migration({
    timestamp,
    name: `seamcut ${consumer} follows ${from}`,
    comment: `${consumer} acts on ${list(keys)} from now on, instead of being called.`,
    up: keys.map((key) => `UPDATE ${TABLE} SET mode = 'event' WHERE ${where(key)}`),
    down: keys.map((key) => `UPDATE ${TABLE} SET mode = 'draining' WHERE ${where(key)}`),
  });
}

/** Nobody calls any more: messages without a decision are the handler's. Refused while some from before are waiting. */
export function retireMigration(timestamp: number, from: string, keys: readonly SubscriptionKey[]): MigrationSource {
  const consumer = keys[0]?.consumer ?? "";
  const guards = keys.map(
    (key) => `DO $$ BEGIN IF EXISTS (
        SELECT 1 FROM seamcut_outbox WHERE type = '${key.type}' AND headers->'decision' IS NULL
        UNION ALL
        SELECT 1 FROM seamcut_inbox WHERE consumer = '${key.consumer}' AND type = '${key.type}'
          AND processed_at IS NULL AND headers->'decision' IS NULL
      ) THEN RAISE EXCEPTION 'undecided messages of ${key.type} are waiting: code from before the cut is still running'; END IF; END $$`,
  );
  return migration({
    timestamp,
    name: `seamcut ${consumer} native to ${from}`,
    comment: `${consumer} was never called for ${list(keys)}, as far as new messages are concerned.`,
    up: [...guards, ...keys.map((key) => `UPDATE ${TABLE} SET origin = 'native', mode = 'event' WHERE ${where(key)}`)],
    down: keys.map((key) => `UPDATE ${TABLE} SET origin = 'migrating' WHERE ${where(key)}`),
  });
}

interface MigrationParts {
  readonly timestamp: number;
  readonly name: string;
  readonly comment: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

function migration(parts: MigrationParts): MigrationSource {
  const words = parts.name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const className = `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}${parts.timestamp}`;
  const statements = (texts: readonly string[]) =>
    texts.map((text) => `    await queryRunner.query(\n      \`${text}\`,\n    );`);
  const text = [
    'import type { MigrationInterface, QueryRunner } from "typeorm";',
    "",
    `/** ${parts.comment} */`,
    `export class ${className} implements MigrationInterface {`,
    `  name = "${className}";`,
    "",
    "  async up(queryRunner: QueryRunner): Promise<void> {",
    ...statements(parts.up),
    "  }",
    "",
    "  async down(queryRunner: QueryRunner): Promise<void> {",
    ...statements(parts.down),
    "  }",
    "}",
    "",
  ].join("\n");
  return { className, text };
}

/** Whether a migration's text holds the statement of a stage for a subscription. */
export function holdsStatement(text: string, stage: "consume" | "cutover" | "retire", key: SubscriptionKey): boolean {
  if (stage === "consume") return text.includes(`INSERT INTO ${TABLE}`) && text.includes(`VALUES (${values(key)}, `);
  const set = stage === "cutover" ? "SET mode = 'event'" : "SET origin = 'native'";
  return text
    .split("\n")
    .some((line) => line.includes(`UPDATE ${TABLE} ${set}`) && line.includes(`WHERE ${where(key)}`));
}

function values(key: SubscriptionKey): string {
  return `'${key.consumer}', '${key.type}'`;
}

function where(key: SubscriptionKey): string {
  return `consumer = '${key.consumer}' AND type = '${key.type}'`;
}

function list(keys: readonly SubscriptionKey[]): string {
  return keys.map((key) => key.type).join(", ");
}
