import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { atRest, codeOf } from './logged-in.ts';

const text = (name: string, more = {}) => ({ type: 3, name, description: 'x', ...more });
const many = <One>(count: number, make: (index: number) => One) =>
  Array.from({ length: count }, (_, index) => make(index));

const REFUSED: readonly [string, object][] = [
  ['a capital in a name', { name: 'Paper', description: 'x' }],
  ['a space in a name', { name: 'pa per', description: 'x' }],
  [
    'a bad name in another language',
    { name: 'paper', description: 'x', name_localizations: { de: 'Papier' } },
  ],
  ['no description', { name: 'paper' }],
  ['a long description', { name: 'paper', description: 'x'.repeat(101) }],
  [
    'a long description in another language',
    { name: 'paper', description: 'x', description_localizations: { de: 'x'.repeat(101) } },
  ],
  ['26 options', { name: 'paper', description: 'x', options: many(26, (index) => text(`o${index}`)) }],
  [
    '26 choices',
    {
      name: 'paper',
      description: 'x',
      options: [text('o', { choices: many(26, (index) => ({ name: `${index}`, value: `${index}` })) })],
    },
  ],
  [
    'choices that are completed',
    {
      name: 'paper',
      description: 'x',
      options: [text('o', { autocomplete: true, choices: [{ name: 'a', value: 'a' }] })],
    },
  ],
  [
    'a required option after others',
    { name: 'paper', description: 'x', options: [text('a'), text('b', { required: true })] },
  ],
  ['one option twice', { name: 'paper', description: 'x', options: [text('a'), text('a')] }],
  [
    'options beside sub-commands',
    { name: 'paper', description: 'x', options: [{ type: 1, name: 'today', description: 'x' }, text('a')] },
  ],
  [
    'groups in groups',
    {
      name: 'paper',
      description: 'x',
      options: [
        { type: 2, name: 'feed', description: 'x', options: [{ type: 2, name: 'more', description: 'x' }] },
      ],
    },
  ],
  [
    'more than 8,000 characters, the longest language counted',
    {
      name: 'paper',
      description: 'x',
      options: many(4, (group) => ({
        type: 1,
        name: `g${group}`,
        description: 'x',
        options: many(20, (index) =>
          text(`option${index}`, { description_localizations: { de: 'x'.repeat(100) } }),
        ),
      })),
    },
  ],
];

describe('commands', () => {
  it.each(REFUSED)('refuses %s', async (_, command) => {
    await using world = await atRest({ specs: false });
    const { rest, fake } = world;
    expect(await codeOf(rest.put(Routes.applicationCommands(fake.applicationId), { body: [command] }))).toBe(
      50035,
    );
    expect(fake.commands).toEqual([]);
  });

  it('are kept with their ids and given back as they are kept', async () => {
    await using world = await atRest();
    const { rest, fake } = world;
    const path = Routes.applicationCommands(fake.applicationId);
    const body = [
      {
        name: 'paper',
        description: 'Papers',
        description_localizations: { de: 'Arbeiten' },
        contexts: [0, 1, 2],
        integration_types: [0, 1],
        options: [
          {
            type: 1,
            name: 'today',
            description: 'x',
            options: [text('a', { required: false, autocomplete: true })],
          },
        ],
      },
      { type: 3, name: 'Find the papers in this message' },
    ];
    const first = (await rest.put(path, { body })) as { id: string; version: string }[];
    const second = (await rest.put(path, { body })) as { id: string; version: string }[];
    expect(second).toEqual(first);
    const changed = (await rest.put(path, {
      body: [{ ...body[0], description: 'All papers' }],
    })) as typeof first;
    expect(changed[0]?.id).toBe(first[0]?.id);
    expect(changed[0]?.version).not.toBe(first[0]?.version);
    const query = new URLSearchParams({ with_localizations: 'true' });
    expect(await rest.get(path, { query })).toMatchObject([
      { description_localizations: { de: 'Arbeiten' } },
    ]);
    const [plain] = (await rest.get(path)) as Record<string, unknown>[];
    expect(plain).not.toHaveProperty('description_localizations');
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });
});
