import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineText, readLine } from '../../../adapters/web/app/line.ts';
import { suggest } from '../../../adapters/web/app/suggesting.ts';
import { putIn, type Typing, typingAt } from '../../../adapters/web/app/typing.ts';
import { commands } from '../../../commands/index.ts';
import type { Completion, Option } from '../../../src/command.ts';

/** What may be meant, in short: `value query "what is typed"`. */
function said(line: string): string[] {
  return typingAt(line, commands).map(brief);
}

function brief(typing: Typing): string {
  const of = typing.kind === 'value' ? ` ${typing.option.name}` : '';
  return `${typing.kind}${of} "${typing.typed}"`;
}

describe('what is being typed', () => {
  it.each([
    ['', ['command ""']],
    ['/', ['command ""']],
    ['/paper', ['command ""']],
    ['/paper sea', ['command "sea"']],
    ['sea', ['command "sea"']],
    ['SEA', ['command "sea"']],
    ['save', ['command "save"']],
    ['feed', ['command "feed"']],
    ['feed ', ['command "feed "']],
    ['feed  a', ['command "feed a"']],
    ['no-such ', ['command "no-such "']],
    ['today ', ['value day ""', 'option ""']],
    ['today li', ['value day "li"', 'option "li"']],
    ['today limit:', ['value limit ""']],
    ['today limit: ', ['value limit ""']],
    ['today limit:5', ['value limit "5"']],
    ['today limit:5 ', ['value day ""', 'option ""']],
    ['today 2026-11-23 ', ['value day "2026-11-23 "', 'option ""']],
    ['today --li', ['option "li"']],
    ['today --limit ', ['value limit ""']],
    ['today --limit 5', ['value limit "5"']],
    ['today --limit 5 ', ['value day ""', 'option ""']],
    ['topics list ', ['option ""']],
    ['search diffusion mod', ['value query "diffusion mod"', 'option "mod"']],
    ['search diffusion limit:5 mod', ['option "mod"']],
    ['search query:diffusion mod', ['value query "diffusion mod"', 'option "mod"']],
    ['search query:"diffusion mod', ['value query "diffusion mod"']],
    ['search "one two" th', ['value query ""one two" th"', 'option "th"']],
    ['feed add zone:Europe/B', ['value zone "Europe/B"']],
    ['feed add zone:"new yo', ['value zone "new yo"']],
    ['feed add zone:new yo', ['value time "yo"', 'option "yo"']],
    ['feed add topics:agents, ro', ['value topics "agents, ro"', 'option "ro"']],
    ['feed add code-only: t', ['value code-only "t"']],
    ['rate 2608.19880 verdict:u', ['value verdict "u"']],
  ])('%s', (line, expected) => {
    expect(said(line)).toEqual(expected);
  });

  it('is told of any line at all, and leaves all before it as it is', () => {
    const aLine = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .tuple(fc.constantFrom(...commands.map(({ name }) => name)), fc.string({ unit: 'grapheme' }))
        .map(([name, rest]) => `/paper ${name} ${rest}`),
    );
    fc.assert(
      fc.property(aLine, (line) => {
        for (const typing of typingAt(line, commands)) {
          expect(line.startsWith(typing.before)).toBe(true);
          expect(putIn(typing, 'chosen').startsWith(typing.before)).toBe(true);
        }
      }),
    );
  });
});

describe('what was chosen', () => {
  it.each([
    ['/paper sea', 'search', '/paper search '],
    ['feed a', 'feed add', 'feed add '],
    ['today li', 'limit', 'today limit:'],
    ['today --li', 'limit', 'today --limit '],
    ['saved f', 'format', 'saved format:'],
    ['feed add code', 'code-only', 'feed add code-only:true '],
    ['feed add zone:ber', 'Europe/Berlin', 'feed add zone:Europe/Berlin '],
    ['search lecun', 'author:"Yann LeCun"', 'search author:"Yann LeCun" '],
    ['follow what:lecun', 'author:"Yann LeCun"', 'follow what:author:"Yann LeCun" '],
    ['help fee', 'feed add', 'help "feed add" '],
    ['help command:fee', 'feed add', 'help command:"feed add" '],
  ])('%s + %s', (line, chosen, expected) => {
    const lines = typingAt(line, commands).map((typing) => putIn(typing, chosen));
    expect(lines).toContain(expected);
  });

  it('is what the command is given', () => {
    const aValue = fc.oneof(
      fc.constantFrom('2608.19880', 'topic:agents', 'author:"Yann LeCun"', 'org:google', 'Europe/Berlin'),
      fc.stringMatching(/^[a-z]{2,9}( [a-z]{2,9}){0,2}$/),
    );
    const texts = commands.flatMap((command) =>
      command.options.filter(isFree).map((option) => ({ command, option })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), aValue, fc.boolean(), ({ command, option }, value, isDashed) => {
        const name = isDashed ? `--${option.name} ` : `${option.name}:`;
        const typing = typingAt(`/paper ${command.name} ${name}x`, commands)[0];
        const line = typing && putIn(typing, value);
        const asked = { command: command.name, options: { [option.name]: value } };
        expect(readLine(line ?? '', commands)).toEqual({ kind: 'asked', asked });
        expect(readLine(lineText(asked), commands)).toEqual({ kind: 'asked', asked });
      }),
      { numRuns: 500 },
    );
  });
});

/** Any text may be its value. */
function isFree({ type, choices }: Option): boolean {
  return type === 'text' && choices === undefined;
}

describe('suggestions', () => {
  const none = async (): Promise<Completion[]> => [];
  const labels = async (line: string, complete = none) =>
    (await suggest(line, commands, complete)).map(({ label }) => label);

  it('are commands first, those with such a word behind them', async () => {
    expect(await labels('l')).toEqual(['topics list', 'feed list', 'delivery list']);
    expect(await labels('f')).toEqual(expect.arrayContaining(['find', 'follow', 'feed add', 'forget-me']));
    expect(await labels('/paper feed r')).toEqual(['feed resume', 'feed remove', 'feed run']);
    expect(await labels('xyz')).toEqual([]);
  });

  it('say what each does', async () => {
    const [first] = await suggest('/paper tod', commands, none);
    const today = commands.find(({ name }) => name === 'today');
    expect(first).toEqual({ label: 'today', note: today?.summary, line: '/paper today ' });
  });

  it('are choices, flags and names of options that are not given yet', async () => {
    expect(await labels('feed add listing:w')).toEqual(['weekly']);
    expect(await labels('feed add code-only:')).toEqual(['true', 'false']);
    expect(await labels('trending page:2 ')).toEqual(['limit:']);
  });

  it('are what the bot knows of a value, as one line of plain text', async () => {
    const asked: unknown[] = [];
    const complete = async (one: unknown): Promise<Completion[]> => {
      asked.push(one);
      return [{ kind: 'paper', label: 'A title\n<b>\u202e', value: '2608.19880' }];
    };
    expect(await suggest('show quok', commands, complete)).toEqual([
      { label: 'A title <b>', note: '', line: 'show 2608.19880 ' },
    ]);
    expect(asked).toEqual([{ command: 'show', option: 'paper', typed: 'quok' }]);
  });

  it('are none for what stands there already, and never too many', async () => {
    const many = async (): Promise<Completion[]> =>
      Array.from({ length: 90 }, (_, index) => ({ kind: 'zone', label: `Z${index}`, value: `Z${index}` }));
    expect(await labels('feed add listing:weekly')).toEqual([]);
    expect(await labels('feed add zone:Z', many)).toHaveLength(25);
  });
});

describe('a line', () => {
  it.each([
    ['', 'help', {}],
    ['/paper', 'help', {}],
    ['/paper today', 'today', {}],
    ['/today', 'today', {}],
    ['PAPER today', undefined, {}],
    ['  Feed-Run ', 'feed run', {}],
    ['search “one two”', 'search', { query: '"one two"' }],
    ['search "gaussian splatting" limit:3', 'search', { query: '"gaussian splatting"', limit: 3 }],
    ['topics add name:"weather models" query:rain', 'topics add', { name: 'weather models', query: 'rain' }],
  ])('%s', (line, command, options) => {
    const read = readLine(line, commands);
    if (command === undefined) expect(read.kind).toBe('unread');
    else expect(read).toEqual({ kind: 'asked', asked: { command, options } });
  });

  it('that is mistyped says what was meant', () => {
    expect(readLine('/paper serach quokkas', commands)).toEqual({
      kind: 'unread',
      sentence: expect.stringContaining('Did you mean: /paper search quokkas'),
      meant: { command: 'search', options: { query: 'quokkas' } },
    });
  });

  it('is read whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(['asked', 'unread']).toContain(readLine(line, commands).kind);
      }),
    );
  });
});
