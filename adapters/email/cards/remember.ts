/**
 * The same function, which makes each thing once: it keeps the last `most` that were asked for. What it makes is shared, and
 * nobody changes it. `keyOf`: alike for what is alike; by default what it is given is JSON, and alike where its JSON is.
 */
export function remembered<Given, Made>(
  make: (given: Given) => Made,
  most: number,
  keyOf: (given: Given) => string = JSON.stringify,
): (given: Given) => Made {
  const kept = new Map<string, { made: Made }>();
  return (given) => {
    const key = keyOf(given);
    const one = kept.get(key) ?? { made: make(given) };
    // What was asked for last goes last.
    kept.delete(key);
    kept.set(key, one);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
    return one.made;
  };
}
