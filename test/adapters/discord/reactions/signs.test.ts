import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { failureOf } from '../../../../adapters/discord/posting/failures.ts';
import type { Ask } from '../../../../adapters/discord/posting/rest.ts';
import {
  createSigns,
  emojiInRoute,
  emojiText,
  signOf,
} from '../../../../adapters/discord/reactions/signs.ts';
import { commands } from '../../../../commands/index.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { aPaper } from '../../../fixtures/papers.ts';

const MONDAY = '2026-11-23T09:00:00.000Z';
const PAPER: Card = { kind: 'paper', entry: { number: 1, paper: aPaper({ id: '2611.00001' }) }, notes: [] };
const PANEL: Card = { kind: 'panel', title: 'Topics', paragraphs: [], topics: [...BUILT_IN_TOPICS] };
const LIST: Card = { kind: 'list', title: 'Today', sections: [{ entries: [PAPER.entry] }], notes: [] };

const componentsOf = (card: Card) => render(card).flatMap(({ body }) => body.components);

describe('what emoji on a message are about', () => {
  it('is read off its own buttons', () => {
    expect(signOf(componentsOf(PAPER), commands)).toEqual({ kind: 'card', paperId: '2611.00001' });
    expect(signOf(componentsOf(PANEL), commands)).toEqual({ kind: 'panel' });
    expect(signOf(componentsOf(LIST), commands)).toBeUndefined();
    expect(signOf([{ custom_id: 'save|paper=nonsense' }, { custom_id: 7 }, null], commands)).toBeUndefined();
  });

  it('is nothing on a message that another bot like us has posted', async () => {
    const message = (author: string) => ({
      id: '1',
      author: { id: author },
      components: componentsOf(PAPER),
    });
    const ask: Ask = async ({ route }) => ({
      data: message(route.endsWith('/1') ? 'us' : 'them'),
      at: undefined,
    });
    const places = { me: async () => 'us' };
    const signs = createSigns({ ask, places, commands: () => commands, clock: createFakeClock(MONDAY) });
    expect(await signs.of('channel', '1')).toMatchObject({ kind: 'card' });
    expect(await signs.of('channel', '2')).toBeUndefined();
  });

  it('is not asked for again in a channel that lets us read nothing, for some minutes', async () => {
    const clock = createFakeClock(MONDAY);
    const cause = new DiscordAPIError({ code: 50001, message: 'Missing Access' }, 50001, 403, 'GET', '', {});
    const asked: string[] = [];
    const ask: Ask = async ({ channel }) => {
      asked.push(channel);
      throw failureOf(cause, { channel });
    };
    const signs = createSigns({ ask, places: { me: async () => 'us' }, commands: () => commands, clock });
    for (const message of ['1', '2', '3']) expect(await signs.of('closed', message)).toBeUndefined();
    await signs.of('another', '4');
    expect(asked).toEqual(['closed', 'another']);
    clock.advance(5 * MINUTE_MS);
    await signs.of('closed', '1');
    expect(asked).toEqual(['closed', 'another', 'closed']);
  });
});

it.each([
  [{ id: null, name: '🤖' }, '🤖', '%F0%9F%A4%96'],
  [{ id: '123456', name: 'llama' }, '<:llama:123456>', 'llama%3A123456'],
  [{ id: '123456', name: 'llama', animated: true }, '<a:llama:123456>', 'llama%3A123456'],
  // One that its server has deleted has no name.
  [{ id: '123456', name: null }, '<:_:123456>', '_%3A123456'],
])('writes the emoji %j as a topic names it, and as an address does', (emoji, text, route) => {
  expect(emojiText(emoji)).toBe(text);
  expect(emojiInRoute(text)).toBe(route);
});
