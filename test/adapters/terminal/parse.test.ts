import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../adapters/terminal/parse.ts';
import type { Command, Option } from '../../../src/command.ts';
import { UsageError } from '../../../src/errors.ts';

function aCommand(name: string, ...options: Option[]): Command {
  const run = () => Promise.reject(new Error('Nobody asked.'));
  return { name, summary: name, options, audience: 'member', example: `${name} x`, run };
}

const COMMANDS = [
  aCommand('today', { name: 'limit', summary: 'How many', type: 'integer' }),
  aCommand(
    'search',
    { name: 'words', summary: 'What', type: 'text', isRequired: true },
    { name: 'limit', summary: 'How many', type: 'integer' },
    { name: 'code-only', summary: 'With code', type: 'flag' },
  ),
  aCommand('feed', { name: 'id', summary: 'Which', type: 'text' }),
  aCommand(
    'feed add',
    { name: 'channel', summary: 'Where', type: 'channel' },
    { name: 'zone', summary: 'When', type: 'text' },
    { name: 'role', summary: 'Who', type: 'role' },
  ),
  aCommand('feed list'),
];

const parse = (...words: string[]) => parseInvocation(words, COMMANDS);

describe('a command as typed', () => {
  it.each<[string[], string, object]>([
    [['today'], 'today', {}],
    [['TODAY'], 'today', {}],
    [
      ['feed', 'add', 'UTC', 'channel:5', '--role', '7'],
      'feed add',
      { zone: 'UTC', channel: '5', role: '7' },
    ],
    [['search', 'gaussian', 'splatting'], 'search', { words: 'gaussian splatting' }],
    [['search', 'gaussian splatting', '--limit', '5'], 'search', { words: 'gaussian splatting', limit: 5 }],
    [['search', 'limit:5', 'splatting'], 'search', { words: 'splatting', limit: 5 }],
    [['search', '--limit=-5', 'x'], 'search', { words: 'x', limit: -5 }],
    [['search', 'words:a=b'], 'search', { words: 'a=b' }],
    [['search', '--words=a\nb'], 'search', { words: 'a\nb' }],
    [['search', 'title:x', 'y'], 'search', { words: 'title:x y' }],
    [['search', 'x', '--code-only'], 'search', { words: 'x', 'code-only': true }],
    [['search', 'x', '--code-only=no'], 'search', { words: 'x', 'code-only': false }],
    [['search', 'x', 'code-only:on'], 'search', { words: 'x', 'code-only': true }],
    [['feed', 'abc'], 'feed', { id: 'abc' }],
    [['feed', 'add', '--zone', 'Europe/Berlin'], 'feed add', { zone: 'Europe/Berlin' }],
    [['feed add', 'Europe/Berlin'], 'feed add', { zone: 'Europe/Berlin' }],
    [['search gaussian splatting'], 'search', { words: 'gaussian splatting' }],
  ])('%j', (words, command, options) => {
    expect(parse(...words)).toEqual({ command, options });
  });

  it.each<[string[], RegExp]>([
    [['nothing'], /no command "nothing".*today, search, feed\./],
    [['todayish'], /no command "todayish"/],
    [['search', 'x', '--size', '5'], /no option --size.*For example: paperwire paper search x/],
    [['search', 'x', '--limit', 'many'], /--limit is a whole number, not "many"/],
    [['search', 'x', '--limit'], /--limit needs a value/],
    [['search', 'x', '--code-only=perhaps'], /--code-only is true or false, not "perhaps"/],
    [['today', 'tomorrow'], /What does "tomorrow" mean/],
    [['search', '--words', 'x', 'y'], /What does "y" mean/],
  ])('%j gets a sentence', (words, sentence) => {
    expect(() => parse(...words)).toThrow(UsageError);
    expect(() => parse(...words)).toThrow(sentence);
  });

  it('names the family of a command that is half right', () => {
    const family = COMMANDS.filter(({ name }) => name !== 'feed');
    expect(() => parseInvocation(['feed', 'ad'], family)).toThrow('There are: feed add, feed list.');
  });
});
