import { visible } from '../../../src/text/characters.ts';
import { LIMITS } from './limits.ts';

/** Hebrew to Arabic Extended, their presentation forms, and the right-to-left scripts of the supplementary plane. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** No script needs more marks on one letter; towers of them cover the lines above and below. */
const TOWER = /(\p{M}{5})\p{M}+/gu;

/**
 * What could begin a format: not inside a word of Latin letters (`model_name`, `A*`), where Slack takes none. Other
 * letters are not known to keep it from that.
 */
const FORMAT = /(?<![A-Za-z0-9])[*_~]+|[*_~]{2,}|`/g;
/** `:name:`, which becomes an emoji also within a word. */
const EMOJI = /:+(?=[^\s:]{1,100}:)/g;
/** What begins a quotation or a list at the start of a line; an escaped `>` does so too. */
const LINE_START = /^[>•]/;
/** Slack has no escape for these (slackhq/slack-api-docs#34): what looks like them stands in their place. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '`': '‘',
  ':': '∶',
  '>': '›',
  '•': '∙',
  '|': '∣',
};
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text that Slack shows and does not obey, as one line: formats, mentions and emoji names disarmed, direction controls
 * and what nobody sees gone, right-to-left text kept from turning its neighbours round. To stand in `mrkdwn` that is
 * `verbatim`, so that addresses and names stay text.
 */
export function inert(text: string): string {
  return disarmed(text, FORMAT);
}

/** The same for what stands between stars of ours. */
export function inertBold(text: string): string {
  return disarmed(text, /\*|(?<![A-Za-z0-9])[_~]+|[_~]{2,}|`/g);
}

/** The same for the label of a link, bold or not. */
export function inertLabel(text: string): string {
  return disarmed(text, /[*|]|(?<![A-Za-z0-9])[_~]+|[_~]{2,}|`/g);
}

/** The same, line by line; empty lines are left out. */
export function inertLines(text: string): string {
  const lines = visible(text).split('\n').map(inert);
  return lines.filter((line) => line !== '').join('\n');
}

/** Text for where nothing is obeyed, as one line: `plain_text`, alt texts. */
export function plain(text: string): string {
  return visible(text).replaceAll('\n', ' ').replace(TOWER, '$1').trim();
}

/** The same for where emoji names become emoji. */
export function plainWithEmoji(text: string): string {
  return plain(text).replace(EMOJI, lookAlikes);
}

/** `&`, `<` and `>` as Slack wants them in `mrkdwn`. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

function disarmed(text: string, formats: RegExp): string {
  const line = plain(text);
  const harmless = escaped(
    line.replace(LINE_START, lookAlikes).replace(formats, lookAlikes).replace(EMOJI, lookAlikes),
  );
  return RIGHT_TO_LEFT.test(line) ? `\u2068${harmless}\u2069` : harmless;
}

function lookAlikes(signs: string): string {
  return [...signs].map((sign) => LOOK_ALIKES[sign] ?? sign).join('');
}

/** What looks as if it led somewhere: an address with or without its scheme, or nothing but a host. */
const ADDRESS = /[/⁄∕╱⧸]{2}|\bwww\.|[\p{L}\d-]\.\p{L}{2,}\/|^\S+\.\p{L}{2,}\/?$/iu;

/** True for a line that may be the label of a link: one that names another address would forge it. */
export function isLabel(line: string): boolean {
  return line !== '' && !ADDRESS.test(line.normalize('NFKC'));
}

/** What would end a link, or the bold text around it, before its end, and what RFC 3986 has in no address. */
const UNFIT_FOR_TARGET = /[\\<>|`"{}^*]|%(?![\da-f]{2})|(?<=#.*)#/gi;
/** A host on the open net; a test's `127.0.0.1` is one. */
const HOST = /^[\w-]+(?:\.[\w-]+)+$/;

/**
 * The address as a link may carry it, in printable ASCII; undefined for what is no web address, is longer than `max`,
 * or shows one host to the eye and goes to another (`https://huggingface.co@example.com`).
 */
export function safeUrl(address: string | undefined, max: number = LIMITS.url): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '' || !HOST.test(url.hostname)) return undefined;
  const written = url.href.replace(UNFIT_FOR_TARGET, percentEncoded);
  return written.length <= max && /^[\x21-\x7e]+$/.test(written) ? written : undefined;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A link; its label is an `inertLabel`, its target a `safeUrl`. */
export function link(label: string, url: string): string {
  return `<${escaped(url)}|${label}>`;
}
