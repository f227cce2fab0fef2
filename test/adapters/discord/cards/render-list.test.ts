import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../../adapters/discord/cards/budget.ts';
import { chosen } from '../../../../adapters/discord/cards/press.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import type { Card, CardAction, ListCard } from '../../../../src/domain/card.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aList, LONG, USUAL } from '../../../contracts/adapter-cards.ts';
import { type Component, KIND, optionsOf } from '../../../discord-checks/message.ts';
import { readShown, readText } from '../../../discord-checks/read.ts';
import { good, kinds, presses } from './rendered.ts';

const ROLE = '123456789012345678';

describe('parts of a row', () => {
  it('keep the blanks between them, and have none of their own', () => {
    const channel = '123456789012345678';
    const parts = ['daily at 09:00 UTC, in ', { channel }, ' (paused)'];
    const card: Card = {
      kind: 'text',
      title: 'Feeds',
      paragraphs: [],
      rows: [{ name: 'feed01', value: '', parts }],
    };
    const shown = (one: Card) => JSON.stringify(render(one, textsFor(undefined)));
    expect(shown(card)).toContain(`in <#${channel}> (paused)"`);
    const bare = { ...card, rows: [{ name: 'feed01', value: '', parts: ['in', { channel }, ''] }] };
    expect(shown(bare)).toContain(`in<#${channel}>"`);
  });
});

describe('a list', () => {
  it('of ten usual papers is one message with every thumbnail and figure', () => {
    const [message, ...more] = good(aList(10, () => USUAL));
    expect(more).toEqual([]);
    expect(kinds(message, KIND.thumbnail)).toHaveLength(10);
    expect(readText(message?.body)).toContain(
      '▲ 1,000 · 3 comments · code ★ 1,234 · Example University of Technology',
    );
    expect(presses(message)).toEqual([{ command: 'show', options: {}, choose: 'paper' }]);
    expect(optionsOf(kinds(message, KIND.select)[0] as Component).map(({ value }) => value)).toHaveLength(10);
  });

  it('gives up thumbnails first, then the length of summaries, then it goes on in another message', () => {
    const of = (count: number, summary: string) => good(aList(count, () => ({ ...USUAL, summary })));
    const [thirteen, none] = of(13, 'Short.');
    expect(none).toBeUndefined();
    expect(kinds(thirteen, KIND.thumbnail).length).toBeGreaterThanOrEqual(7);
    const { thumbnailUrl } = USUAL;
    expect(kinds(good(aList(20, () => ({ thumbnailUrl })))[0], KIND.thumbnail)).toHaveLength(0);
    const long = of(10, USUAL.summary)[0];
    expect(long?.body.components.length).toBe(1);
    expect(sizeOf(long?.body.components ?? []).characters).toBeGreaterThan(3500);
    const fifty = of(50, USUAL.summary);
    const sizes = fifty.map(({ body }) => readShown(body).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(fifty.flatMap(({ body }) => readShown(body).map(({ number }) => number))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });

  it('goes on under its title, calls a role once, and says its notes and the way on at its end', () => {
    const actions = [{ label: 'More', command: 'search', options: { query: 'quokka', page: 2 } }];
    const messages = good({ ...aList(50, () => LONG), actions, ping: ROLE });
    const texts = messages.map(({ body }) => readText(body));
    expect(texts.map((text) => text.includes(ROLE))).toEqual(texts.map((_, index) => index === 0));
    expect(texts.map((text) => text.includes('The title (continued)'))).toEqual(
      texts.map((_, index) => index > 0),
    );
    expect(texts.map((text) => text.includes('The note'))).toEqual(
      texts.map((_, i) => i === texts.length - 1),
    );
    expect(messages.map(({ body }) => body.allowed_mentions)).toEqual(
      messages.map((_, index) => (index === 0 ? { parse: [], roles: [ROLE] } : { parse: [] })),
    );
    expect(presses(messages.at(-1))).toContainEqual({
      command: 'search',
      options: { query: 'quokka', page: 2 },
    });
  });

  it('carries a search too long for a button in the values of its select', () => {
    const query = 'gaussian "splatting" -video 漢字 '.repeat(10).trim();
    const press = (label: string, page: number): CardAction => ({
      label,
      command: 'search',
      options: { query, page },
    });
    const card: ListCard = { ...aList(10, () => USUAL), actions: [press('Back', 1), press('More', 3)] };
    const [message] = good(card);
    expect(presses(message).slice(1)).toEqual(
      [1, 3].map((page) => ({ command: 'search', options: { query, page } })),
    );
    const values = optionsOf(kinds(message, KIND.select)[0] as Component).map(({ value }) =>
      chosen(String(value)),
    );
    expect(values[0]).toBe('2611.00001');
  });

  it('says a command in words where nothing can carry it', () => {
    const query = 'x'.repeat(300);
    const [message] = good({
      ...aList(1),
      actions: [{ label: 'Back', command: 'search', options: { query, page: 1 } }],
    });
    expect(readText(message?.body)).toContain(`Back: /paper search query:${query} page:1`);
    expect(presses(message)).toHaveLength(1);
  });

  it('shows a title that cannot be a link as it is, and the link beside the figures', () => {
    const [message] = good(aList(1, () => ({ title: 'A* and [CLS]: **why** snake_case?' })));
    expect(readShown(message?.body)).toEqual([
      {
        number: 1,
        title: 'A* and [CLS]: **why** snake_case?',
        upvotes: 1000,
        url: 'https://huggingface.co/papers/2611.00001',
      },
    ]);
    expect(readText(message?.body)).toContain('Page · ▲ 1,000');
  });

  it('has no more papers in a message than its select can offer, and tells why each is there', () => {
    const card = aList(30);
    const [, second] = card.sections;
    if (second?.entries[0]) second.entries[0].reason = 'you follow Quokkas';
    const messages = good(card);
    expect(messages.map(({ body }) => readShown(body).length)).toEqual([15, 15]);
    expect(readText(messages[1]?.body)).toContain('↳ you follow Quokkas');
  });

  it('without papers offers help, as a mark needs a press', () => {
    const [message] = good({ kind: 'list', title: 'Nothing', sections: [], notes: [] });
    expect(presses(message)).toEqual([{ command: 'help', options: {} }]);
  });

  it('lets no role be called that is none', () => {
    for (const ping of ['everyone', '@here', '', '12']) {
      const [message] = good({ ...aList(1), ping });
      expect(message?.body.allowed_mentions).toEqual({ parse: [] });
    }
  });
});
