/** Random numbers from a seed (mulberry32): the same seed plans the same chaos, though never the same schedule. */
export function randomFrom(seed) {
  let state = 2166136261;
  for (const character of String(seed)) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    random,
    chance: (probability) => random() < probability,
    between: (low, high) => low + random() * (high - low),
    pick: (values) => values[Math.floor(random() * values.length)],
  };
}
