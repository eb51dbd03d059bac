import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { relayToBroker } from "#seamcut/broker";
import { BROKER_TABLES } from "#seamcut/broker-tables";
import { EVENT } from "#seamcut/decide";
import { emit } from "#seamcut/emit";
import { leaseShards, releaseShards } from "#seamcut/store";
import { orderPlaced, orderViewed, subscribe } from "../shop-events.ts";
import { onEachDatabase } from "../suite.ts";

const PAGE = readFileSync(path.resolve(import.meta.dirname, "../../../docs/runtime-debezium.md"), "utf8");
const CONNECTOR: Record<string, string> = JSON.parse(/```json\n([\s\S]+?)```/.exec(PAGE)?.[1] ?? "");
const IS_MYSQL = process.env.SEAMCUT_TEST_DATABASE === "mysql";

const ROUTER = (option: string) => CONNECTOR[`transforms.outbox.${option}`] ?? "";

const RECORD_CHANGE = IS_MYSQL
  ? ["INSERT", "UPDATE", "DELETE"].map(
      (operation) =>
        `CREATE TRIGGER seen_${operation} AFTER ${operation} ON seamcut_outbox FOR EACH ROW INSERT INTO seen VALUES ('${operation}')`,
    )
  : [
      "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO seen VALUES (TG_OP); RETURN NULL; END'",
      "CREATE TRIGGER seen AFTER INSERT OR UPDATE OR DELETE ON seamcut_outbox FOR EACH ROW EXECUTE FUNCTION see()",
    ];

onEachDatabase("Debezium's event router", (suite, test) => {
  test("finds its columns, with the types that it expects", async () => {
    const rows = await suite.sql<{ name: string; type: string; nullable: string; length: string | number | null }>(
      `SELECT column_name AS name, data_type AS type, is_nullable AS nullable, character_maximum_length AS length
       FROM information_schema.columns WHERE table_name = 'seamcut_outbox'
         AND table_schema = ${IS_MYSQL ? "database()" : "current_schema()"}`,
    );
    const columns = new Map(
      rows.map(({ name, type, nullable, length }) => [
        name,
        `${type}${length === null || type === "longtext" ? "" : `(${length})`} ${nullable}`,
      ]),
    );
    const text = IS_MYSQL ? "varchar(255) NO" : "character varying(255) NO";
    expect(columns.get(ROUTER("table.field.event.id"))).toBe(IS_MYSQL ? "char(36) NO" : "uuid NO");
    expect(columns.get(ROUTER("table.field.event.key"))).toBe(text);
    expect(columns.get(ROUTER("table.field.event.type"))).toBe(text);
    expect(columns.get(ROUTER("route.by.field"))).toBe(text);
    // MariaDB's JSON is a text with a check.
    expect(columns.get(ROUTER("table.field.event.payload"))).toMatch(IS_MYSQL ? /^(json|longtext) NO$/ : /^jsonb NO$/);
    const placed = ROUTER("table.fields.additional.placement").split(",");
    expect(placed.map((entry) => columns.has(entry.split(":")[0] ?? ""))).toEqual(placed.map(() => true));
    expect("shop.public.seamcut_outbox").toMatch(new RegExp(`^${CONNECTOR["predicates.fromOutbox.pattern"]}$`));
    expect(CONNECTOR["table.include.list"]).toBe("public.seamcut_outbox");
  });

  test("sees rows inserted and deleted, and never an update, whatever happens to them", async () => {
    for (const statement of ["CREATE TABLE seen (operation VARCHAR(10))", ...RECORD_CHANGE]) await suite.sql(statement);
    for (const statement of BROKER_TABLES) {
      await suite.sql(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"));
    }
    await subscribe(suite.database, "mailing", "native", "event");
    const { runtime } = suite.shop;
    await suite.place("o1", 1);
    await suite.inTransaction((manager) => emit(manager, orderViewed({ page: "/" }), EVENT));
    await suite.inTransaction((manager) =>
      emit(manager, orderPlaced({ orderId: "o2", step: 2 }), { modes: { mailing: "call" }, calls: () => true }),
    );
    const operations = async () =>
      (await suite.sql<{ operation: string }>("SELECT operation FROM seen")).flatMap(Object.values);
    expect(await operations()).toEqual(["INSERT", "INSERT", "INSERT"]);
    // A relay that vanished, one that publishes and cannot delete, one that drains.
    await leaseShards(runtime.database, "vanished", 5000);
    await releaseShards(runtime.database, "vanished");
    const away = { publish: () => Promise.reject(new Error("away")), reset: () => undefined };
    const broker = { ...away, subscribe: () => Promise.reject(new Error("away")), close: async () => undefined };
    const relay = { owner: "relay-a", leaseMs: 5000, batch: 100 };
    await expect(relayToBroker(runtime, broker, relay)).rejects.toThrow("away");
    await suite.deliver();
    expect((await operations()).sort()).toEqual(["DELETE", "DELETE", "DELETE", "INSERT", "INSERT", "INSERT"]);
  });
});
