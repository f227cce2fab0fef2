import type { types } from '@slack/bolt';
import type { Command, Option, OptionValue } from '../../../src/command.ts';
import { MistypedError } from '../../../src/errors.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { inChat, readTyped, spokenWords } from '../../../src/typed.ts';
import { pressButton } from '../cards/parts.ts';
import { isUserGroup } from '../posting/obstacles.ts';
import { emojiOf } from '../reactions/short-names.ts';
import { type Asked, writeAsked } from './asked.ts';
import { BUTTONS } from './asking.ts';
import { plainOf } from './words.ts';

/** What somebody typed after `/paper`. */
export type Typed =
  | { kind: 'asked'; asked: Asked }
  /** Why it cannot be read, and what was meant, where that is near. */
  | { kind: 'unread'; sentence: string; meant?: Asked };

/** A button that gives what was meant; none where nothing is near, or what is too long for a button. */
export function meantButton({ meant }: Extract<Typed, { kind: 'unread' }>): types.Button[] {
  const value = meant && writeAsked(meant);
  if (!meant || value === undefined) return [];
  const given = Object.entries(meant.options).map(([name, one]) => `${name}:${one}`);
  return [pressButton(['/paper', meant.command, ...given].join(' '), BUTTONS.run, value)];
}

/** Reads what was typed by the list of commands; nothing at all asks for help. Never throws. */
export function readText(text: string, commands: readonly Command[], texts: Texts): Typed {
  const words = spokenWords(plainOf(text), commands);
  if (words.length === 0) return { kind: 'asked', asked: { command: 'help', options: {} } };
  try {
    return checked(readTyped(words, commands, inChat(texts)), commands, texts);
  } catch (error) {
    if (!(error instanceof MistypedError)) throw error;
    const { message: sentence, meant } = error;
    const read = meant && checked(meant, commands, texts);
    return { kind: 'unread', sentence, ...(read?.kind === 'asked' ? { meant: read.asked } : {}) };
  }
}

/** What Slack's own names stand for, and a sentence for one that stands for nothing. */
function checked({ command, options }: Asked, commands: readonly Command[], texts: Texts): Typed {
  const known = commands.find(({ name }) => name === command)?.options ?? [];
  const { slackAnswers: say } = texts;
  const given: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(options)) {
    const option = known.find((one) => one.name === name);
    const said = String(value);
    if (option?.type === 'channel' && !CHANNEL.test(said))
      return { kind: 'unread', sentence: say.noChannel(said) };
    if (option?.type === 'role' && !isUserGroup(said) && !NONE.test(said))
      return { kind: 'unread', sentence: say.noGroup(said) };
    given[name] = option && isEmojiOption(option) ? emojiIn(said) : value;
  }
  return { kind: 'asked', asked: { command, options: given } };
}

/** As Slack names a channel, a private one or a direct message. */
const CHANNEL = /^[CGD][A-Z0-9]{2,}$/;
const NONE = /^none$/i;
const SHORT_NAME = /^:[^\s:]+(?:::skin-tone-\d)?:$/;

function isEmojiOption({ name }: Option): boolean {
  return name === 'emoji';
}

/** Slack tells an emoji by its short name. */
function emojiIn(said: string): string {
  return SHORT_NAME.test(said) ? emojiOf(said) : said;
}
