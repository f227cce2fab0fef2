import { describe, expect, it } from 'vitest';
import { payloadOf } from '../../../../adapters/discord/cards/payload.ts';
import { render } from '../../../../adapters/discord/cards/render.ts';
import type { PanelCard, TextCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aList, LONG, PAPER_CARD, TEXT_CARD, USUAL } from '../../../contracts/adapter-cards.ts';
import { type Component, KIND, optionsOf } from '../../../discord-checks/message.ts';
import { readText } from '../../../discord-checks/read.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { good, kinds, presses } from './rendered.ts';

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
