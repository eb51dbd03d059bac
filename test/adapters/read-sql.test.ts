import { describe, expect, test } from "vitest";
import { readSql } from "../../src/adapters/sql/read-sql.ts";

const HOLE = "\u0024{}";

describe("reading", () => {
  test.each([
    ["SELECT * FROM orders", ["orders"]],
    ['select "id" from "public"."orders" o join `customers` c on true', ["orders", "customers"]],
    ["select * from orders o, items as i, public.stock", ["orders", "items", "stock"]],
    ["  (select id from orders)", ["orders"]],
    ["with paid as (select * from orders) select * from paid", ["orders"]],
    ["WITH a AS (SELECT 1), b (id) AS materialized (SELECT * FROM orders) SELECT * FROM a, b", ["orders"]],
    [
      "with recursive up as (select * from folders union all select f.* from folders f join up on true) select * from up",
      ["folders"],
    ],
    ["select id from jobs where state = 'delete from orders'", ["jobs"]],
    ["select id from jobs where state = 'it''s; delete from orders'", ["jobs"]],
    ["-- update orders\nselect 1 from dual", ["dual"]],
    ["/* insert into orders */ select 1 from dual", ["dual"]],
    ["select extract(year from placed_at), trim(both from name) from orders", ["orders"]],
    ["select id from orders where paid is distinct from settled", ["orders"]],
    ["select replace(name, 'a', 'b'), insert(name, 1, 1, 'x') from orders", ["orders"]],
    ["select * from generate_series(1, 10)", []],
    ["select t.update, t.delete from log t", ["log"]],
    ['select "update" from log', ["log"]],
    ["select exists (select 1 from orders)", ["orders"]],
    ["select now()", []],
    ["select [id] from [dbo].[orders]", ["orders"]],
    ["select data->>'a', tags[1] from orders where data @> '{}'::jsonb", ["orders"]],
    ["copy orders to stdout", []],
    ["explain analyze select * from orders", ["orders"]],
    ["select * from only orders", ["orders"]],
    ["select 1 union select id from orders", ["orders"]],
  ])("%s", (text, reads) => {
    expect(readSql(text)).toEqual({ effect: "read", writes: [], reads, adds: false, publishes: false, complete: true });
  });
});

describe("changing", () => {
  test.each([
    ["insert into orders (id) select id from carts", ["orders"], ["carts"]],
    ["INSERT IGNORE INTO orders VALUES (1)", ["orders"], []],
    ["insert or replace into orders values (1)", ["orders"], []],
    ["replace into orders values (1)", ["orders"], []],
    ["update orders set paid = true where id = $1", ["orders"], []],
    ["update orders o set paid = p.done from payments p where p.id = o.id", ["orders"], ["payments"]],
    ["DELETE FROM only orders WHERE id = ?", ["orders"], []],
    ["delete o from orders o join carts c on true", ["orders"], ["carts"]],
    ["delete from orders using carts where true", ["orders"], ["carts"]],
    ["with old as (delete from orders returning id) select count(*) from old", ["orders"], []],
    [
      "with x as (insert into orders select * from carts returning id) insert into audit select id from x",
      ["orders", "audit"],
      ["carts"],
    ],
    ["TRUNCATE TABLE orders", ["orders"], []],
    ["merge into stock using arrivals on true when matched then update set n = 1", ["stock"], ["arrivals"]],
    ["select id from jobs for update skip locked", ["jobs"], ["jobs"]],
    ["select id from jobs for no key update", ["jobs"], ["jobs"]],
    ["select id from jobs lock in share mode", ["jobs"], ["jobs"]],
    ["select id from jobs with (updlock) where id = 1", ["jobs"], ["jobs"]],
    ["select pg_advisory_xact_lock(1)", ["lock"], []],
    ["lock table orders in exclusive mode", ["orders"], []],
    ["CALL close_month()", ["close_month"], []],
    ["select close_month(1)", ["close_month"], []],
    ["select billing.close_month(1)", ["close_month"], []],
    ["select nextval('orders_seq')", ["sequence"], []],
    ["refresh materialized view concurrently sales", ["sales"], []],
    ["create table if not exists orders (id int references carts on delete cascade)", ["orders"], []],
    ["alter table orders add column paid boolean", ["orders"], []],
    ["create index on orders (id)", ["schema"], []],
    ["copy orders from stdin", ["orders"], []],
    ["select id into archive from orders", ["archive"], ["orders"]],
    ["select 1; delete from orders", ["orders"], []],
    ["do $$ begin delete from orders; end $$", ["orders"], []],
    ["explain analyze delete from orders", ["orders"], []],
  ])("%s", (text, writes, reads) => {
    const found = readSql(text);
    expect(found).toMatchObject({ effect: "write", writes, publishes: false });
    expect(found?.reads.filter((name) => !writes.includes(name))).toEqual(
      reads.filter((name) => !writes.includes(name)),
    );
  });

  test.each([
    ["insert into stock (sku) values ($1)", true],
    ["insert into stock (sku) values ($1) on conflict (sku) do nothing", true],
    ["insert into stock (sku) values ($1) on conflict (sku) do update set level = 1", false],
    ["insert into stock (sku) values (?) on duplicate key update level = 1", false],
    ["insert into stock (sku) values (1); update stock set level = 1", false],
  ])("%s only adds: %s", (text, adds) => {
    expect(readSql(text)).toMatchObject({ effect: "write", writes: ["stock"], adds });
  });

  test.each(["select pg_notify('orders', $1)", "NOTIFY orders, 'x'"])("%s tells listeners", (text) => {
    expect(readSql(text)).toMatchObject({ effect: "write", writes: ["notify"], publishes: true });
  });
});

test.each([
  "BEGIN",
  "commit",
  "rollback to savepoint a",
  "set local lock_timeout = '1s'",
  "LISTEN orders",
  "pragma foreign_keys = on",
])("%s is about the session, and changes no data", (text) => {
  expect(readSql(text)).toMatchObject({ effect: "none", complete: true });
});

describe("what the program puts in", () => {
  test("goes by its name", () => {
    expect(readSql(`update ${HOLE} set x = ${HOLE}`, ["orders", "x"])?.writes).toEqual(["orders"]);
    expect(readSql(`select ${HOLE} from ${HOLE}`, ["fields", "ordersTable"])?.reads).toEqual(["ordersTable"]);
  });

  test.each([`with old as (${HOLE}) select * from old`, `select 1 from orders; ${HOLE}`])(
    "may be a whole statement: %s",
    (text) => {
      expect(readSql(text, ["query"])).toMatchObject({ complete: false });
    },
  );

  test("a value is none", () => {
    expect(readSql(`select * from orders where id = (${HOLE}) and state in (${HOLE})`)).toMatchObject({
      complete: true,
    });
  });

  test("nothing is known of text that begins with it", () => {
    expect(readSql(`${HOLE} where id = 1`, ["query"])).toBeNull();
  });
});

test.each(["orders", "order.placed", "/orders/select", "Please select a file", "", "updateOrder", "update the order"])(
  "%s is no SQL",
  (text) => {
    expect(readSql(text)).toBeNull();
  },
);
