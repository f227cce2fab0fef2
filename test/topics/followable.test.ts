import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPaper } from '../fixtures/papers.ts';
import { openWorld, PLACE, type World } from '../world.ts';

let world: World;
const read = (what: string, place = PLACE) => world.services.people.followable(place, what);

beforeAll(async () => {
  world = await openWorld('2026-11-23T12:00:00.000Z');
  world.source.set({ kind: 'daily', key: '2026-11-23' }, [
    aPaper({
      id: '2611.00001',
      authors: [{ name: 'José Álvarez' }, { name: 'Yann LeCun' }],
      organization: { name: 'nvidia', displayName: 'NVIDIA' },
    }),
    aPaper({
      id: '2611.00002',
      authors: [{ name: 'Yann Le Fol' }],
      organization: { name: 'facebook', displayName: 'AI at Meta' },
    }),
  ]);
  await world.give('today');
  await world.give('topics add', { name: 'Protein Design', query: 'protein' });
  await world.search.follow();
});
afterAll(() => world.close());

describe('what somebody wants to follow', () => {
  it.each([
    ['agents', 'agents', 'Agents'],
    ['Reinforcement Learning', 'reinforcement-learning', 'Reinforcement learning'],
    ['topic:world-models', 'world-models', 'World models'],
    ['topic: 3D ', '3d', '3D'],
    ['protein-design', 'protein-design', 'Protein Design'],
    ['"protein design"', 'protein-design', 'Protein Design'],
  ])('%j is a topic', async (what, key, label) => {
    expect(await read(what)).toEqual({ interest: { kind: 'topic', key, label }, suggestions: [] });
  });

  it.each(['author:José Álvarez', 'by: jose alvarez', 'AUTHOR:"JOSE ÁLVAREZ"'])(
    '%j is an author, as papers print the name',
    async (what) => {
      const interest = { kind: 'author', key: 'jose alvarez', label: 'José Álvarez' };
      expect(await read(what)).toEqual({ interest, suggestions: [] });
    },
  );

  it('may be an author of whom no paper is known yet, with those who are near', async () => {
    expect(await read('author:Yann Le')).toEqual({
      interest: { kind: 'author', key: 'yann le', label: 'Yann Le' },
      isUnseen: true,
      suggestions: expect.arrayContaining(['author:Yann LeCun', 'author:Yann Le Fol']),
    });
  });

  it.each([
    ['org:nvidia', 'nvidia', 'NVIDIA'],
    ['organization:NVIDIA', 'nvidia', 'NVIDIA'],
    ['org:"AI at Meta"', 'facebook', 'AI at Meta'],
  ])('%j is an organisation, known by its login', async (what, key, label) => {
    expect(await read(what)).toEqual({ interest: { kind: 'organization', key, label }, suggestions: [] });
  });

  it('that is called nothing here gets names that are near', async () => {
    expect(await read('learning')).toEqual({ suggestions: ['reinforcement-learning'] });
    expect(await read('agnts')).toEqual({ suggestions: ['agents'] });
    expect(await read('interpretabilty')).toEqual({ suggestions: ['interpretability'] });
    expect(await read('Yann')).toEqual({
      suggestions: expect.arrayContaining(['author:Yann LeCun', 'author:Yann Le Fol']),
    });
    expect(await read('org:meta ai')).toEqual({ suggestions: [] });
    expect(await read('org:meta')).toEqual({
      interest: { kind: 'organization', key: 'meta', label: 'meta' },
      isUnseen: true,
      suggestions: ['org:facebook'],
    });
  });

  it('is not a topic that another workspace made', async () => {
    const elsewhere = { ...PLACE, workspace: 'another' };
    expect((await read('protein design', elsewhere)).interest).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    ':',
    'author:',
    'author: "" ',
    'org:',
    'org:nobody at all',
    '!!!',
    '\0',
    '\u202E',
    '"; DROP TABLE authors; --',
    `author:${'very long '.repeat(1000)}`,
    'x'.repeat(100_000),
  ])('%j is nothing', async (what) => {
    expect((await read(what)).interest).toBeUndefined();
  });

  it('is shown without what nobody sees, on one line', async () => {
    expect((await read('author:\u202EBo\0\n  Li\u202C\u200B')).interest).toEqual({
      kind: 'author',
      key: 'bo li',
      label: 'Bo Li',
    });
  });

  it.each(['author:* OR name NEAR(', 'author:-"', 'org:* AND', 'agents" OR "'])(
    '%j does nothing to the index',
    async (what) => {
      await expect(read(what)).resolves.toBeDefined();
      expect((await read('agents')).interest?.key).toBe('agents');
    },
  );
});
