import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../adapters/slack/cards/limits.ts';
import { payloadOf, type SlackPayload, withoutImages } from '../../../../adapters/slack/cards/payload.ts';
import { readAction } from '../../../../adapters/slack/cards/press.ts';
import { render } from '../../../../adapters/slack/cards/render.ts';
import { commands } from '../../../../commands/index.ts';
import type { Card, PanelCard, TextCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { aList, CARDS, LONG, PAPER_CARD, TEXT_CARD, USUAL } from '../../../contracts/adapter-cards.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { checkMessage } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { blocksOf, optionsOf, partsOf, type Shape, textIn } from '../../../slack-checks/read.ts';
import { readShown, readText } from '../../../slack-checks/shown.ts';

const GROUP = 'S0123456789';

function good(card: Card, texts = textsFor(undefined)): SlackPayload[] {
  const messages = render(card, texts);
  for (const { body } of messages) {
    expect(checkMessage(body)).toEqual([]);
    expect(checkInert(body)).toEqual([]);
  }
  return messages;
}

function parts(message: SlackPayload | undefined, type: string): Shape[] {
  return blocksOf(message?.body)
    .flatMap(partsOf)
    .filter((part) => part.type === type);
}

function presses(message: SlackPayload | undefined) {
  return parts(message, 'button').flatMap((button) => readAction(button, commands) ?? []);
}

describe('a list', () => {
  it('of ten usual papers is one message with every thumbnail, figure and summary', () => {
    const [message, ...more] = good(aList(10, () => USUAL));
    expect(more).toEqual([]);
    expect(parts(message, 'image')).toHaveLength(10);
    const text = readText(message?.body);
    expect(text).toContain('▲ 1,000 · 3 comments · code ★ 1,234 · Example University of Technology');
    expect(text.split(USUAL.summary.slice(0, 150))).toHaveLength(11);
    const [select] = parts(message, 'static_select');
    expect(select?.action_id).toBe('choose:0:show|paper?');
    expect(optionsOf(select as Shape).map(({ value }) => value)).toHaveLength(10);
    const chosen = { ...select, selected_option: { value: '2611.00003' } };
    expect(readAction(chosen, commands)).toEqual({ command: 'show', options: { paper: '2611.00003' } });
  });

  it('shortens summaries, then gives up thumbnails, then goes on in another message', () => {
    const long = 'A summary goes on and on. '.repeat(20).trim();
    const of = (count: number) => good(aList(count, () => ({ ...USUAL, summary: long })));
    const summaries = (message: SlackPayload | undefined) =>
      Math.max(...blocksOf(message?.body).map(({ text }) => (textIn(text).split('\n')[2] ?? '').length));
    const [three] = of(3);
    const [thirteen, none] = of(13);
    const [sixteen, nor] = of(16);
    expect([none, nor]).toEqual([undefined, undefined]);
    expect(summaries(three)).toBeGreaterThan(270);
    expect(summaries(thirteen)).toBeLessThan(summaries(three));
    expect([thirteen, sixteen].map((message) => parts(message, 'image').length)).toEqual([13, 0]);
    const fifty = of(50);
    const sizes = fifty.map(({ body }) => readShown(body).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(fifty.flatMap(({ body }) => readShown(body).map(({ number }) => number))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });

  it('goes on under its title, calls a group once, and says its notes and the way on at its end', () => {
    const actions = [{ label: 'More', command: 'search', options: { query: 'quokka', page: 2 } }];
    const messages = good({ ...aList(50, () => LONG), actions, ping: GROUP });
    const texts = messages.map(({ body }) => JSON.stringify(body.blocks));
    const at = (what: string) => texts.map((text) => text.includes(what));
    expect(at(`<!subteam^${GROUP}>`)).toEqual(texts.map((_, index) => index === 0));
    expect(at('The title (continued)')).toEqual(texts.map((_, index) => index > 0));
    expect(at('The note')).toEqual(texts.map((_, index) => index === texts.length - 1));
    expect(presses(messages.at(-1))).toEqual([{ command: 'search', options: { query: 'quokka', page: 2 } }]);
  });

  it('says a command in words where no button can carry it', () => {
    const query = 'x'.repeat(2000);
    const [message] = good({
      ...aList(1),
      actions: [{ label: 'Back', command: 'search', options: { query, page: 1 } }],
    });
    expect(readText(message?.body)).toContain('Back: /paper search query:xxx');
    expect(presses(message)).toEqual([]);
  });

  it('shows a title that would name another address as it is, and the link beside the figures', () => {
    const [message] = good(aList(1, () => ({ title: 'See evil.example/login *now*' })));
    expect(readShown(message?.body)).toEqual([
      {
        number: 1,
        title: 'See evil.example/login ∗now∗',
        upvotes: 1000,
        url: 'https://huggingface.co/papers/2611.00001',
      },
    ]);
    expect(readText(message?.body)).toContain('Page · ▲ 1,000');
  });

  it('tells each heading once, why each is there, and offers a paper that stands there twice once', () => {
    const card = aList(4, (index) => (index === 3 ? { id: '2611.00001' } : {}));
    const [, second] = card.sections;
    if (second?.entries[0]) second.entries[0].reason = 'you follow Quokkas';
    const [message] = good(card);
    const text = readText(message?.body);
    expect(text.match(/First heading|Second heading/g)).toEqual(['First heading', 'Second heading']);
    expect(text).toContain('↳ you follow Quokkas');
    expect(optionsOf(parts(message, 'static_select')[0] as Shape)).toHaveLength(3);
  });

  it('tells every title to who listens', () => {
    const [message] = good(aList(10, () => USUAL));
    expect(message?.body.text).toMatch(/^The title\nThe subtitle\n1\. Some Quokkas Learn.* · ▲ 1,000\n2\. /);
    expect(message?.body.text.split('\n')).toHaveLength(12);
  });

  it('without papers is still a message', () => {
    const [message] = good({ kind: 'list', title: '', sections: [], notes: [] });
    expect(readText(message?.body)).toBe('Paperwire');
  });

  it('lets nobody be called but a group', () => {
    for (const ping of ['everyone', '!here', '', '12', 'U0123456789', 'S0>x']) {
      const [message] = good({ ...aList(1), ping });
      expect(JSON.stringify(message)).not.toContain('<!');
    }
  });
});

describe('a paper', () => {
  it('of an edition belongs under its heading and has the usual presses; that of a reply has its own', () => {
    const [message] = good({ ...PAPER_CARD, under: 'Papers of Monday' });
    expect(message?.isUnder).toBe(true);
    expect(presses(message).map(({ command }) => command)).toEqual(['save', 'similar', 'rate', 'rate']);
    expect(parts(message, 'static_select').map(({ action_id: id }) => id)).toEqual(['choose:0:follow|what?']);
    const [reply] = good({
      ...PAPER_CARD,
      actions: [{ label: 'Save', command: 'save', options: { paper: '2611.00001' } }],
    });
    expect(reply?.isUnder).toBeUndefined();
    expect(presses(reply)).toEqual([{ command: 'save', options: { paper: '2611.00001' } }]);
    expect(parts(reply, 'static_select')).toEqual([]);
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
    const links = parts(message, 'button').flatMap(({ text: label, url }) =>
      url === undefined ? [] : [[textIn(label), url]],
    );
    expect(links).toEqual([
      ['Page', paper.url],
      ['arXiv', paper.arxivUrl],
      ['PDF', paper.pdfUrl],
      ['Code', paper.githubUrl],
      ['Project', 'https://example.com/project'],
    ]);
    expect(parts(message, 'image')[0]?.alt_text).toContain('Image of the paper');
  });

  it('keeps as much of an endless abstract as fits', () => {
    const paper = aPaper({ id: '2611.00003', ...LONG, abstract: '深層学習の研究。'.repeat(3000) });
    const notes = Array.from({ length: 20 }, () => 'A note of usual length, as topics have.');
    const [message, ...more] = good({ kind: 'paper', entry: { number: 1, paper }, notes });
    expect(more).toEqual([]);
    expect(readText(message?.body)).toMatch(/(深層学習の研究。){300}/);
  });
});

describe('text', () => {
  it('goes on in further messages, every row in one of them, actions in the last', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      name: `row-${index}.`,
      value: 'What is said of it goes on for a while. '.repeat(4),
    }));
    const actions = [{ label: 'Status', command: 'status', options: {} }];
    const messages = good({ kind: 'text', title: 'Topics', paragraphs: ['First.'], rows, actions });
    expect(messages.length).toBeGreaterThan(1);
    const text = messages.map(({ body }) => readText(body)).join(' ');
    expect(text.match(/row-\d+\./g)).toEqual(rows.map(({ name }) => name));
    expect(messages.map((message) => presses(message).length)).toEqual([
      ...messages.slice(1).map(() => 0),
      1,
    ]);
  });

  it('has ten buttons at most, each press once, and says further commands in words', () => {
    const actions = Array.from({ length: 12 }, (_, index) => ({
      label: `No. ${index}`,
      command: 'save',
      options: { paper: `2611.${10_000 + index}` },
    }));
    const [message] = good({ ...TEXT_CARD, actions: actions.concat(actions.slice(0, 3)) });
    expect(presses(message)).toHaveLength(10);
    expect(readText(message?.body)).toMatch(/No\. 10: \/paper save paper:2611\.10010 .*No\. 11: /);
  });

  it('names a channel and a group as Slack does, where they are such', () => {
    const row = (parts: TextCard['rows']) => JSON.stringify(good({ ...TEXT_CARD, rows: parts ?? [] }));
    const value = '';
    const shown = row([
      { name: 'feed', value, parts: ['daily, in ', { channel: 'C0123456789' }, ' (paused)'] },
      { name: 'calls', value, parts: [{ role: GROUP }] },
    ]);
    expect(shown).toContain('daily, in <#C0123456789> (paused)');
    expect(shown).toContain(`*calls* <!subteam^${GROUP}>`);
    const others = row([
      { name: 'feed', value, parts: [{ channel: '@U0123456789' }, { channel: 'C1>|x' }, { role: '!here' }] },
    ]);
    expect(others).toContain('*feed* @U0123456789C1&gt;|x!here');
  });
});

describe('a panel', () => {
  const custom = { slug: 'quokkas', name: 'Quokkas', emoji: ':quokka:', meaning: 'their ways' };
  const foreign = { slug: 'others', name: 'Others', emoji: '<:quokka:123456789012345678>', meaning: '' };
  const card: PanelCard = {
    kind: 'panel',
    title: 'Topics',
    paragraphs: ['Choose.'],
    topics: [custom, foreign, ...BUILT_IN_TOPICS],
  };

  it('has a line a topic and a select of all of them, with their emoji', () => {
    const [message, ...more] = good(card);
    expect(more).toEqual([]);
    const written = JSON.stringify(message);
    expect(written).toContain('🤖 *Agents*: agents, tools');
    expect(written).toContain(':quokka: *Quokkas*: their ways');
    const [select] = parts(message, 'multi_static_select');
    expect(textIn(select?.placeholder)).toBe('Follow topics');
    const options = optionsOf(select as Shape).map(({ text, value }) => [textIn(text), value]);
    expect(options.slice(0, 3)).toEqual([
      [':quokka: Quokkas', 'quokkas~:quokka:'],
      ['Others', 'others'],
      ['🧠 Language models', 'language-models~🧠'],
    ]);
    expect(options).toHaveLength(20);
    const chosen = { ...select, selected_options: [{ value: 'quokkas~:quokka:' }, { value: 'agents~🤖' }] };
    expect(readAction(chosen, commands)).toEqual({
      command: 'follow',
      options: { what: 'quokkas,agents' },
    });
  });
});

describe('every message', () => {
  it('comes back from the ledger as it was, and nothing else does', () => {
    for (const card of CARDS) {
      const messages = render(card);
      expect(messages.map((message) => payloadOf(JSON.parse(JSON.stringify(message))))).toEqual(messages);
    }
    for (const other of [null, {}, 'text', TEXT_CARD, { body: {} }, { body: { text: '', blocks: [{}] } }])
      expect(payloadOf(other)).toBeUndefined();
  });

  it('can do without its images, and loses nothing else', () => {
    const [message] = good(aList(3, () => USUAL));
    const body = message?.body as SlackPayload['body'];
    const bare = withoutImages(body);
    expect(checkMessage(bare)).toEqual([]);
    expect(JSON.stringify(bare)).not.toContain('image_url');
    expect(readShown(bare)).toEqual(readShown(body));
    expect(parts(message, 'image')).toHaveLength(3);
  });

  it('speaks the reader’s language, and has no more than its fallback may', () => {
    const german = textsFor('de');
    const [message] = good(PAPER_CARD, german);
    expect(readText(message?.body)).toContain(german.action.save);
    const [long] = good({ ...aList(50, () => LONG) });
    expect(long?.body.text.length).toBeLessThanOrEqual(LIMITS.text);
  });
});
