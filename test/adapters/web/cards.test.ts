import { type CheerioAPI, load } from 'cheerio/slim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard } from '../../../adapters/web/cards/draw.ts';
import type { Standing } from '../../../adapters/web/cards/reacting.ts';
import { commands } from '../../../commands/index.ts';
import type { Card, ListCard, PanelCard, PaperCard } from '../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { readPressText } from '../../../src/press.ts';
import {
  ACTION_CARD,
  aHostileAction,
  aHostileCard,
  aList,
  HOSTILE_TEXTS,
  LONG,
  PAPER_CARD,
  TEXT_CARD,
  USUAL,
} from '../../contracts/adapter-cards.ts';
import { harmless, skeletonOf } from './skeleton.ts';

function draw(card: Card, standing?: Standing): CheerioAPI {
  return load(`${drawCard(card, standing)}`, {}, false);
}

/** What a press of each button means, in their order. */
function presses($: CheerioAPI) {
  return $('[data-press]')
    .toArray()
    .map((button) => readPressText($(button).attr('data-press') ?? '', commands));
}

function lines($: CheerioAPI, where: string): string[] {
  return $(where)
    .toArray()
    .map((element) => $(element).text().replace(/\s+/g, ' ').trim());
}

describe('a list', () => {
  it('shows each paper under its number, with its votes, its page and a button for the rest', () => {
    const $ = draw(aList(3, () => USUAL));
    expect($('.card-title').text()).toBe('The title');
    expect(lines($, '.section-title')).toEqual(['First heading', 'Second heading']);
    const third = $('li[data-number="3"]');
    expect(third.find('a.paper-title').attr('href')).toBe('https://huggingface.co/papers/2611.00003');
    expect(third.find('data.votes').attr('value')).toBe('998');
    expect(third.text()).toContain('3 comments');
    expect(third.find('.sentence').text()).toContain('A robot learns');
    expect(presses($)[2]).toEqual({ command: 'show', options: { paper: '2611.00003' } });
  });

  it('has its headings in order, and a name for each button', () => {
    const $ = draw(aList(4));
    expect(lines($, 'h1, h2, h3, h4, h5')).toEqual(['The title', 'First heading', 'Second heading']);
    expect($('h3').length).toBe(1);
    expect(new Set(lines($, 'button'))).toHaveLength(4);
  });

  it('leaves out what it does not have: a section without papers, a title that says nothing', () => {
    const list: ListCard = {
      kind: 'list',
      title: ' \u200b',
      sections: [{ heading: 'Nothing', entries: [] }],
      notes: [''],
    };
    expect(draw(list)('.card-body').html()).toBe('');
  });

  it('turns its pages in place', () => {
    const action = { label: 'More', command: 'search', options: { query: 'a b', page: 2 } };
    const $ = draw({ ...aList(1), actions: [action, { ...action, command: 'help', options: {} }] });
    expect(lines($, '[data-turns]')).toEqual(['More']);
    expect(presses($).at(-2)).toEqual({ command: 'search', options: action.options });
  });

  it('names whom it calls elsewhere', () => {
    expect(draw({ ...aList(1), ping: 'readers' })('.ping').text()).toBe('@readers');
  });
});

describe('a thumbnail', () => {
  const shown = (thumbnailUrl: string, card: Card = aList(1, () => ({ thumbnailUrl }))) => draw(card)('img');

  it('is loaded when it is seen, and tells nobody where', () => {
    const address = USUAL.thumbnailUrl;
    const image = shown(address);
    expect(image.attr()).toMatchObject({
      src: address,
      alt: '',
      loading: 'lazy',
      referrerpolicy: 'no-referrer',
    });
    const { entry } = PAPER_CARD;
    const whole = { ...PAPER_CARD, entry: { ...entry, paper: { ...entry.paper, thumbnailUrl: address } } };
    expect(draw(whole)('[role=img]').attr('aria-label')).toBe('Image of the paper “Quokka alone”');
  });

  it.each([
    'http://example.com/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
    'https://a@example.com/',
    '',
  ])('is left out where it is no https address: %s', (address) => {
    expect(shown(address)).toHaveLength(0);
  });
});

describe('a paper', () => {
  it('is shown whole', () => {
    const paper = { ...PAPER_CARD.entry.paper, ...LONG, title: 'Quokka alone' };
    const card: PaperCard = {
      ...PAPER_CARD,
      entry: { number: 3, paper, reason: 'The reason' },
      under: 'The edition',
    };
    const $ = draw(card);
    expect($('h3.card-title a.paper-title').attr('href')).toBe(paper.url);
    expect($('.under').text()).toBe('The edition');
    expect($('.authors').text()).toContain('and 114 more');
    expect($('.figures').text()).toContain('2026-11-20');
    expect($('.abstract').text()).toBe(LONG.abstract);
    expect($('.summary').text()).toBe(LONG.summary);
    expect($('.reason').text()).toContain('The reason');
    expect($('.keywords').text()).toContain('keyword 0 · keyword 1');
    expect(lines($, '.links a')).toEqual(['arXiv', 'PDF', 'Code', 'Project', 'huggingface.co']);
    expect(presses($).map((press) => press?.command)).toEqual(['save', 'similar', 'rate', 'rate']);
  });

  it('shows each line of its abstract as a paragraph', () => {
    const paper = { ...PAPER_CARD.entry.paper, abstract: 'One.\n\nTwo.' };
    expect(lines(draw({ ...PAPER_CARD, entry: { number: 1, paper } }), '.abstract p')).toEqual([
      'One.',
      'Two.',
    ]);
  });
});

describe('words', () => {
  it('are paragraphs and rows', () => {
    const $ = draw(TEXT_CARD);
    expect(lines($, 'p')).toEqual(TEXT_CARD.paragraphs);
    expect(lines($, 'dt')).toEqual(['name', 'other']);
    expect(lines($, 'dd')).toEqual(['What is said of it', 'What is said of the other']);
  });

  it('name channels and roles, with the blanks between them', () => {
    const parts = ['posted in ', { channel: 'papers' }, ', calls ', { role: 'readers' }];
    const $ = draw({ ...TEXT_CARD, rows: [{ name: 'Where', value: '', parts }] });
    expect($('dd').text()).toBe('posted in #papers, calls @readers');
  });

  it('end in what may be done, each once', () => {
    const actions = ACTION_CARD.actions ?? [];
    const $ = draw({ ...ACTION_CARD, actions: [...actions, ...actions] });
    expect(lines($, 'button')).toEqual(['Resend', 'Dismiss']);
  });

  it('say a command that no button can carry', () => {
    const action = { label: 'Find', command: 'search', options: { query: 'a\ud800b' } };
    const $ = draw({ ...TEXT_CARD, actions: [action] });
    expect($('button')).toHaveLength(0);
    expect($('.actions').text()).toMatch(/^Find: \/paper search query:a.?b$/);
  });
});

describe('a panel', () => {
  const panel: PanelCard = {
    kind: 'panel',
    title: 'Follow',
    paragraphs: ['How.'],
    topics: [...BUILT_IN_TOPICS],
  };

  it('has a button for each topic, which says what it does and how it stands', () => {
    const standing = new Map([['🤖', { count: 3, isMine: true }]]);
    const $ = draw(panel, standing);
    expect($('.toggle')).toHaveLength(20);
    expect($('[data-emoji="🤖"]').attr()).toMatchObject({
      'aria-pressed': 'true',
      'aria-label': 'Follow Agents, 3',
    });
    expect($('[data-emoji="🧊"]').attr()).toMatchObject({
      'aria-pressed': 'false',
      'aria-label': 'Follow 3D',
    });
    expect($('[data-emoji="🤖"] .count').text()).toBe('3');
  });

  it('knows an emoji in whatever shade it was set', () => {
    const standing = new Map([['👁', { count: 1, isMine: false }]]);
    expect(draw(panel, standing)('[data-emoji="👁️"]').attr('aria-label')).toBe('Follow Vision, 1');
  });

  it('lets nothing that a topic says act', () => {
    const topics = HOSTILE_TEXTS.map((text, index) => ({
      slug: `t${index}`,
      name: text,
      emoji: text,
      meaning: text,
    }));
    const hostile = { ...panel, paragraphs: [...HOSTILE_TEXTS], topics };
    expect(skeletonOf(draw(hostile))).toEqual(skeletonOf(draw(harmless(hostile))));
  });
});

describe('whatever is said in a card', () => {
  it('is drawn as what is harmless is: the same elements, with the same attributes', () => {
    fc.assert(
      fc.property(aHostileCard, (card) => {
        expect(skeletonOf(draw(card))).toEqual(skeletonOf(draw(harmless(card))));
      }),
      { numRuns: 150 },
    );
  });

  it('carries no style, no script, and only addresses of the web', () => {
    fc.assert(
      fc.property(aHostileCard, (card) => {
        const $ = draw(card);
        expect($('script, style, iframe, form, input, [style], [srcdoc]')).toHaveLength(0);
        for (const element of $('*')) {
          const names = Object.keys($(element).attr() ?? {});
          expect(names.filter((name) => /^on|^xlink/i.test(name))).toEqual([]);
        }
        for (const element of $('[href], [src]'))
          expect($(element).attr('href') ?? $(element).attr('src')).toMatch(/^https?:\/\/[^@/]+(\/|$)/);
      }),
    );
  });

  it('is pressed as it was meant', () => {
    fc.assert(
      fc.property(aHostileAction, (action) => {
        const known = commands.find(({ name }) => name === action.command)?.options ?? [];
        const given = Object.entries(action.options).filter(([name]) =>
          known.some((one) => one.name === name),
        );
        const meant = { ...action, options: Object.fromEntries(given) };
        const isText = Object.values(meant.options).every((value) => String(value).isWellFormed());
        const $ = draw({ ...TEXT_CARD, actions: [meant] });
        expect(presses($)).toEqual(isText ? [{ command: meant.command, options: meant.options }] : []);
      }),
    );
  });
});
