import { escaped } from '../../src/html.ts';

/** Tells how high the page has become. */
const MEASURE =
  '<script>document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)</script>';

/** A page of places, each under its name; `inner` is HTML. */
export function pageOf(places: readonly { place: string; inner: string }[], style: string): string {
  const body = places.map(
    ({ place, inner }) => `<section><header>${escaped(place)}</header>${inner}</section>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Preview</title><style>${style}</style>${body.join('')}${MEASURE}`;
}

/** Emoji as they stand under a message; nothing for none. */
export function reactionsLine(reactions: readonly string[]): string {
  const each = reactions.map((emoji) => `<span class="reaction">${escaped(emoji)} 1</span>`).join('');
  return each === '' ? '' : `<div class="reactions">${each}</div>`;
}
