import type { Command } from '../../../src/command.ts';
import { MistypedError } from '../../../src/errors.ts';
import { inChat, readTyped, spokenWords, type Typed } from '../../../src/typed.ts';

/** What somebody typed into the box. */
export type ReadLine =
  | { kind: 'asked'; asked: Typed }
  /** Why it cannot be read, and what was meant, where that is near. */
  | { kind: 'unread'; sentence: string; meant?: Typed };

const PREFIX = /^\s*(?:\/paper(?=\s|$)|\/(?=\w))?/i;
/** What phones make of a quotation mark. */
const CLEVER_QUOTES = /[“”„‟]/g;

/** Reads a command by the list of commands, with `/paper` before it or without; nothing at all asks for help. */
export function readLine(line: string, commands: readonly Command[]): ReadLine {
  const words = spokenWords(line.replace(PREFIX, '').replace(CLEVER_QUOTES, '"'), commands);
  if (words.length === 0) return { kind: 'asked', asked: { command: 'help', options: {} } };
  try {
    return { kind: 'asked', asked: readTyped(words, commands, inChat()) };
  } catch (error) {
    if (!(error instanceof MistypedError)) throw error;
    const { message: sentence, meant } = error;
    return { kind: 'unread', sentence, ...(meant === undefined ? {} : { meant }) };
  }
}

/** A command as it is typed, for those who read it. */
export function lineText({ command, options }: Typed): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${quoted(String(value))}`);
  return ['/paper', command, ...given].join(' ');
}

function quoted(value: string): string {
  return /\s/.test(value) && !value.includes('"') ? `"${value}"` : value;
}
