import { visible } from '../../../src/text/characters.ts';
import { LIMITS } from './limits.ts';

/** Hebrew to Arabic Extended, their presentation forms, and the right-to-left scripts of the supplementary plane. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** No script needs more marks on one letter; towers of them cover the lines above and below. */
const TOWER = /(\p{M}{5})\p{M}+/gu;

/** What begins something wherever it stands; a single `~` or `|` does not. */
const MARKUP = /[\\*_`<[]|~(?=~)|\|(?=\|)|@(?=everyone|here)|:(?=\/\/|[\w+-]+:)|(?<=\])\(/gi;
/** What begins a heading, a quotation or a list at the start of a line. */
const LINE_START = /^(?=[#>+-])|^(\d+)(?=\.)/;

/**
 * Text that Discord shows and does not obey, as one line: markdown, mentions, emoji names, times and addresses escaped,
 * direction controls and what nobody sees gone, right-to-left text kept from turning its neighbours round. Not for the
 * label of a masked link, where nothing can be escaped: see `isLabel`.
 */
export function inert(text: string): string {
  const line = plain(text);
  const escaped = line.replace(MARKUP, '\\$&').replace(LINE_START, '$1\\');
  return RIGHT_TO_LEFT.test(line) ? `\u2068${escaped}\u2069` : escaped;
}

/** The same, line by line; empty lines are left out. */
export function inertLines(text: string): string {
  const lines = visible(text).split('\n').map(inert);
  return lines.filter((line) => line !== '').join('\n');
}

/** Text for where there is no markdown, as one line: labels of buttons and options, alt texts, names of threads. */
export function plain(text: string): string {
  return visible(text).replaceAll('\n', ' ').replace(TOWER, '$1').trim();
}

/** Marks, and emoji, which make Discord show the link as it is written (discord/discord-api-docs#6116). */
const UNFIT_FOR_LABEL =
  /[\\*_`~|<>[\]]|[^\P{Extended_Pictographic}™©®]|\p{Regional_Indicator}|[\uFE0F\u20E3]|@(?:everyone|here)|:[\w+-]+:|^(?:[#+-]|\d+\.)/iu;
/** What looks as if it led somewhere: an address with or without its scheme, or nothing but a host. */
const ADDRESS = /[/⁄∕╱⧸]{2}|\bwww\.|\bdiscord\.gg|[\p{L}\d-]\.\p{L}{2,}\/|^\S+\.\p{L}{2,}\/?$/iu;

/**
 * True for a line that may be the label of a masked link as it stands. Discord lets nothing be escaped there
 * (discord/discord-api-docs#6185), and a label that names another address would forge a link.
 */
export function isLabel(line: string): boolean {
  if (line === '' || UNFIT_FOR_LABEL.test(line) || RIGHT_TO_LEFT.test(line)) return false;
  return !ADDRESS.test(line.normalize('NFKC'));
}

/** What would end a masked link, or the bold text around it, before its end; and what RFC 3986 has in no address. */
const UNFIT_FOR_TARGET = /[()[\]\\*<>|`'"{}^]|%(?![\da-f]{2})|(?<=#.*)#/gi;
/** Discord takes no other host in a button; a test's `127.0.0.1` is one. */
const HOST = /^[\w-]+(?:\.[\w-]+)+$/;

/**
 * The address as a link may carry it, in printable ASCII; undefined for what is no web address, is longer than `max`,
 * or shows one host to the eye and goes to another (`https://huggingface.co@example.com`).
 */
export function safeUrl(address: string | undefined, max: number = LIMITS.linkUrl): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '' || !HOST.test(url.hostname)) return undefined;
  const written = url.href.replace(UNFIT_FOR_TARGET, percentEncoded);
  return written.length <= max && /^[\x21-\x7e]+$/.test(written) ? written : undefined;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A masked link; its label fits (`isLabel`), its target is a `safeUrl`. */
export function link(label: string, url: string): string {
  return `[${label}](${url})`;
}
