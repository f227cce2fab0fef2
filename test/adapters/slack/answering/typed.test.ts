import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../../../adapters/slack/answering/help.ts';
import { readText } from '../../../../adapters/slack/answering/typed.ts';
import { commands } from '../../../../commands/index.ts';
import type { Command, Option, OptionValue } from '../../../../src/command.ts';
import { textsFor } from '../../../../src/texts/index.ts';

const TEXTS = textsFor(undefined);
/** Of each command. */
const SPELLINGS = 200;

const read = (text: string) => readText(text, commands, TEXTS);

/** Said by people; nothing in it could be an option. */
const aText = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9é中&<>]{1,8}$/), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '))
  .filter((text) => !/^(true|yes|on|false|no|off)$/i.test(text));

function aValue({ type, choices, min = -1000, max = 1000 }: Option): fc.Arbitrary<OptionValue> {
  if (choices) return fc.constantFrom(...choices);
  switch (type) {
    case 'flag':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min, max });
    case 'channel':
      return fc.constantFrom('C0123ABC', 'G0123ABC');
    case 'role':
      return fc.constant('S0123ABC');
    case 'text':
      return aText;
    default:
      return type satisfies never;
  }
}

interface Said {
  option: Option;
  value: OptionValue;
}

/** One value as Slack tells it. */
function written({ option: { type }, value }: Said, quote: readonly [string, string]): string {
  if (type === 'channel') return `<#${value}|papers>`;
  if (type === 'role') return `<!subteam^${value}|@readers>`;
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return text.includes(' ') ? quote.join(text) : text;
}

const WAYS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}:${value}`,
  (name, value) => `${name}: ${value}`,
  (name, value) => `${name}=${value}`,
  (name, value) => `--${name} ${value}`,
  (name, value) => `—${name} ${value}`,
  (name, value) => `--${name}=${value}`,
  (name, value) => `${name.toUpperCase()}:${value}`,
  (name, value) => `${name}：${value}`,
];
const QUOTES = [
  ['"', '"'],
  ['“', '”'],
  ["'", "'"],
  ['„', '“'],
] as const;
const NAMES: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.replace(' ', '-'),
  (name) => name.replace(' ', ''),
  (name) => name.replace(' ', '   '),
  (name) => name.toUpperCase(),
  (name) => `/paper ${name}`,
];

/** What may be said with a command, and one way to say it. */
function aSpelling({ name, options }: Command) {
  const values = options.map((option) =>
    aValue(option).chain((value) =>
      option.isRequired ? fc.constant({ option, value }) : fc.option(fc.constant({ option, value })),
    ),
  );
  return fc
    .record({
      said: fc.tuple(...values).chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
      ways: fc.array(fc.constantFrom(...WAYS), { minLength: options.length, maxLength: options.length }),
      quote: fc.constantFrom(...QUOTES),
      spelled: fc.constantFrom(...NAMES),
    })
    .map(({ said, ways, quote, spelled }) => {
      const given = said.filter((one) => one !== null);
      const parts = given.map((one, index) => ways[index]?.(one.option.name, written(one, quote)));
      const meant = Object.fromEntries(given.map(({ option, value }) => [option.name, value]));
      return { text: [spelled(name), ...parts].join(' '), meant };
    });
}

describe('every command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s is understood in every spelling',
    (name, command) => {
      fc.assert(
        fc.property(aSpelling(command), ({ text, meant }) => {
          expect(read(text)).toEqual({ kind: 'asked', asked: { command: name, options: meant } });
        }),
        { numRuns: SPELLINGS, seed: 6 },
      );
    },
  );

  it.each(commands.map((command) => [command.example, command] as const))(
    '%s is understood as its example stands',
    (example, command) => {
      expect(read(example)).toMatchObject({ kind: 'asked', asked: { command: command.name } });
    },
  );
});

describe('what is typed', () => {
  it.each(EXAMPLES.flatMap(([, examples]) => examples))('"%s" of the help works as it stands', (example) => {
    expect(read(`/paper ${example}`).kind).toBe('asked');
  });

  it.each([
    ['search gaussian splatting', { query: 'gaussian splatting' }],
    ['search “gaussian splatting” has:code', { query: '"gaussian splatting" has:code' }],
    ['search author:"Yann LeCun" votes:&gt;50', { query: 'author:"Yann LeCun" votes:>50' }],
    ['search query:"gaussian splatting" limit:5', { query: 'gaussian splatting', limit: 5 }],
    ['search -"world models" agents', { query: '-"world models" agents' }],
    ['show <https://arxiv.org/abs/2608.19880>', { paper: 'https://arxiv.org/abs/2608.19880' }],
    ['follow “language models”', { what: 'language models' }],
    ['follow agents, robotics', { what: 'agents, robotics' }],
    ['topics add name:Birds query:birds emoji::bird:', { name: 'Birds', query: 'birds', emoji: '🐦' }],
    ['topics add name:Birds query:birds emoji::parrot_of_ours:', { emoji: ':parrot_of_ours:' }],
  ])('%s', (text, options) => {
    expect(read(text)).toMatchObject({ kind: 'asked', asked: { options } });
  });

  it.each(['', '   ', '/paper', '``'])('"%s" asks for help', (text) => {
    expect(read(text)).toEqual({ kind: 'asked', asked: { command: 'help', options: {} } });
  });

  it.each([
    ['serach agents', { command: 'search', options: { query: 'agents' } }],
    ['tody', { command: 'today', options: {} }],
    ['fed list', { command: 'feed list', options: {} }],
    ['gaussian splatting', { command: 'search', options: { query: 'gaussian splatting' } }],
  ])('%s is nearly something', (text, meant) => {
    expect(read(text)).toMatchObject({ kind: 'unread', meant });
  });

  it.each([
    ['feed add channel:#papers', TEXTS.slackAnswers.noChannel('#papers')],
    ['feed add channel:<@U0123ABC>', TEXTS.slackAnswers.noChannel('U0123ABC')],
    ['feed add role:@readers', TEXTS.slackAnswers.noGroup('@readers')],
  ])('%s needs Slack’s list', (text, sentence) => {
    expect(read(text)).toEqual({ kind: 'unread', sentence });
  });

  it('never throws, whatever it is', () => {
    const part = fc.constantFrom(
      ...commands.map(({ name }) => name),
      ':',
      '"',
      '--',
      '—limit',
      'page:',
      '<',
      '|',
      ' ',
    );
    const text = fc.array(fc.oneof(part, fc.string({ unit: 'grapheme' }))).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (typed) => {
        expect(['asked', 'unread']).toContain(read(typed).kind);
      }),
      { numRuns: 1000 },
    );
  });
});
