import type { types } from '@slack/bolt';
import type { Texts } from '../../../src/texts/index.ts';
import { fittedPlain } from '../cards/budget.ts';
import { plainWithEmoji } from '../cards/inert.ts';
import { plainText } from '../cards/parts.ts';

/**
 * What Slack takes in views beside what it takes in messages (docs.slack.dev/reference/views and /reference/block-kit,
 * 2026-11-26; the comments of @slack/types 3.2). Lengths are in characters, counted as in `cards/limits.ts`.
 */
export const VIEW_LIMITS = {
  blocks: 100,
  /** Of the JSON of a Home tab. */
  bytes: 250_000,
  metadata: 3000,
  title: 24,
  text: 3000,
  label: 2000,
  checkboxes: 10,
  input: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** Words in which nothing is obeyed, with something at their right. */
export function section(text: string, accessory?: types.SectionBlock['accessory']): types.SectionBlock {
  return { type: 'section', text: plainText(text, VIEW_LIMITS.text), ...(accessory ? { accessory } : {}) };
}

/** Small print in which nothing is obeyed. */
export function smallPrint(text: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(text, VIEW_LIMITS.text)] };
}

/** What a member must be told by the way; nothing for nothing. */
export function asideBlocks(aside: string | undefined, { host: say }: Texts): types.SectionBlock[] {
  return aside === undefined ? [] : [section(`${say.byTheWay}: ${aside}`)];
}

/** What is asked before a button does its work. */
export function confirmation(
  words: { title: string; text: string; yes: string; no: string },
  style?: types.ColorScheme,
): types.ConfirmationDialog {
  return {
    title: plainText(words.title, VIEW_LIMITS.confirmTitle),
    text: plainText(words.text, VIEW_LIMITS.confirmText),
    confirm: plainText(words.yes, VIEW_LIMITS.confirmButton),
    deny: plainText(words.no, VIEW_LIMITS.confirmButton),
    ...(style ? { style } : {}),
  };
}

/** One that Slack's own workspaces have made is written as its name between colons. */
const OWN_EMOJI = /^:[\w+-]+:$/;

/** A topic to choose. `value` has at most 75 characters. */
export function topicOption(
  { emoji, name }: { emoji: string; name: string },
  value: string,
  max: number,
): types.PlainTextOption {
  const sign = OWN_EMOJI.test(emoji) ? emoji : plainWithEmoji(emoji);
  const label = fittedPlain(name, max - sign.length - 1, plainWithEmoji) || '…';
  return { text: { type: 'plain_text', text: `${sign} ${label}`, emoji: true }, value };
}

/** Those of the options that are chosen; Slack takes no empty list. */
export function chosenOf<T extends types.PlainTextOption>(
  options: readonly T[],
  chosen: readonly string[],
): { initial_options?: T[] } {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return initial.length > 0 ? { initial_options: initial } : {};
}

/** The option that is chosen, if it is one of them. */
export function chosenOption<T extends types.PlainTextOption>(
  options: readonly T[],
  chosen: unknown,
): { initial_option?: T } {
  const initial = options.find(({ value }) => value === chosen);
  return initial ? { initial_option: initial } : {};
}
