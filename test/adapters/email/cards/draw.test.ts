import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { createDraw, type MailPayload } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import { aList, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { checkMail } from '../../../mail-checks/check.ts';
import { checkInert } from '../../../mail-checks/inert.ts';
import { lineOf, readShown, readText } from '../../../mail-checks/read.ts';
import { whole } from '../../../mail-checks/whole.ts';
import { draw, EDITION, FULL, LINKS, mailOf, PLAIN } from './drawn.ts';

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
