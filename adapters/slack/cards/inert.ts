import { isLikeAddress, linkAddress } from '../../../src/text/address.ts';
import { isolated, lineByLine, plain } from '../../../src/text/line.ts';
import { LIMITS } from './limits.ts';

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
  return lineByLine(text, inert);
}

/** Plain text for where emoji names become emoji. */
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
  return isolated(line, harmless);
}

function lookAlikes(signs: string): string {
  return [...signs].map((sign) => LOOK_ALIKES[sign] ?? sign).join('');
}

/** True for a line that may be the label of a link: one that names another address would forge it. */
export function isLabel(line: string): boolean {
  return line !== '' && !isLikeAddress(line);
}

/** What would end a link, or the bold text around it, before its end, and what RFC 3986 has in no address. */
const UNFIT_FOR_TARGET = /[\\<>|`"{}^*]|%(?![\da-f]{2})|(?<=#.*)#/gi;

/** The address as the target of a link, or as a picture's (`linkAddress`). */
export function safeUrl(address: string | undefined, max: number = LIMITS.url): string | undefined {
  return linkAddress(address, { max, unfit: UNFIT_FOR_TARGET });
}

/** A link; its label is an `inertLabel`, its target a `safeUrl`. */
export function link(label: string, url: string): string {
  return `<${escaped(url)}|${label}>`;
}
