/** What is built of the first of the choices by which it fits; of the last one where none does, nothing without any. */
export function firstFitting<Choice, Part>(
  choices: readonly Choice[],
  build: (choice: Choice) => Part[],
  fits: (built: readonly Part[]) => boolean,
): Part[] {
  let built: Part[] = [];
  for (const choice of choices) {
    built = build(choice);
    if (fits(built)) break;
  }
  return built;
}

/** The first of `count` numbers from 0 for which it is true, as it is for all after it; the last one if for none. */
export function firstWhere(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * All of them in order, in as few groups of at most `most` as fit, as even as they can be; one group at least, and never
 * an empty one beside others. One alone is taken to fit, and so is less of what does.
 */
export function splitEvenly<One>(
  all: readonly One[],
  most: number,
  fits: (some: readonly One[]) => boolean,
): One[][] {
  const full: One[][] = [];
  for (let from = 0; from < all.length; from += full.at(-1)?.length ?? 0) {
    const rest = all.slice(from, from + most);
    const fewer = firstWhere(rest.length, (less) => fits(rest.slice(0, rest.length - less)));
    full.push(rest.slice(0, rest.length - fewer));
  }
  if (full.length === 0) return [[]];
  const share = all.length / full.length;
  const even = full.map((_, index) => all.slice(Math.round(index * share), Math.round((index + 1) * share)));
  return even.every((some) => some.length <= most && fits(some)) ? even : full;
}
