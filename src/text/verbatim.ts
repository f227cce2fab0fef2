import { type Piece, type Place, readGroup } from './tex-source.ts';

/** To the first character that no address has. TeX escapes `_ # % & ~ $` even there, and a backslash breaks a link. */
const REST = String.raw`(?:[^\s{}<>"${'`'}\\]|\\[_#%&~$])*`;
const ADDRESS = new RegExp(
  [
    String.raw`(?:https?|ftp):\/\/${REST}`,
    String.raw`www\.${REST}`,
    String.raw`(?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,12}\/${REST}`,
    String.raw`[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{1,40}`,
  ].join('|'),
  'iy',
);
/** A path of Windows, or code between single backquotes; a quotation 'like this' begins with one as well. */
const LITERAL = /[A-Za-z]:\\[^\s{}$^"]*|`[^`'\s](?:[^`'\n]{0,60}[^`'\s])?`(?!`)/y;

/** Reads what must stay as it is: addresses, paths and code. `https://…{label}` is what remains of `\\href`. */
export function readVerbatim(place: Place): Piece | undefined {
  const { at, end } = place;
  const { text } = place.source;
  if (!/[A-Za-z0-9`]/.test(text.charAt(at)) || /[\w.@`\\/-]/.test(text.charAt(at - 1))) return undefined;
  ADDRESS.lastIndex = at;
  LITERAL.lastIndex = at;
  const address = ADDRESS.exec(text)?.[0];
  const found = address?.replace(/\\([_#%&~$])/g, '$1') ?? LITERAL.exec(text)?.[0];
  const next = at + (address ?? found ?? '').length;
  if (found === undefined || next > end) return undefined;
  const label = address === undefined ? undefined : readGroup(place, next);
  return label ? { text: linked(found, label.text), next: label.next } : { text: found, next };
}

/** A link as text: its label, and its address in parentheses where the label is not just that. */
export function linked(address: string, label: string): string {
  const shown = label.trim();
  if (shown === '' || bare(shown) === bare(address)) return address;
  const stop = /[.!?]$/.exec(shown)?.[0] ?? '';
  return `${shown.slice(0, shown.length - stop.length)} (${address})${stop}`;
}

function bare(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/(?<![/.])[/.]+$/, '');
}
