/**
 * Compares what was promised with what was done. `ledger`: written in the transaction of each event, one row for each
 * consumer that has to act and how; `effect`: written by whoever acted. Both are numbered in the order of commits.
 *
 * A direct call that stood behind its transaction ("after") is lost with its process, as it was before the cut; it
 * must not have happened by another way, and never twice.
 */
export function verify(ledger, effects) {
  const promised = new Map(ledger.map((row) => [identity(row), row]));
  const done = new Map();
  const figures = {
    events: ledger.length,
    direct: ledger.filter((row) => row.how !== "handler").length,
    effects: effects.length,
    lost: 0,
    duplicate: 0,
    ghost: 0,
    misrouted: 0,
    misordered: 0,
    exempt: 0,
  };
  for (const row of effects) {
    const promise = promised.get(identity(row));
    if (!promise) figures.ghost++;
    else if (done.has(identity(row))) figures.duplicate++;
    else if ((promise.how === "handler") !== (row.how === "handler")) figures.misrouted++;
    if (!done.has(identity(row))) done.set(identity(row), row);
  }
  for (const row of ledger) {
    if (done.has(identity(row))) continue;
    if (row.how === "after") figures.exempt++;
    else figures.lost++;
  }
  figures.misordered = misordered(
    ledger.filter((row) => done.has(identity(row))),
    [...done.values()].filter((row) => promised.has(identity(row))),
  );
  return figures;
}

/** Keys on which a consumer acted in another order than that of the commits. */
function misordered(expected, actual) {
  const inOrder = byKey(actual);
  return [...byKey(expected)].filter(([key, events]) => events.join() !== inOrder.get(key)?.join()).length;
}

function byKey(rows) {
  const keys = new Map();
  for (const row of rows) {
    const key = `${row.consumer} ${row.key}`;
    if (keys.has(key)) keys.get(key).push(row.event_id);
    else keys.set(key, [row.event_id]);
  }
  return keys;
}

function identity(row) {
  return `${row.consumer} ${row.event_id}`;
}
