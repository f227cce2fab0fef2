import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { createDraw, type MailPayload } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import type { Card, ListCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { ACTION_CARD, aList, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { checkMail } from '../../../mail-checks/check.ts';
import { checkInert } from '../../../mail-checks/inert.ts';
import { lineOf, readShown, readText } from '../../../mail-checks/read.ts';
import { whole } from '../../../mail-checks/whole.ts';

const draw = createDraw();
const LINKS = { manage: 'https://example.com/m/1?a=1&lt;2', unsubscribe: 'https://example.com/u/1' };

/** The one mail that a card becomes. */
function mailOf(card: Card, links: typeof LINKS | undefined = LINKS) {
  const [payload, ...more] = render(card);
  expect(more).toEqual([]);
  return whole(draw(payload as MailPayload, links));
}

const FULL = aPaper({
  id: '2611.00001',
  title: 'Quokkas <learn> & teach',
  upvotes: 1234,
  summary: 'They "learn" from each other. And they teach.',
  abstract: 'An abstract that no list shows.',
  authors: ['Ada Quokka', 'Bo Wombat', 'Cy Numbat', 'Di Bilby', 'Ed Potoroo'].map((name) => ({ name })),
  organization: { name: 'rottnest', displayName: 'Rottnest Institute' },
  publishedAt: '2026-11-20T00:00:00.000Z',
  comments: 3,
  githubUrl: 'https://github.com/example/quokka',
  githubStars: 2500,
  projectUrl: 'https://example.com/quokka?a=1&lt;2',
  thumbnailUrl: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2611.00001.png',
});
const BARE = aPaper({ id: '2611.00002', title: 'Wombats rest', upvotes: 5 });

const EDITION: ListCard = {
  kind: 'list',
  title: 'Papers of Monday, 23 November 2026',
  subtitle: '2 papers',
  sections: [
    { heading: 'New', entries: [{ number: 1, paper: FULL, reason: 'You follow Agents' }] },
    { heading: 'Rising', entries: [{ number: 2, paper: BARE }] },
  ],
  notes: ['Hugging Face Daily Papers · arXiv'],
};

const PLAIN = `Papers of Monday, 23 November 2026
2 papers

== New ==

1. Quokkas <learn> & teach
   https://huggingface.co/papers/2611.00001
   ▲ 1,234 · 3 comments · code ★ 2,500 <https://github.com/example/quokka> · Rottnest Institute · 2026-11-20
   Ada Quokka, Bo Wombat, Cy Numbat and 2 more
   They "learn" from each other. And they teach.
   ↳ You follow Agents
   arXiv: https://arxiv.org/abs/2611.00001
   PDF: https://arxiv.org/pdf/2611.00001
   Project: https://example.com/quokka?a=1&lt;2

== Rising ==

2. Wombats rest
   https://huggingface.co/papers/2611.00002
   ▲ 5
   arXiv: https://arxiv.org/abs/2611.00002
   PDF: https://arxiv.org/pdf/2611.00002

Hugging Face Daily Papers · arXiv

You get this from Paperwire because you asked for it.
Change what you get: https://example.com/m/1?a=1&lt;2
Unsubscribe: https://example.com/u/1
`;

describe('an edition as a mail', () => {
  const { subject, html, text } = mailOf(EDITION);
  const $ = load(html);
  const partsOf = (index: number) =>
    $('.paper')
      .eq(index)
      .find('h2, p')
      .toArray()
      .map((part) => `${part.attribs.class?.split(' ')[0]}: ${lineOf($(part).text())}`);

  it('has a plain part that is as complete', () => {
    expect(text).toBe(PLAIN);
  });

  it('says of a paper all that is known of it, and of another no more than that', () => {
    expect(partsOf(0)).toEqual([
      'name: 1. Quokkas <learn> & teach',
      'figures: ▲ 1,234 · 3 comments · code ★ 2,500 · Rottnest Institute · 2026-11-20',
      'authors: Ada Quokka, Bo Wombat, Cy Numbat and 2 more',
      'sentence: They "learn" from each other. And they teach.',
      'reason: ↳ You follow Agents',
      'links: arXiv PDF Project',
    ]);
    expect(partsOf(1)).toEqual(['name: 2. Wombats rest', 'figures: ▲ 5', 'links: arXiv PDF']);
  });

  it('leads to the papers, and at its end to what the reader may change', () => {
    const links = $('a').toArray();
    expect(links.map((link) => [$(link).text(), link.attribs.href])).toEqual([
      ['Quokkas <learn> & teach', 'https://huggingface.co/papers/2611.00001'],
      ['code ★ 2,500', 'https://github.com/example/quokka'],
      ['arXiv', 'https://arxiv.org/abs/2611.00001'],
      ['PDF', 'https://arxiv.org/pdf/2611.00001'],
      ['Project', 'https://example.com/quokka?a=1&lt;2'],
      ['Wombats rest', 'https://huggingface.co/papers/2611.00002'],
      ['arXiv', 'https://arxiv.org/abs/2611.00002'],
      ['PDF', 'https://arxiv.org/pdf/2611.00002'],
      ['Change what you get', LINKS.manage],
      ['Unsubscribe', LINKS.unsubscribe],
    ]);
  });

  it('has headings in their order, and the name of its list', () => {
    expect(subject).toBe(EDITION.title);
    expect($('title').text()).toContain(EDITION.title);
    const headings = $('h1, h2').toArray();
    expect(headings.map((one) => `${one.name} ${lineOf($(one).text())}`)).toEqual([
      `h1 ${EDITION.title}`,
      'h2 New',
      'h2 1. Quokkas <learn> & teach',
      'h2 Rising',
      'h2 2. Wombats rest',
    ]);
  });

  it('shows the papers’ names beside the subject, and nowhere else twice', () => {
    const beside = $('div[style*="display:none"]');
    expect(lineOf(beside.text())).toBe('Quokkas <learn> & teach · Wombats rest');
    beside.remove();
    expect($('body').text().split('Wombats rest')).toHaveLength(2);
  });

  it('has one picture, of its paper, which takes its room before it comes', () => {
    const images = $('img').toArray();
    expect(images.map(({ attribs: { src, alt, width, height } }) => ({ src, alt, width, height }))).toEqual([
      {
        src: FULL.thumbnailUrl,
        alt: 'Image of the paper “Quokkas <learn> & teach”',
        width: '132',
        height: '71',
      },
    ]);
  });

  it('says the same without pictures', () => {
    const without = html.replace(/<img[^>]*>/g, '');
    expect(without).not.toBe(html);
    expect(readText(without)).toBe(readText(html));
    expect(readShown(without)).toEqual(readShown(html));
  });

  it('is good and inert', () => {
    expect(checkMail({ subject, html, text })).toEqual([]);
    expect(checkInert({ subject, html, text })).toEqual([]);
  });
});

describe('what stands in a mail', () => {
  const list = (more: Parameters<typeof aPaper>[0]): ListCard => ({
    ...EDITION,
    sections: [{ entries: [{ number: 1, paper: aPaper(more) }] }],
  });

  it('is no link where the title names an address: there is one beside it', () => {
    const { html, text } = mailOf(list({ id: '2611.00001', title: 'https://evil.example/login' }));
    const $ = load(html);
    expect($('.name a')).toHaveLength(0);
    expect($('.links a').first().text()).toBe('Page');
    expect(text).toContain('   Page: https://huggingface.co/papers/2611.00001');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://huggingface.co@evil.example/papers',
    '//example.com',
    'https://example.com/\nx y"onclick=',
  ])('is no address that is none: %s', (address) => {
    const { html, text } = mailOf(
      list({
        id: '2611.00001',
        url: address,
        arxivUrl: address,
        pdfUrl: address,
        githubUrl: address,
        thumbnailUrl: address,
      }),
    );
    const $ = load(html);
    const addresses = $('a[href], img')
      .toArray()
      .map(({ attribs }) => attribs.href ?? attribs.src ?? '')
      .filter((one) => !Object.values(LINKS).includes(one));
    for (const one of addresses) expect(one).toMatch(/^https:\/\/example\.com\/[^\s"<>']+$/);
    expect(text).not.toMatch(/javascript:|data:|@evil/);
  });

  it.each(['http://example.com/x.png', 'data:image/png;base64,x', ''])(
    'is no picture that is not sent safely: %s',
    (thumbnailUrl) => {
      expect(mailOf(list({ id: '2611.00001', thumbnailUrl })).html).not.toContain('<img');
    },
  );

  it('is all three authors where there are no more', () => {
    const authors = ['Ada', 'Bo', 'Cy'].map((name) => ({ name }));
    expect(mailOf(list({ id: '2611.00001', authors })).text).toContain('   Ada, Bo, Cy\n');
    const { text } = mailOf(list({ id: '2611.00001', authors: [...authors, { name: 'Di' }] }));
    expect(text).toContain('   Ada, Bo, Cy and 1 more\n');
  });

  it('is a paper that stands alone with its abstract, its keywords and the title of its edition', () => {
    const entry = { number: 7, paper: { ...FULL, keywords: ['quokka', 'wombat'], abstract: 'One.\nTwo.' } };
    const { subject, html, text } = mailOf({ kind: 'paper', entry, notes: ['New'], under: 'The edition' });
    expect(subject).toBe('Quokkas <learn> & teach');
    const $ = load(html);
    expect(
      $('.abstract')
        .toArray()
        .map((one) => $(one).text()),
    ).toEqual(['One.', 'Two.']);
    expect($('.keywords').text()).toBe('quokka · wombat');
    expect(readText(html)).toMatch(/^Paperwire The edition Quokkas .* New You get this/);
    expect(text).toMatch(/^The edition\n\nQuokkas <learn> & teach\n {3}https:/);
    expect(text).toContain('\n   One.\n\n   Two.\n\n   quokka · wombat\n');
  });

  it('is an answer with its paragraphs and rows', () => {
    const { subject, html, text } = mailOf({
      ...TEXT_CARD,
      paragraphs: ['One\nTwo', '', 'Three'],
      rows: [
        { name: 'Place', value: 'papers', parts: ['in ', { channel: 'papers' }, ' for ', { role: 'all' }] },
      ],
    });
    expect(subject).toBe('An answer');
    expect(readText(html)).toContain('An answer One Two Three Place in #papers for @all You get this');
    expect(text).toContain('An answer\n\nOne\n\nTwo\n\nThree\n\nPlace: in #papers for @all\n');
  });

  it('is what may be done in words, as no press in a mail gives a command', () => {
    const { html, text } = mailOf(ACTION_CARD);
    const typed = 'Resend: /paper delivery resend delivery:feed@2026-11-23#2';
    expect(readText(html)).toContain(typed);
    expect(text).toContain(typed);
    expect(html).not.toContain('<button');
    const actions = [{ label: 'More', command: 'today', options: { page: 2 } }];
    expect(mailOf({ ...EDITION, actions }).text).toBe(PLAIN);
  });

  it('is a panel as its topics and their meanings', () => {
    const own = { slug: 'own', name: 'Own', emoji: '<:quokka:123456789012345678>', meaning: 'ours' };
    const { html, text } = mailOf({
      kind: 'panel',
      title: 'Topics',
      paragraphs: ['Choose.'],
      topics: [...BUILT_IN_TOPICS.slice(0, 2), own],
    });
    expect(readText(html)).toContain('Topics Choose. 🧠 Language models text models themselves');
    expect(text).toContain('\n🧮 Reasoning: mathematics');
    expect(text).toContain('\nOwn: ours\n');
  });

  it('is a button, also where the mail is no edition and says nothing of one', () => {
    const button = { label: 'Confirm', url: 'https://example.com/c/1?a=1&lt;2' };
    const { html, text } = whole(draw({ form: 1, card: TEXT_CARD, button }, undefined));
    const $ = load(html);
    expect(
      $('a')
        .toArray()
        .map((link) => [lineOf($(link).text()), link.attribs.href]),
    ).toEqual([['Confirm', button.url]]);
    expect(text).toContain('\nConfirm: https://example.com/c/1?a=1&lt;2\n');
    expect(text).not.toContain('Unsubscribe');
    expect(readText(html)).toContain('This is from Paperwire.');
    expect(checkInert({ subject: 'x', html, text })).toEqual([]);
  });
});

describe('drawing', () => {
  it('gives each reader their own links, and the same letter', () => {
    const payload = render(aList(3))[0] as MailPayload;
    const other = { manage: 'https://example.com/m/2', unsubscribe: 'https://example.com/u/2' };
    const [mine, theirs, mineAgain] = [LINKS, other, LINKS].map((links) =>
      whole(draw(structuredClone(payload), links)),
    );
    expect(mineAgain).toEqual(mine);
    const replaced = mine?.text
      .replace(LINKS.manage, other.manage)
      .replace(LINKS.unsubscribe, other.unsubscribe);
    expect(theirs?.text).toBe(replaced);
    expect(theirs?.html).not.toContain('/m/1');
    expect(theirs?.html).toContain(other.unsubscribe);
  });

  it('keeps what differs apart, whatever was drawn before', () => {
    const fresh = createDraw();
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 100; index += 1) {
        const card = { ...TEXT_CARD, title: `Title ${index}` };
        expect(fresh({ form: 1, card }, undefined).subject).toBe(card.title);
      }
    }
  });
});
