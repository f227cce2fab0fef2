import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markOf } from '../../../../adapters/slack/home/follow-blocks.ts';
import { type HomeData, PAGE_SIZE } from '../../../../adapters/slack/home/read.ts';
import { pageIn, renderHome } from '../../../../adapters/slack/home/render.ts';
import { WEEKDAYS } from '../../../../src/domain/calendar.ts';
import { FEED_LISTINGS } from '../../../../src/domain/feed.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { MAX_SUBSCRIPTIONS } from '../../../../src/domain/subscription.ts';
import { BUILT_IN_TOPICS, MAX_WORKSPACE_TOPICS, slugOf } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { checkView } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { nastyName } from '../nasty.ts';

const AT = '2026-11-23T09:00:00.000Z';
const FRAME = { stamp: AT };
const instants = fc.constantFrom(AT, '2026-01-01T00:00:00.000Z');

function partly<T>(data: fc.Arbitrary<T>): fc.Arbitrary<{ data: T } | { sentence: string }> {
  return fc.oneof(
    { weight: 5, arbitrary: data.map((one) => ({ data: one })) },
    nastyName.map((sentence) => ({ sentence })),
  );
}

const topics = fc.array(nastyName, { maxLength: MAX_WORKSPACE_TOPICS }).map((names) => [
  ...BUILT_IN_TOPICS,
  ...names.map((name, index) => ({
    slug: `${slugOf(name).slice(0, 40)}-${index}`,
    name,
    emoji: index % 2 === 0 ? '📌' : ':party_parrot:',
    meaning: name,
  })),
]);

const feed = fc.record({
  id: fc.constantFrom('k4t2m9', 'feed01'),
  destination: fc.record({ channel: fc.constantFrom('C0123456789', 'D0123456789', '@U0123456789') }),
  listing: fc.constantFrom(...FEED_LISTINGS),
  time: fc.constantFrom('00:00', '09:00'),
  zone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  days: fc.subarray([...WEEKDAYS]),
  state: fc.constantFrom('active' as const, 'paused' as const, 'suspended' as const),
});
const lastSlot = fc.record({
  day: fc.constant('2026-11-23'),
  state: fc.constantFrom('posted' as const, 'failed' as const),
  sentence: nastyName,
});
const feeds = fc.array(
  fc.record(
    { feed, lastSlot, nextDueAt: instants, alarm: fc.record({ sentence: nastyName, raisedAt: instants }) },
    { requiredKeys: ['feed'] },
  ),
  { maxLength: 50 },
);

const subscriptions = fc
  .array(
    fc.record({
      kind: fc.constantFrom('topic' as const, 'author' as const, 'organization' as const),
      key: nastyName,
      label: nastyName,
    }),
    { maxLength: MAX_SUBSCRIPTIONS },
  )
  .map((all) => all.map((one, index) => ({ ...one, key: `${one.key} ${index}` })));
const quietFeed = fc
  .tuple(feed, fc.boolean())
  .map(([one, isQuiet]) => (isQuiet ? { ...one, quiet: { from: '22:00', to: '07:00' } } : one));
const following = fc.record(
  { subscriptions, digest: fc.record({ feed: quietFeed, nextDueAt: instants }, { requiredKeys: ['feed'] }) },
  { requiredKeys: ['subscriptions'] },
);

const paper = fc.record({
  title: nastyName,
  url: nastyName,
  arxivUrl: fc.constant('https://arxiv.org/abs/2608.19880'),
});
const saved = fc.record({
  total: fc.integer({ min: PAGE_SIZE, max: 1000 }),
  papers: fc.array(
    fc.record(
      { paperId: fc.constantFrom('2608.19880', 'hep-th/9901001'), savedAt: instants, paper },
      { requiredKeys: ['paperId', 'savedAt'] },
    ),
    { maxLength: PAGE_SIZE },
  ),
});
const deliveries = fc.array(
  fc.record(
    {
      id: fc.constant('k4t2m9@2026-11-23#0'),
      state: fc.constantFrom('refused' as const, 'uncertain' as const),
      reason: nastyName,
      changedAt: instants,
    },
    { requiredKeys: ['id', 'state', 'changedAt'] },
  ),
  { maxLength: 50 },
);

const homes: fc.Arbitrary<HomeData> = fc.record(
  {
    topics: partly(topics),
    following: partly(following),
    saved: partly(saved),
    page: fc.integer({ min: 1, max: 100 }),
    feeds: partly(feeds),
    deliveries: partly(deliveries),
    hasQuietHours: fc.boolean(),
    isManager: fc.boolean(),
  },
  { requiredKeys: ['topics', 'following', 'saved', 'page', 'feeds', 'hasQuietHours', 'isManager'] },
) as fc.Arbitrary<HomeData>;

/** As much as there can be of everything. */
function fullHome(name: string): HomeData {
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const one = {
    id: 'k4t2m9',
    destination: { channel: 'C0123456789' },
    listing: 'daily' as const,
    time: '09:00',
    zone: 'America/Argentina/ComodRivadavia',
    days: [...WEEKDAYS.slice(0, 6)],
    state: 'active' as const,
  };
  const own = many(MAX_WORKSPACE_TOPICS, (index) => ({
    slug: `own-${index}`,
    name,
    emoji: '📌',
    meaning: name,
  }));
  const subscribed = many(MAX_SUBSCRIPTIONS, (index) => ({
    kind: 'author' as const,
    key: `${name}${index}`,
    label: name,
  }));
  const alarm = { sentence: name, raisedAt: AT };
  return {
    topics: { data: [...BUILT_IN_TOPICS, ...own] },
    following: {
      data: {
        subscriptions: subscribed,
        digest: { feed: { ...one, quiet: { from: '22:00', to: '07:00' } }, nextDueAt: AT },
      },
    },
    saved: {
      data: {
        total: 500,
        papers: many(PAGE_SIZE, () => ({
          paperId: '2608.19880',
          savedAt: AT,
          paper: { title: name, url: 'https://huggingface.co/papers/2608.19880', arxivUrl: '' },
        })),
      },
    },
    page: 2,
    feeds: {
      data: many(50, () => ({
        feed: one,
        lastSlot: { day: '2026-11-23', state: 'failed' as const, sentence: name },
        nextDueAt: AT,
        alarm,
      })),
    },
    deliveries: {
      data: many(50, () => ({
        id: 'k4t2m9@2026-11-23#0',
        state: 'uncertain' as const,
        reason: name,
        changedAt: AT,
      })),
    },
    hasQuietHours: true,
    isManager: true,
  };
}

describe.each(LOCALES)('a Home tab in %s', (locale) => {
  const texts = textsFor(locale);

  it('is one that Slack takes and that obeys nobody, whatever there is', () => {
    fc.assert(
      fc.property(homes, fc.option(nastyName), (data, notice) => {
        const view = renderHome(data, { ...FRAME, ...(notice === null ? {} : { notice }) }, texts);
        expect(checkView(view)).toEqual([]);
        expect(checkInert(view)).toEqual([]);
      }),
      { numRuns: 80, seed: 11 },
    );
  });

  it.each(['x', '字', '&', '"'])(
    'has room for as much as there can be, called %s three thousand times',
    (sign) => {
      const view = renderHome(fullHome(sign.repeat(3000)), { ...FRAME, notice: sign.repeat(3000) }, texts);
      expect(checkView(view)).toEqual([]);
      const shown = JSON.stringify(view);
      // What stands at its end is there all the same.
      expect(shown).toContain('home:forget');
      expect(shown).toContain(JSON.stringify(texts.slackHome.moreFeeds(38)));
      expect(shown).toContain(JSON.stringify(texts.slackHome.moreDeliveries(45)));
    },
  );

  it('says what it cannot show, and shows the rest', () => {
    const data: HomeData = { ...fullHome('x'), saved: { sentence: 'The archive rests.' } };
    const shown = JSON.stringify(renderHome(data, FRAME, texts));
    expect(shown).toContain('The archive rests.');
    expect(shown).toContain('home:feed-add');
    expect(shown).not.toContain('home:saved');
  });
});

describe('a Home tab', () => {
  const texts = textsFor('en');

  it('ticks what is followed', () => {
    const kind = 'topic' as const;
    const data: HomeData = {
      ...fullHome('x'),
      following: { data: { subscriptions: [{ kind, key: 'agents', label: 'Agents' }] } },
    };
    const { blocks } = renderHome(data, FRAME, texts);
    const ticked = blocks.flatMap((block) => {
      const [element] = block.type === 'actions' ? (block as types.ActionsBlock).elements : [];
      return element?.type === 'checkboxes' ? (element.initial_options ?? []) : [];
    });
    expect(ticked.map(({ value }) => value)).toEqual(['agents']);
  });

  it('gives members no way to what only managers may', () => {
    const { deliveries: _, ...data } = fullHome('x');
    const shown = JSON.stringify(renderHome({ ...data, isManager: false }, FRAME, texts));
    expect(shown).toContain('Daily papers');
    for (const verb of ['edit', 'pause', 'run', 'preview', 'add'])
      expect(shown).not.toContain(`feed-${verb}`);
    expect(shown).not.toContain('home:delivery');
  });

  it('names what is followed by a mark that fits, whatever it is called', () => {
    const one = { kind: 'author' as const, key: 'x'.repeat(3000) };
    expect(markOf(one)).toMatch(/^[\da-f]{24}$/);
    expect(markOf({ ...one, kind: 'organization' })).not.toBe(markOf(one));
  });

  it.each([
    ['2', 2],
    ['', 1],
    ['0', 1],
    ['x', 1],
    ['1.5', 1],
    [null, 1],
  ])('reads page %o as %d', (metadata, page) => {
    expect(pageIn(metadata)).toBe(page);
  });
});
