import { Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { messageText } from './index.ts';
import { atRest, codeOf } from './logged-in.ts';

const V2 = 1 << 15;
const text = (content = 'x') => ({ type: 10, content });
const button = (custom_id: string, more = {}) => ({ type: 2, style: 1, label: 'Do', custom_id, ...more });
const row = (...components: object[]) => ({ type: 1, components });
const select = (count: number, more = {}) => ({
  type: 3,
  custom_id: 'select',
  options: Array.from({ length: count }, (_, index) => ({ label: `${index}`, value: `${index}` })),
  ...more,
});
const section = (
  texts: number,
  accessory: object | undefined = { type: 11, media: { url: 'https://example.org/a.png' } },
) => ({
  type: 9,
  components: Array.from({ length: texts }, () => text()),
  accessory,
});
const v2 = (...components: object[]) => ({ flags: V2, components });
const many = <One>(count: number, make: (index: number) => One) =>
  Array.from({ length: count }, (_, index) => make(index));

/** Bodies that Discord takes, and those that it does not with the place that it complains about. */
const TAKEN: readonly [string, object][] = [
  ['2,000 characters', { content: 'x'.repeat(2000) }],
  ['ten embeds of 600', { embeds: many(10, () => ({ description: 'x'.repeat(600) })) }],
  ['40 components', v2(...many(40, () => text()))],
  ['4,000 characters', v2(text('x'.repeat(2000)), text('y'.repeat(2000)))],
  ['five buttons in a row', { content: 'x', components: [row(...many(5, (index) => button(`b${index}`)))] }],
  ['a select of 25', v2(row(select(25)))],
  ['a section of three texts', v2(section(3))],
  ['a link', v2(row({ type: 2, style: 5, label: 'Open', url: 'https://example.org' }))],
  ['rows without the flag', { components: many(5, (index) => row(button(`b${index}`))) }],
  [
    'a media gallery, a separator and a container',
    v2({
      type: 17,
      components: [{ type: 14 }, { type: 12, items: [{ media: { url: 'https://example.org/a.png' } }] }],
    }),
  ],
];
const REFUSED: readonly [string, string, object][] = [
  ['2,001 characters', 'content', { content: 'x'.repeat(2001) }],
  [
    '6,001 characters of embeds',
    'embeds',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
  ],
  [
    '41 components, nested ones counted',
    'components',
    v2({ type: 17, components: many(39, () => text()) }, text()),
  ],
  ['4,001 characters in all', 'components', v2(text('x'.repeat(2000)), text('y'.repeat(2001)))],
  ['the flag with content', 'content', { ...v2(text()), content: 'x' }],
  ['the flag with embeds', 'embeds', { ...v2(text()), embeds: [{ title: 'x' }] }],
  ['texts without the flag', 'components.0.type', { components: [text()] }],
  ['a bare button', 'components.0.type', { content: 'x', components: [button('b')] }],
  ['six rows without the flag', 'components', { components: many(6, (index) => row(button(`b${index}`))) }],
  ['six buttons in a row', 'components.0.components', v2(row(...many(6, (index) => button(`b${index}`))))],
  ['a row of nothing', 'components.0.components', v2(row())],
  ['a select beside a button', 'components.0.components', v2(row(select(1), button('b')))],
  ['one custom_id twice', 'components.1.components.0.custom_id', v2(row(button('b')), row(button('b')))],
  [
    'a button without custom_id',
    'components.0.components.0.custom_id',
    v2(row({ type: 2, style: 1, label: 'Do' })),
  ],
  ['a button without label', 'components.0.components.0', v2(row({ type: 2, style: 1, custom_id: 'b' }))],
  [
    'a link of another kind',
    'components.0.components.0.url',
    v2(row({ type: 2, style: 5, label: 'x', url: 'file:///a' })),
  ],
  ['a select of 26', 'components.0.components.0.options', v2(row(select(26)))],
  ['a select of nothing', 'components.0.components.0.options', v2(row(select(0)))],
  ['more values than options', 'components.0.components.0.max_values', v2(row(select(2, { max_values: 3 })))],
  [
    'one value twice',
    'components.0.components.0.options.1.value',
    v2(
      row(
        select(0, {
          options: [
            { label: 'a', value: 'v' },
            { label: 'b', value: 'v' },
          ],
        }),
      ),
    ),
  ],
  ['a section without texts', 'components.0.components', v2(section(0))],
  ['a section of four texts', 'components.0.components', v2(section(4))],
  ['a section without accessory', 'components.0.accessory', v2({ type: 9, components: [text()] })],
  ['an empty text', 'components.0.content', v2(text(''))],
  [
    'a container in a container',
    'components.0.components.0.type',
    v2({ type: 17, components: [{ type: 17, components: [text()] }] }),
  ],
  [
    'mentions both ways',
    'allowed_mentions',
    { content: 'x', allowed_mentions: { parse: ['roles'], roles: ['1'] } },
  ],
];

function at(errors: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((branch, step) => (branch as Record<string, unknown> | undefined)?.[step], errors);
}

// The rules by hand must hold alone, where the official description is not there.
describe('what a message may be', () => {
  it.each(TAKEN)('takes %s', async (_, body) => {
    await using world = await atRest();
    await world.rest.post(Routes.channelMessages(world.channel.id), { body });
    expect(world.fake.messages(world.channel)).toHaveLength(1);
    expect(world.fake.problems).toEqual([]);
    expect(world.fake.ownProblems).toEqual([]);
  });

  it.each(REFUSED)('refuses %s', async (_, path, body) => {
    await using world = await atRest({ specs: false });
    const sent = world.rest.post(Routes.channelMessages(world.channel.id), { body });
    const error = await sent.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 50035, status: 400 });
    const { errors } = (error as { rawError: { errors: unknown } }).rawError;
    expect(at(errors, `${path}._errors`)).toBeInstanceOf(Array);
    expect(world.fake.messages(world.channel)).toEqual([]);
  });

  it('refuses an empty one with 50006, and too many bytes with 500', async () => {
    await using world = await atRest();
    const path = Routes.channelMessages(world.channel.id);
    expect(await codeOf(world.rest.post(path, { body: {} }))).toBe(50006);
    const long = v2(text('€'.repeat(3391)));
    await expect(world.rest.post(path, { body: long })).rejects.toMatchObject({ status: 500 });
    await world.rest.post(path, { body: v2(text('€'.repeat(3390))) });
    expect(world.fake.messages(world.channel)).toHaveLength(1);
  });

  it('keeps the flag of components in edits', async () => {
    await using world = await atRest();
    const { rest, channel, fake } = world;
    const path = Routes.channelMessages(channel.id);
    const { id } = (await rest.post(path, { body: v2(text('One')) })) as { id: string };
    const message = Routes.channelMessage(channel.id, id);
    expect(await codeOf(rest.patch(message, { body: { flags: 0, components: [] } }))).toBe(50035);
    expect(await codeOf(rest.patch(message, { body: { content: 'x' } }))).toBe(50035);
    await rest.patch(message, { body: { components: [text('Two')] } });
    expect(fake.messages(channel).map(messageText)).toEqual(['Two']);
    const old = (await rest.post(path, { body: { content: 'Old' } })) as { id: string };
    const edit = { flags: V2, components: [text('New')] };
    expect(await codeOf(rest.patch(Routes.channelMessage(channel.id, old.id), { body: edit }))).toBe(50035);
    await rest.patch(Routes.channelMessage(channel.id, old.id), { body: { ...edit, content: null } });
    expect(fake.messages(channel).map(messageText)).toEqual(['Two', 'New']);
  });

  it('pings only whom the sender let', async () => {
    await using world = await atRest();
    const { rest, channel, fake, guild } = world;
    const role = fake.addRole(guild, { name: 'Readers' });
    const ada = fake.addPerson({ name: 'Ada' });
    const content = `@everyone <@&${role.id}> <@${ada.id}>`;
    const rules = [{ parse: [] }, { parse: [], roles: [role.id] }, undefined];
    for (const allowed_mentions of rules) {
      await rest.post(Routes.channelMessages(channel.id), { body: { content, allowed_mentions } });
    }
    const pings = fake
      .messages(channel)
      .map(({ mentions }) => [mentions.isEveryone, mentions.roles, mentions.users.length]);
    expect(pings).toEqual([
      [false, [], 0],
      [false, [role.id], 0],
      [true, [role.id], 1],
    ]);
  });
});

describe.runIf((await import('./index.ts')).readSpecs())('the official description', () => {
  it.each([
    ['a misspelt key', { content: 'x', allowed_mention: { parse: [] } }],
    ['a label of 81', { content: 'x', components: [row(button('b', { label: 'x'.repeat(81) }))] }],
    ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }],
  ])('refuses %s and keeps it', async (_, body) => {
    await using world = await atRest();
    expect(await codeOf(world.rest.post(Routes.channelMessages(world.channel.id), { body }))).toBe(50035);
    expect(world.fake.problems).not.toEqual([]);
  });
});
