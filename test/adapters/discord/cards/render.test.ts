import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../../adapters/discord/cards/budget.ts';
import type { DiscordPayload } from '../../../../adapters/discord/cards/payload.ts';
import { payloadOf } from '../../../../adapters/discord/cards/payload.ts';
import { chosen, readLong, readPress } from '../../../../adapters/discord/cards/press.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { commands } from '../../../../commands/index.ts';
import type { Card, CardAction, ListCard, PanelCard, TextCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aList, LONG, PAPER_CARD, TEXT_CARD, USUAL } from '../../../contracts/adapter-cards.ts';
import { checkMessage } from '../../../discord-checks/check.ts';
import { assertInert } from '../../../discord-checks/inert.ts';
import { allOf, type Component, componentsOf, KIND, optionsOf } from '../../../discord-checks/message.ts';
import { readShown, readText } from '../../../discord-checks/read.ts';
import { aPaper } from '../../../fixtures/papers.ts';

const ROLE = '123456789012345678';

function good(card: Card, texts = textsFor(undefined)): DiscordPayload[] {
  const messages = render(card, texts);
  for (const { body } of messages) {
    expect(checkMessage(body)).toEqual([]);
    assertInert(body);
  }
  return messages;
}

function all({ body }: DiscordPayload): Component[] {
  return allOf(componentsOf(body));
}

function kinds(message: DiscordPayload | undefined, kind: number): Component[] {
  return message ? all(message).filter(({ type }) => type === kind) : [];
}

function presses(message: DiscordPayload | undefined) {
  const ids = message ? all(message).flatMap(({ custom_id: id }) => (typeof id === 'string' ? id : [])) : [];
  const beside = readLong(message?.body.components);
  return ids.map((id) => readPress(id, commands, beside));
}

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

describe('a paper', () => {
  it('of an edition belongs under its heading and has the usual presses; that of a reply has its own', () => {
    const [message] = good({ ...PAPER_CARD, under: 'Papers of Monday' });
    expect(message).toMatchObject({ isUnder: true, title: 'Papers of Monday' });
    expect(presses(message).map((press) => press?.command)).toEqual([
      'save',
      'similar',
      'rate',
      'rate',
      'follow',
    ]);
    const [reply] = good({
      ...PAPER_CARD,
      actions: [{ label: 'Save', command: 'save', options: { paper: '2611.00001' } }],
    });
    expect(reply?.isUnder).toBeUndefined();
    expect(presses(reply)).toEqual([{ command: 'save', options: { paper: '2611.00001' } }]);
  });

  it('tells who wrote it, when, what it says and where it is', () => {
    const paper = aPaper({ id: '2611.00002', ...USUAL, ...LONG, projectUrl: 'https://example.com/project' });
    const [message] = good({
      kind: 'paper',
      entry: { number: 1, paper, reason: 'The reason' },
      notes: ['The note'],
    });
    const text = readText(message?.body);
    expect(text).toContain('Author 5 and 114 more');
    expect(text).toContain('2026-11-20');
    expect(text).toMatch(/↳ The reason .*Abstract An abstract goes on\..*keyword 0 · keyword 1.*The note/);
    const links = kinds(message, KIND.button).flatMap(({ label, url }) =>
      url === undefined ? [] : [[label, url]],
    );
    expect(links).toEqual([
      ['Page', paper.url],
      ['arXiv', paper.arxivUrl],
      ['PDF', paper.pdfUrl],
      ['Code', paper.githubUrl],
      ['Project', 'https://example.com/project'],
    ]);
    expect(kinds(message, KIND.thumbnail)[0]?.description).toContain('Image of the paper');
  });

  it('keeps as much of an endless abstract as fits', () => {
    const paper = aPaper({ id: '2611.00003', ...LONG, abstract: '深層学習の研究。'.repeat(3000) });
    const [message, ...more] = good({
      kind: 'paper',
      entry: { number: 1, paper },
      notes: Array(20).fill('A note of usual length, as topics have.'),
    });
    expect(more).toEqual([]);
    expect(readText(message?.body)).toMatch(/(深層学習の研究。){50}/);
  });
});

describe('text', () => {
  it('offers help where there is nothing else to press', () => {
    expect(presses(good(TEXT_CARD)[0])).toEqual([{ command: 'help', options: {} }]);
  });

  it('goes on in further messages, every row in one of them, actions in the last', () => {
    const rows = BUILT_IN_TOPICS.concat(BUILT_IN_TOPICS, BUILT_IN_TOPICS, BUILT_IN_TOPICS).map(
      ({ meaning }, index) => ({
        name: `row-${index}.`,
        value: meaning,
      }),
    );
    const card: TextCard = {
      kind: 'text',
      title: 'Topics',
      paragraphs: ['First.'],
      rows,
      actions: [{ label: 'Status', command: 'status', options: {} }],
    };
    const messages = good(card);
    expect(messages.length).toBeGreaterThan(1);
    const text = messages.map(({ body }) => readText(body)).join(' ');
    expect(text.match(/row-\d+\./g)).toEqual(rows.map(({ name }) => name));
    expect(messages.map((message) => presses(message)[0]?.command)).toEqual([
      ...messages.slice(1).map(() => 'help'),
      'status',
    ]);
  });

  it('has ten buttons at most, and says further commands in words', () => {
    const actions = Array.from({ length: 12 }, (_, index) => ({
      label: `No. ${index}`,
      command: 'save',
      options: { paper: `2611.${10_000 + index}` },
    }));
    const [message] = good({ ...TEXT_CARD, actions });
    expect(presses(message)).toHaveLength(10);
    expect(readText(message?.body)).toMatch(/No\. 10: \/paper save paper:2611\.10010 .*No\. 11: /);
  });

  it('has each press once', () => {
    const action = { label: 'Resend', command: 'delivery resend', options: { delivery: 'a@b#1' } };
    expect(presses(good({ ...TEXT_CARD, actions: [action, action] })[0])).toHaveLength(1);
  });
});

describe('a panel', () => {
  const custom = {
    slug: 'quokkas',
    name: 'Quokkas',
    emoji: '<a:quokka:123456789012345678>',
    meaning: 'their ways',
  };
  const card: PanelCard = {
    kind: 'panel',
    title: 'Topics',
    paragraphs: ['Choose.'],
    topics: [custom, ...BUILT_IN_TOPICS.slice(0, 19)],
  };

  it('has a line a topic and a select of all of them, with their emoji', () => {
    const [message, ...more] = good(card);
    expect(more).toEqual([]);
    expect(readText(message?.body)).toContain('🤖 Agents: agents, tools');
    const [select] = kinds(message, KIND.select);
    expect(select).toMatchObject({ placeholder: 'Follow topics', min_values: 1, max_values: 20 });
    expect(optionsOf(select as Component).slice(0, 2)).toEqual([
      { label: 'Quokkas', value: 'quokkas', emoji: { name: 'quokka', id: '123456789012345678' } },
      { label: 'Language models', value: 'language-models', emoji: { name: '🧠' } },
    ]);
    expect(presses(message)).toEqual([{ command: 'follow', options: {}, choose: 'what' }]);
  });
});

describe('every message', () => {
  it('comes back from the ledger as it was, and nothing else does', () => {
    for (const card of [aList(2), PAPER_CARD, TEXT_CARD]) {
      const messages = render(card);
      expect(messages.map((message) => payloadOf(JSON.parse(JSON.stringify(message))))).toEqual(messages);
    }
    for (const other of [null, {}, 'text', TEXT_CARD, { title: 'x', body: {} }])
      expect(payloadOf(other)).toBeUndefined();
  });

  it('speaks the reader’s language', () => {
    const german = textsFor('de');
    const [message] = good(PAPER_CARD, german);
    expect(readText(message?.body)).toContain(german.action.save);
    expect(german.action.save).not.toBe(textsFor('en').action.save);
  });
});
