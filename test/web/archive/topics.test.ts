import { describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { anArchive } from '../archive-fixture.ts';
import { BASE, openPages } from '../pages.ts';
import { ARCHIVE, FULL } from './lists.ts';

const { see } = openPages({ archive: ARCHIVE });

describe('topics', () => {
  it('are shown with emoji and meaning', async () => {
    const { $ } = await see('/topics');
    const cards = $('.topics li').get();
    expect(cards).toHaveLength(BUILT_IN_TOPICS.length);
    const { emoji, name, meaning } = BUILT_IN_TOPICS[2] ?? {};
    expect($(cards[2]).text()).toBe(`${emoji}${name}${meaning}`);
    expect($(cards[2]).find('a').attr('href')).toBe('/topics/agents');
  });

  it('have pages of papers', async () => {
    const many = Array.from({ length: 45 }, (_, index) => ({
      ...FULL,
      id: `2611.1${String(index).padStart(4, '0')}`,
    }));
    const { see } = openPages({ archive: anArchive({ '2026-11-23': many }) });
    const first = await see('/topics/agents');
    expect(first.$('.paper')).toHaveLength(20);
    expect(
      first
        .$('nav.turn a')
        .get()
        .map((one) => first.$(one).attr('href')),
    ).toEqual(['/topics/agents?page=2']);
    const last = await see('/topics/agents?page=3');
    expect(last.$('ol').attr('start')).toBe('41');
    expect(last.$('.paper')).toHaveLength(5);
    expect(last.$('.number').first().text()).toBe('41');
    expect(
      last
        .$('nav.turn a')
        .get()
        .map((one) => last.$(one).attr('href')),
    ).toEqual(['/topics/agents?page=2']);
    expect(last.$('link[rel=canonical]').attr('href')).toBe(`${BASE}/topics/agents?page=3`);
    expect((await see('/topics/agents?page=4', 404)).main).toContain('end before page 4');
  });

  it('have syndication of their own', async () => {
    const { $ } = await see('/topics/agents');
    expect($('link[rel=alternate]').first().attr('href')).toBe('/feeds/topic/agents.atom');
    expect($('.subscribe').text()).toBe('Subscribe to papers on Agents: Atom RSS JSON');
  });

  it('that are none are refused in a sentence', async () => {
    const { main, $ } = await see('/topics/%3Cscript%3E', 404);
    expect(main).toContain('There is no topic “<script>” here.');
    expect($('main a').attr('href')).toBe('/topics');
  });

  it.each(['0', '-1', '1.5', '1e2', '101', '9'.repeat(400), 'x', ''])('have no page %j', async (page) => {
    const { main } = await see(`/topics/agents?page=${page}`, 404);
    expect(main).toContain('Pages are numbered from 1');
  });
});
