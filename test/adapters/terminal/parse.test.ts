import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../adapters/terminal/parse.ts';
import { commands } from '../../../commands/index.ts';
import { UsageError } from '../../../src/errors.ts';

function parse(line: string) {
  const { command, options } = parseInvocation(line.split(' '), commands);
  return [command, options];
}

describe('a command typed in a shell', () => {
  it.each([
    ['today', ['today', {}]],
    ['TODAY --limit 5', ['today', { limit: 5 }]],
    ['today limit:5', ['today', { limit: 5 }]],
    ['today 2026-11-20 --limit=5', ['today', { day: '2026-11-20', limit: 5 }]],
    ['search gaussian splatting limit:3', ['search', { query: 'gaussian splatting', limit: 3 }]],
    ['search title:foo', ['search', { query: 'title:foo' }]],
    ['search https://hf.co/papers/2608.19880', ['search', { query: 'https://hf.co/papers/2608.19880' }]],
    ['feed add --code-only --min-votes 5', ['feed add', { 'code-only': true, 'min-votes': 5 }]],
    ['feed edit abc code-only:false', ['feed edit', { id: 'abc', 'code-only': false }]],
    ['help feed add', ['help', { command: 'feed add' }]],
  ])('%s', (line, expected) => expect(parse(line)).toEqual(expected));

  it.each([
    ['nonsense', 'There is no command "nonsense". There are: today'],
    ['feed fly', 'There is no command "feed fly". There are: feed add'],
    ['today --depth 3', '"today" has no option --depth.'],
    ['today --limit', '--limit needs a value.'],
    ['today --limit many', '--limit is a whole number, not "many".'],
    ['feed add --code-only=perhaps', '--code-only is true or false, not "perhaps".'],
    ['feed edit abc def id:x', 'What does "abc" mean?'],
    ['status now', 'What does "now" mean?'],
  ])('%s gets a sentence', (line, sentence) => expect(() => parse(line)).toThrow(sentence));

  it('is an invocation or a wrong usage, whatever the words', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'feed',
        'add',
        'search',
        '--limit',
        '--limit=3',
        'limit:',
        '--',
        '--=x',
        '__proto__',
        '--__proto__=1',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          expect(commands.map(({ name }) => name)).toContain(parseInvocation(words, commands).command);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
