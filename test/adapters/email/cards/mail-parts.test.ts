import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import type { ListCard } from '../../../../src/domain/card.ts';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { ACTION_CARD, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { aPaper } from '../../../fixtures/papers.ts';
import { checkInert } from '../../../mail-checks/inert.ts';
import { lineOf, readText } from '../../../mail-checks/read.ts';
import { whole } from '../../../mail-checks/whole.ts';
import { draw, EDITION, FULL, LINKS, mailOf, PLAIN } from './drawn.ts';

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
