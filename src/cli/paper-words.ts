import { commandText } from '../../adapters/terminal/command-text.ts';
import { inShell } from '../../adapters/terminal/in-shell.ts';
import { commands } from '../../commands/index.ts';
import type { Bot } from '../bot.ts';
import type { Command, Invocation, Reply } from '../command.ts';
import type { Card } from '../domain/card.ts';
import { readTyped, spokenWords } from '../typed.ts';
import { TERMINAL } from './session.ts';

type Given = Pick<Invocation, 'command' | 'options'>;

const HOW =
  'Each is given as "paperwire paper <command>", its options as "--name value"; "paperwire paper <command> --help" explains one.';
const FEEDS =
  'Here are the feeds of this terminal: their editions are shown where "paperwire start" runs. Those of Discord, Slack and the playground are set there; "paperwire status" shows all.';
const ELSEWHERE =
  'That is said of this terminal alone: there are feeds of Discord, Slack or the playground, and "paperwire status" shows all.';
const SHOWN = 'Its editions are shown in the terminal where "paperwire start" runs.';

/** What to write where an option is missing without which the command does nothing; undefined where none is. */
export function missingText({ command: name, options }: Given): string | undefined {
  const command = commandOf(name);
  const missing = command?.options.find((one) => one.isRequired && options[one.name] === undefined);
  if (!command || !missing) return undefined;
  const example = commandText(readTyped(spokenWords(command.example, commands), commands));
  return `--${missing.name} is missing: ${inShell(lowered(missing.summary))}. Write it like: ${example}`;
}

/** What is answered in a terminal: how options are given there, and which feeds are meant. */
export function cardsInShell({ command, options }: Given, cards: readonly Card[]): Card[] {
  const about = command === 'help' ? String(options.command ?? '') : undefined;
  return cards.map((card) => {
    if (card.kind !== 'text') return card;
    const { paragraphs, rows = [] } = card;
    const say = (sentence: string) => ({ ...card, paragraphs: [...paragraphs, sentence] });
    if (command === 'feed add') return say(SHOWN);
    if (about === undefined) return card;
    if (about === '') return say(HOW);
    const isOption = commandOf(about) !== undefined;
    const named = isOption ? rows.map((row) => ({ ...row, name: `--${row.name}` })) : rows;
    return { ...(/^feed\b/.test(about) ? say(FEEDS) : card), rows: named };
  });
}

/** Why a command was not carried out, with its options as they are typed in a shell. */
export function refusalInShell({ command }: Given, { cards }: Reply): string {
  const sentences = cards.flatMap((card) => (card.kind === 'text' ? card.paragraphs : []));
  const options = commandOf(command)?.options ?? [];
  return options.reduce((text, { name }) => withOption(text, name), inShell(sentences.join(' ')));
}

/**
 * Where the feed is that was asked for, or that there are feeds, where the terminal has none of them; undefined where nothing
 * of this helps. Errors: `StoreError`.
 */
export async function elsewhereText({ command, options }: Given, bot: Bot): Promise<string | undefined> {
  if (!/^(?:feed (?!add)|status$)/.test(command)) return undefined;
  const asked = options.id === undefined ? undefined : await bot.store.feeds.get(String(options.id));
  const { platform, channel } = asked?.destination ?? TERMINAL;
  if (asked && !asked.isDigest && platform !== TERMINAL.platform)
    return `Feed ${asked.id} posts on ${platform}, in ${channel}, and is set there: "/paper ${command}".`;
  const feeds = await bot.feeds.all();
  const isHere = feeds.some(({ feed }) => feed.destination.platform === TERMINAL.platform);
  return isHere || feeds.length === 0 ? undefined : ELSEWHERE;
}

function commandOf(name: string): Command | undefined {
  return commands.find((one) => one.name === name);
}

function withOption(text: string, name: string): string {
  return text
    .replace(new RegExp(`^"${name}"(?= is )`), `--${name}`)
    .replace(new RegExp(`\\bwith ${name}: `), `with --${name}: `)
    .replace(new RegExp(`\\bfor example ${name}:(?=\\S)`), `for example --${name} `);
}

function lowered(phrase: string): string {
  return /^[A-Z][a-z]/.test(phrase) ? `${phrase.slice(0, 1).toLowerCase()}${phrase.slice(1)}` : phrase;
}
