import type { types } from '@slack/bolt';
import type { CardAction } from '../../../src/domain/card.ts';
import { fitted, fittedPlain } from './budget.ts';
import { inert, plainWithEmoji } from './inert.ts';
import { LIMITS } from './limits.ts';
import { chooseId, linkId, pressId, writePress } from './press.ts';

/** Lines of `mrkdwn` that is inert already; what is undefined or empty is left out. */
export type Lines = readonly (string | undefined)[];

/** Text of ours with inert text in it. Slack parses nothing in it but what we wrote as `<…>` ourselves. */
export function mrkdwn(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Text in which nothing is obeyed, of at most `max` characters; `…` for none. */
export function plainText(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: fittedPlain(text, max) || '…', emoji: false };
}

/** The same for words of ours, in which an emoji looks as Slack's do; an emoji's name stays text. */
export function plainLabel(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: fittedPlain(text, max, plainWithEmoji) || '…', emoji: true };
}

/** A large line. */
export function header(title: string): types.HeaderBlock {
  return { type: 'header', text: plainText(title, LIMITS.header) };
}

/** Lines in one section, with something at its right; nothing for none. At most 3,000 characters: see `sections`. */
export function section(
  lines: Lines,
  accessory?: NonNullable<types.SectionBlock['accessory']>,
): types.SectionBlock[] {
  const text = shown(lines).join('\n');
  if (text === '') return [];
  return [{ type: 'section', text: mrkdwn(text), ...(accessory === undefined ? {} : { accessory }) }];
}

/**
 * Lines, each of at most 3,000 characters, in as few sections as hold them; shown whole, where Slack would hide what is
 * long.
 */
export function sections(lines: Lines): types.SectionBlock[] {
  const texts: string[] = [];
  for (const line of shown(lines)) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > LIMITS.sectionText) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts.map((text) => ({ type: 'section', text: mrkdwn(text), expand: true }));
}

/** Small print, a line each; nothing for none. At most 3,000 characters. */
export function context(lines: Lines): types.ContextBlock[] {
  const text = shown(lines).join('\n');
  return text === '' ? [] : [{ type: 'context', elements: [mrkdwn(text)] }];
}

export function divider(): types.DividerBlock {
  return { type: 'divider' };
}

/** Buttons and selects in a row, in as many rows as they need; nothing for none. */
export function actionsBlocks(elements: readonly types.ActionsBlockElement[]): types.ActionsBlock[] {
  const blocks: types.ActionsBlock[] = [];
  for (let from = 0; from < elements.length; from += LIMITS.actionsElements)
    blocks.push({ type: 'actions', elements: elements.slice(from, from + LIMITS.actionsElements) });
  return blocks;
}

/** A button that gives a command, the `index`-th in its message; undefined for one that is too long for any. */
export function buttonOf(action: CardAction, index: number): types.Button | undefined {
  const value = writePress(action);
  return value === undefined ? undefined : pressButton(action.label, pressId(index), value);
}

/** A button of anything; `value` is told with its press. */
export function pressButton(label: string, actionId: string, value: string): types.Button {
  return { type: 'button', text: plainLabel(label, LIMITS.buttonText), action_id: actionId, value };
}

/** A button that leads to a `safeUrl`, the `index`-th of its kind in its message. */
export function linkButton(label: string, url: string, index: number): types.Button {
  return { type: 'button', text: plainLabel(label, LIMITS.buttonText), action_id: linkId(index), url };
}

/** A select that gives a command: what is chosen fills one of its options. */
export interface Chooser {
  /** The `index`-th select in its message. */
  index: number;
  command: string;
  /** The option that is filled. */
  choose: string;
  placeholder: string;
  /** At most 100 are shown. */
  options: readonly types.PlainTextOption[];
}

/** One of several; undefined where there is nothing to choose from. */
export function selectOf(chooser: Chooser): types.StaticSelect | undefined {
  const rest = chooserParts(chooser);
  return rest && { type: 'static_select', ...rest };
}

/** Some of several; undefined where there is nothing to choose from. For sections, not for rows of buttons. */
export function multiSelectOf(chooser: Chooser): types.MultiStaticSelect | undefined {
  const rest = chooserParts(chooser);
  return rest && { type: 'multi_static_select', ...rest };
}

function chooserParts({ index, command, choose, placeholder, options }: Chooser) {
  const written = writePress({ command, options: {} }, choose);
  if (options.length === 0 || written === undefined) return undefined;
  return {
    action_id: chooseId(index, written),
    placeholder: plainText(placeholder, LIMITS.placeholder),
    options: options.slice(0, LIMITS.options),
  };
}

/** One that can be chosen; `value` has at most 75 characters. */
export function optionOf(label: string, value: string): types.PlainTextOption {
  return { text: plainText(label, LIMITS.optionText), value };
}

/** More says nothing to a listener. */
const ALT_TEXT = 250;

/** A picture; `url` is a `safeUrl`, `altText` is plain. */
export function image({ url, altText }: { url: string; altText: string }): types.ImageElement {
  return { type: 'image', image_url: url, alt_text: fittedPlain(altText, ALT_TEXT) || '…' };
}

/** A note is cut no shorter than this; beyond the room for it there are none. */
const LEAST_NOTE = 40;

/** Notes to be small print; a crowd of them is shortened evenly. */
export function notesIn(notes: readonly string[], room: number): string[] {
  const some = notes.slice(0, Math.floor(room / LEAST_NOTE));
  const each = Math.floor(room / Math.max(1, some.length));
  return some.map((note) => fitted(note, each, inert));
}

function shown(lines: Lines): string[] {
  return lines.flatMap((line) => (line === undefined || line === '' ? [] : [line]));
}
