import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandText } from '../adapters/terminal/command-text.ts';
import { parseInvocation } from '../adapters/terminal/parse.ts';
import { commands } from '../commands/index.ts';
import type { Command, Option } from '../src/command.ts';
import { MistypedError } from '../src/errors.ts';
import { textsFor } from '../src/texts/index.ts';
import { inChat, readTyped } from '../src/typed.ts';

const read = (line: string) => readTyped(line.split(' '), commands);

function errorOf(words: readonly string[], writing = inChat()): MistypedError {
  try {
    readTyped(words, commands, writing);
  } catch (error) {
    if (error instanceof MistypedError) return error;
    throw error;
  }
  throw new Error(`${words.join(' ')} was read.`);
}

describe('the name of a command', () => {
  it.each([
    ['today', 'today'],
    ['TODAY', 'today'],
    ['feed list', 'feed list'],
    ['Feed-List', 'feed list'],
    ['feedlist', 'feed list'],
    ['feed_list', 'feed list'],
    ['feed', 'feed list'],
    ['feeds', 'feed list'],
    ['topics', 'topics list'],
    ['topic list', 'topics list'],
    ['delivery', 'delivery list'],
    ['forget-me', 'forget-me'],
    ['forget me', 'forget-me'],
    ['forgetme', 'forget-me'],
    ['subscriptions', 'following'],
    ['list', 'following'],
    ['weekly', 'week'],
    ['bookmarks', 'saved'],
  ])('%s', (line, command) => {
    expect(read(line)).toEqual({ command, options: {} });
  });

  it.each([
    ['subscribe agents', { command: 'follow', options: { what: 'agents' } }],
    ['unsubscribe agents', { command: 'unfollow', options: { what: 'agents' } }],
    ['feed delete abc', { command: 'feed remove', options: { id: 'abc' } }],
    ['topic new Proteins', { command: 'topics add', options: { name: 'Proteins' } }],
    ['bookmark 2412.00001', { command: 'save', options: { paper: '2412.00001' } }],
    ['save d', { command: 'save', options: { paper: 'd' } }],
    ['search list', { command: 'search', options: { query: 'list' } }],
    ['search new feeds', { command: 'search', options: { query: 'new feeds' } }],
  ])('%s is what it is called elsewhere', (line, typed) => {
    expect(read(line)).toEqual(typed);
  });
});

describe('an option', () => {
  it.each([
    'search limit:5 diffusion',
    'search diffusion limit: 5',
    'search diffusion limit=5',
    'search diffusion --limit 5',
    'search diffusion --limit=5',
    'search --LIMIT 5 diffusion',
    'search Limit:5 query:diffusion',
    'search query: diffusion limit : 5'.replace(' :', ':'),
  ])('%s', (line) => {
    expect(read(line)).toEqual({ command: 'search', options: { query: 'diffusion', limit: 5 } });
  });

  it.each([
    ['search query:gaussian splatting limit:5', { query: 'gaussian splatting', limit: 5 }],
    ['search query: gaussian splatting', { query: 'gaussian splatting' }],
    ['search gaussian limit:5 splatting', { query: 'gaussian splatting', limit: 5 }],
    ['search author:hinton title:x', { query: 'author:hinton title:x' }],
    ['search a=b -survey', { query: 'a=b -survey' }],
    ['search https://arxiv.org/abs/2412.00001', { query: 'https://arxiv.org/abs/2412.00001' }],
  ])('what is looked for may have several words, and filters of its own: %s', (line, options) => {
    expect(read(line)).toEqual({ command: 'search', options });
  });

  it.each([
    ['follow agents, video', { what: 'agents, video' }],
    ['follow what:agents, video', { what: 'agents, video' }],
    ['follow what:world models', { what: 'world models' }],
  ])('lists go on after a comma: %s', (line, options) => {
    expect(read(line)).toEqual({ command: 'follow', options });
  });

  it('that is a list goes on after a comma, and no further', () => {
    expect(read('feed add topics:agents, video time:10:00 limit:5')).toEqual({
      command: 'feed add',
      options: { topics: 'agents, video', time: '10:00', limit: 5 },
    });
    expect(errorOf('feed add time:10:00 topics:agents video'.split(' ')).message).toContain('"video"');
  });

  it.each([
    ['following WEEKLY', { every: 'weekly' }],
    ['following every:Weekly', { every: 'weekly' }],
    ['following thread', { every: 'thread' }],
  ])('one of few is known in any case: %s', (line, options) => {
    if (options.every !== 'thread') return expect(read(line)).toEqual({ command: 'following', options });
    expect(errorOf(line.split(' '))).toMatchObject({ option: 'every' });
  });

  it.each([
    ['following --with-edition', true],
    ['following with-edition:yes', true],
    ['following WithEdition: NO', false],
    ['following with_edition=off', false],
  ])('yes or no: %s', (line, value) => {
    expect(read(line)).toEqual({ command: 'following', options: { 'with-edition': value } });
  });
});

describe('a slip', () => {
  it.each([
    ['serach diffusion', 'search diffusion', { command: 'search', options: { query: 'diffusion' } }],
    ['sarch diffusion', 'search diffusion', { command: 'search', options: { query: 'diffusion' } }],
    ['tdoay', 'today', { command: 'today', options: {} }],
    ['feed lsit', 'feed list', { command: 'feed list', options: {} }],
    ['topcis list', 'topics list', { command: 'topics list', options: {} }],
    ['topcis', 'topics', { command: 'topics list', options: {} }],
    ['search limt:5 x', 'search limit:5 x', { command: 'search', options: { query: 'x', limit: 5 } }],
    ['search x --lmiit 5', 'search x --limit 5', { command: 'search', options: { query: 'x', limit: 5 } }],
    [
      'following every:weekyl',
      'following every:weekly',
      { command: 'following', options: { every: 'weekly' } },
    ],
    ['following dialy', 'following daily', { command: 'following', options: { every: 'daily' } }],
    [
      'gaussian splatting',
      'search gaussian splatting',
      { command: 'search', options: { query: 'gaussian splatting' } },
    ],
  ])('%s: did you mean %s?', (line, meant, typed) => {
    const error = errorOf(line.split(' '));
    expect(error.message).toMatch(new RegExp(`Did you mean: /paper ${meant}$`));
    expect(error.meant).toEqual(typed);
  });

  it('twice is told as far as it goes', () => {
    const error = errorOf(['serach', 'x', 'limit:many']);
    expect(error.message).toContain('Did you mean: /paper search x limit:many');
    expect(error.meant).toBeUndefined();
  });

  it('keeps words together that were in quotes', () => {
    const error = errorOf(['serach', 'two words', 'limit:5']);
    expect(error.message).toMatch(/Did you mean: \/paper search "two words" limit:5$/);
    expect(error.meant).toEqual({ command: 'search', options: { query: 'two words', limit: 5 } });
  });

  it.each<[string, string | undefined, RegExp]>([
    ['feed frobnicate', undefined, /no command "feed frobnicate".*There are: feed add, feed list/],
    [
      'search x limit:many',
      'limit',
      /limit: is a whole number, not "many"\. For example: \/paper search .* See: \/paper help search/,
    ],
    ['search x limit:', 'limit', /limit: needs a value/],
    ['search limit: query:x', 'limit', /limit: needs a value/],
    ['search x --frobnicate', undefined, /"search" has no option --frobnicate/],
    ['following with-edition:perhaps', 'with-edition', /true or false, not "perhaps"/],
    ['following every:hourly', 'every', /one of daily, weekly, never, not "hourly"/],
    ['status now', undefined, /What does "now" mean/],
  ])('%s: a sentence', (line, option, sentence) => {
    const error = errorOf(line.split(' '));
    expect(error.message).toMatch(sentence);
    expect(error.option).toBe(option);
  });

  it('is told in the language of whoever made it', () => {
    expect(errorOf(['serach', 'x'], inChat(textsFor('de'))).message).toContain(
      'War das gemeint: /paper search x',
    );
    expect(errorOf(['serach', 'x'], inChat(textsFor('zh-CN'))).message).toContain('/paper search x');
  });

  it('of nothing at all is a sentence too', () => {
    for (const words of [[], [''], ['  ']])
      expect(errorOf(words).message).toContain('There are: today, week');
  });
});

/** Any value that the host would take. */
function someValue({ type, choices, min = -99, max = 99 }: Option): fc.Arbitrary<string | number | boolean> {
  if (choices) return fc.constantFrom(...choices);
  if (type === 'integer') return fc.integer({ min, max });
  if (type === 'flag') return fc.boolean();
  const odd = fc.constantFrom(
    '--limit',
    'limit:5',
    'Limit = 5',
    'a, b,',
    ',',
    'yes',
    'x=y',
    'query:',
    '"',
    '--',
    '',
  );
  return fc.oneof(fc.string({ unit: 'grapheme' }), odd);
}

function invocationOf({ name, options }: Command) {
  const given = fc.record(Object.fromEntries(options.map((option) => [option.name, someValue(option)])), {
    requiredKeys: options.filter(({ isRequired }) => isRequired).map((option) => option.name),
  });
  return given.map((options) => ({ command: name, options }));
}

/** The words that a shell hands over; a test of its own shows that a real one agrees. */
function shellWords(text: string): string[] {
  const words = text.match(/(?:'[^']*'|\\'|[^\s'\\])+/gu) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|\\(')/g, (_, inside = '', mark = '') => inside + mark));
}

describe('whatever is written', () => {
  it('is read as it was, for every command and its options', () => {
    const anyOf = fc.oneof(...commands.map(invocationOf));
    fc.assert(
      fc.property(anyOf, (invocation) => {
        const words = shellWords(commandText(invocation)).slice(2);
        expect(parseInvocation(words, commands)).toEqual(invocation);
      }),
      { numRuns: 2000 },
    );
  });

  it('never fails but with a sentence', () => {
    const word = fc.oneof(
      fc.constantFrom('feed', 'add', 'search', 'limit:', '--limit', 'every=', ':', '--', '=', ','),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          const { command } = readTyped(words, commands);
          expect(commands.some(({ name }) => name === command)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(MistypedError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
