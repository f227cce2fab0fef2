import { visible } from './characters.ts';

/** Hebrew to Arabic Extended, their presentation forms, and the right-to-left scripts of the supplementary plane. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** No script needs more marks on one letter; towers of them cover the lines above and below. */
const TOWER = /(\p{M}{5})\p{M}+/gu;

/** Text for where no markup is obeyed, as one line: what can be seen of it, without towers of marks. */
export function plain(text: string): string {
  return visible(text).replaceAll('\n', ' ').replace(TOWER, '$1').trim();
}

/** True where the line would turn its neighbours round. */
export function isRightToLeft(line: string): boolean {
  return RIGHT_TO_LEFT.test(line);
}

/** A line as it is written, kept from turning its neighbours round; `line` is what it says. */
export function isolated(line: string, written: string): string {
  return isRightToLeft(line) ? `\u2068${written}\u2069` : written;
}

/** Each line of a text written by itself; those of which nothing is left are left out. */
export function lineByLine(text: string, write: (line: string) => string): string {
  const lines = visible(text).split('\n').map(write);
  return lines.filter((line) => line !== '').join('\n');
}
