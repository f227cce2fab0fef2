/** Elements that have no end tag. */
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr path rect circle'.split(' '),
);
/** Real pages had 30,000 tags, some 40 deep, in October 2026; a feed of 200 papers may have more of them. */
const MOST_TAGS = 400_000;
const MOST_DEPTH = 500;

/**
 * True for markup that is nested deeper, or has more tags, than any real page or feed. The parser looks through all
 * open elements at each end tag, so that such a thing would keep it busy for minutes.
 *
 * An estimate on the safe side: what stands in scripts, attributes and comments counts too.
 */
export function isTooNested(markup: string): boolean {
  const open = new Map<string, number>();
  let tags = 0;
  let depth = 0;
  for (const [, slash, written = ''] of markup.matchAll(/<(\/?)([a-z][^\s/>]{0,40})/gi)) {
    const name = written.toLowerCase();
    tags += 1;
    if (VOID.has(name)) continue;
    const known = open.get(name) ?? 0;
    if (slash === '') {
      open.set(name, known + 1);
      depth += 1;
    } else if (known > 0) {
      open.set(name, known - 1);
      depth -= 1;
    }
    if (tags > MOST_TAGS || depth > MOST_DEPTH) return true;
  }
  return false;
}
