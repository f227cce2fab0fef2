import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandText } from '../../../adapters/terminal/command-text.ts';
import { parseInvocation } from '../../../adapters/terminal/parse.ts';
import type { Command } from '../../../src/command.ts';
import type { CardAction } from '../../../src/domain/card.ts';

type Options = CardAction['options'];

const SEARCH: Command = {
  name: 'search',
  summary: 'Search',
  options: [
    { name: 'words', summary: 'What', type: 'text', isRequired: true },
    { name: 'topic', summary: 'Of what', type: 'text' },
    { name: 'limit', summary: 'How many', type: 'integer' },
    { name: 'code-only', summary: 'With code', type: 'flag' },
  ],
  audience: 'member',
  example: 'search x',
  run: () => Promise.reject(new Error('Nobody asked.')),
};

/** The words that a real shell hands to a program. */
function shellWords(text: string): string[] {
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
}

describe('an action in words', () => {
  it.each<[Options, string]>([
    [{ words: 'feed@2026-11-23#2' }, 'feed@2026-11-23#2'],
    [{ words: 'alarm/feed/x/2026-11-23T09:00:00.000Z#0' }, 'alarm/feed/x/2026-11-23T09:00:00.000Z#0'],
    [{ words: 'two words' }, "'two words'"],
    [{ words: 'x', limit: 5 }, '--words x --limit 5'],
    [{ limit: -5 }, '--limit -5'],
    [{ 'code-only': true }, '--code-only'],
    [{ 'code-only': false }, '--code-only=no'],
    [{}, ''],
  ])('%j reads well: %s', (options, words) => {
    expect(commandText({ command: 'search', options })).toBe(`paperwire paper search ${words}`.trim());
  });

  it.each<Options>([
    { words: '$(echo acted) `echo acted` $HOME' },
    { words: 'it\'s; echo acted & | > x < y * ? [a] {b} ~ ! \\ " # end' },
    { words: '--limit' },
    { words: 'limit:5' },
    { words: '#2', topic: '' },
    { words: '' },
    { words: '~', limit: 0, 'code-only': true },
    { words: 'no', topic: '=x', 'code-only': false },
    { words: '漢字 ▲ é' },
  ])('%j comes back from a shell as it was', (options) => {
    const words = shellWords(commandText({ command: 'search', options }));
    expect(words.slice(0, 2)).toEqual(['paperwire', 'paper']);
    expect(parseInvocation(words.slice(2), [SEARCH])).toEqual({ command: 'search', options });
  });
});
