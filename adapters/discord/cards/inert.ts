import { isLikeAddress, linkAddress } from '../../../src/text/address.ts';
import { isolated, isRightToLeft, lineByLine, plain } from '../../../src/text/line.ts';
import { LIMITS } from './limits.ts';

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
  return isolated(line, line.replace(MARKUP, '\\$&').replace(LINE_START, '$1\\'));
}

/** The same, line by line; empty lines are left out. */
export function inertLines(text: string): string {
  return lineByLine(text, inert);
}

/** Marks, and emoji, which make Discord show the link as it is written (discord/discord-api-docs#6116). */
const UNFIT_FOR_LABEL =
  /[\\*_`~|<>[\]]|[^\P{Extended_Pictographic}™©®]|\p{Regional_Indicator}|[\uFE0F\u20E3]|@(?:everyone|here)|:[\w+-]+:|^(?:[#+-]|\d+\.)/iu;
/** Discord makes a link of it without a scheme. */
const INVITE = /\bdiscord\.gg/iu;

/**
 * True for a line that may be the label of a masked link as it stands. Discord lets nothing be escaped there
 * (discord/discord-api-docs#6185), and a label that names another address would forge a link.
 */
export function isLabel(line: string): boolean {
  if (line === '' || UNFIT_FOR_LABEL.test(line) || isRightToLeft(line)) return false;
  return !isLikeAddress(line) && !INVITE.test(line.normalize('NFKC'));
}

/** What would end a masked link, or the bold text around it, before its end; and what RFC 3986 has in no address. */
const UNFIT_FOR_TARGET = /[()[\]\\*<>|`'"{}^]|%(?![\da-f]{2})|(?<=#.*)#/gi;

/** The address as the target of a link, or as a picture's (`linkAddress`). */
export function safeUrl(address: string | undefined, max: number = LIMITS.linkUrl): string | undefined {
  return linkAddress(address, { max, unfit: UNFIT_FOR_TARGET });
}

/** A masked link; its label fits (`isLabel`), its target is a `safeUrl`. */
export function link(label: string, url: string): string {
  return `[${label}](${url})`;
}
