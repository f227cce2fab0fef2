/**
 * The same function, which makes each thing once: it keeps the last `most` that were asked for. What it is given is JSON and
 * alike where its JSON is; what it makes is shared, and nobody changes it.
 */
export function remembered<Given, Made>(make: (given: Given) => Made, most: number): (given: Given) => Made {
  const kept = new Map<string, { made: Made }>();
  return (given) => {
    const key = JSON.stringify(given);
    const one = kept.get(key) ?? { made: make(given) };
    // What was asked for last goes last.
    kept.delete(key);
    kept.set(key, one);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
    return one.made;
  };
}
