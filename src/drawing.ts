import { escaped, safeUrl } from './html.ts';

/** A sheet of paper with a figure on it, as SVG that fills its place; the same for the same address. */
export function drawing(address: string): string {
  const seed = [...address].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const hue = seed % 360;
  const at = (index: number, range: number) => ((seed >>> (index * 3)) % 97) * (range / 97);
  const points = [0, 1, 2, 3, 4, 5].map((x) => `${12 + x * 12},${60 - at(x, 34)}`).join(' ');
  return `<svg viewBox="0 0 85 85" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><rect width="85" height="85" fill="hsl(${hue} 38% 24%)"/>
<rect x="10" y="9" width="${34 + at(6, 28)}" height="5" rx="2.5" fill="hsl(${hue} 55% 82%)"/>
<rect x="10" y="18" width="${24 + at(7, 24)}" height="3" rx="1.5" fill="hsl(${hue} 40% 62%)"/>
<polyline points="${points}" fill="none" stroke="hsl(${(hue + 40) % 360} 85% 66%)" stroke-width="3"/>
<path d="M10 28V70H76" fill="none" stroke="hsl(${hue} 30% 55%)"/></svg>`;
}

/**
 * The picture at an address, over a drawing that is seen where it cannot be loaded; the drawing alone where the address
 * is not of `https`.
 */
export function picture(address: string): string {
  const url = safeUrl(address);
  if (!url?.startsWith('https:')) return drawing(address);
  return `${drawing(address)}<img alt="" loading="lazy" referrerpolicy="no-referrer" src="${escaped(url)}">`;
}

/**
 * The style of the picture over its drawing, in an element that has a position. Its size is not set by `width` and
 * `height`: Chromium would draw a frame and a sign for one that cannot be loaded.
 */
export const OVER_DRAWING =
  'position: absolute; top: 0; left: 0; min-width: 100%; max-width: 100%; min-height: 100%; max-height: 100%; object-fit: cover';

/**
 * A link of a drawn message, in a window of its own; `label` is HTML. Without an address that is safe it leads nowhere.
 */
export function anchor(label: string, address: string, name?: string): string {
  const url = safeUrl(address);
  const shown = name === undefined ? '' : ` class="${name}"`;
  const leads = url === undefined ? '' : ` href="${escaped(url)}" rel="noreferrer" target="_blank"`;
  return `<a${shown}${leads}>${label}</a>`;
}

/** What is said in a part of a message that no look has a drawing of: the texts under these names, in their order. */
export function wordsIn(part: unknown, names: ReadonlySet<string>): string[] {
  if (Array.isArray(part)) return part.flatMap((one) => wordsIn(one, names));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => {
    if (typeof value !== 'string') return wordsIn(value, names);
    return names.has(name) ? [value] : [];
  });
}
