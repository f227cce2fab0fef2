import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFeedForm } from '../../../../adapters/slack/forms/feed-form.ts';
import {
  changesOf,
  type FormValues,
  firstValues,
  readValues,
  valuesOf,
} from '../../../../adapters/slack/forms/feed-options.ts';
import type { State } from '../../../../adapters/slack/forms/incoming.ts';
import { topicChoices } from '../../../../adapters/slack/forms/topics.ts';
import type { Reply } from '../../../../src/command.ts';
import { WEEKDAYS } from '../../../../src/domain/calendar.ts';
import { FEED_DEFAULTS, FEED_LISTINGS } from '../../../../src/domain/feed.ts';
import { LOCALES } from '../../../../src/domain/locale.ts';
import { BUILT_IN_TOPICS, slugOf } from '../../../../src/domain/topic.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { checkView } from '../../../slack-checks/check.ts';
import { checkInert } from '../../../slack-checks/inert.ts';
import { nastyName } from '../nasty.ts';
import { stateOf } from '../view-state.ts';

const AT = '2026-11-23T09:00:00.000Z';
const CALLER = {
  place: { platform: 'slack', workspace: 'T1', channel: 'C1' },
  member: { id: 'U1', isManager: true },
} as const;

/** A workspace with topics called anything. */
async function choicesOf(names: readonly string[], locale?: (typeof LOCALES)[number]) {
  const own = names.map((name, index) => ({
    topic: { slug: `${slugOf(name).slice(0, 60)}-${index}`, name, emoji: '📌', meaning: name },
  }));
  const data = [...BUILT_IN_TOPICS.map((topic) => ({ topic })), ...own];
  const reply: Reply = { visibility: 'private', cards: [], outcome: 'done', data };
  return await topicChoices({ run: async () => reply }, { ...CALLER, ...(locale ? { locale } : {}) }, AT);
}

const feeds = fc.record({
  listing: fc.constantFrom(...FEED_LISTINGS),
  time: fc.constantFrom('00:00', '09:00', '23:59'),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Argentina/ComodRivadavia'),
  days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  limit: fc.integer({ min: 1, max: 50 }),
  layout: fc.constantFrom('digest' as const, 'cards' as const),
  filters: fc.record({
    include: fc.array(nastyName, { maxLength: 20 }),
    exclude: fc.array(nastyName, { maxLength: 2 }),
    topics: fc.subarray(BUILT_IN_TOPICS.map(({ slug }) => slug)),
    codeOnly: fc.boolean(),
    minVotes: fc.integer({ min: 0, max: 10_000 }),
  }),
  refreshHours: fc.integer({ min: 0, max: 168 }),
});

describe.each(LOCALES)('the form of a feed in %s', (locale) => {
  const texts = textsFor(locale);

  it('is a modal that Slack takes and that obeys nobody, whatever stands in it', async () => {
    const names = fc.array(nastyName, { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(
        feeds,
        names,
        fc.option(nastyName),
        fc.boolean(),
        async (feed, own, warning, isNew) => {
          const about = { channel: 'C0123456789', ...(isNew ? {} : { id: 'k4t2m9' }) };
          const values = { channel: 'C0123456789', ...valuesOf(feed) };
          const topics = await choicesOf(own, locale);
          const more = warning === null ? {} : { warning, canJoin: !isNew };
          const view = renderFeedForm({ about, values, topics, ...more }, texts);
          expect(checkView(view)).toEqual([]);
          expect(checkInert(view)).toEqual([]);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('gives back what it shows', async () => {
    const topics = await choicesOf([], locale);
    fc.assert(
      fc.property(feeds, (feed) => {
        const plain = { ...feed, filters: { ...feed.filters, include: ['agents', 'tool use'], exclude: [] } };
        const values = { channel: 'G0123456789', ...valuesOf(plain) };
        const view = renderFeedForm({ about: { channel: 'C1' }, values, topics }, texts);
        expect(readValues(stateOf(view))).toEqual(values);
      }),
      { numRuns: 60, seed: 8 },
    );
  });

  it('says why there are no topics, and leaves them as they are', () => {
    const topics = { sentence: 'The store rests.' };
    const view = renderFeedForm({ about: { channel: 'C1' }, values: firstValues({}), topics }, texts);
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('The store rests.');
    expect(readValues(stateOf(view))).not.toHaveProperty('topics');
  });
});

describe('the form of a feed', () => {
  const base = { ...FEED_DEFAULTS, filters: { ...FEED_DEFAULTS.filters } };

  it('leaves out words that are too long for a field, so that they stay', async () => {
    const include = Array.from({ length: 400 }, (_, index) => `word number ${index}`);
    const values = valuesOf({ ...base, filters: { ...base.filters, include } });
    const view = renderFeedForm(
      { about: { channel: 'C1', id: 'k1' }, values, topics: await choicesOf([]) },
      textsFor('en'),
    );
    const read = readValues(stateOf(view));
    expect(read).not.toHaveProperty('include');
    expect(changesOf(values, read)).toEqual({});
  });

  it('proposes no channel of members, and none that it does not know', async () => {
    for (const channel of ['D0123456789', '@U0123456789']) {
      const form = {
        about: { channel: 'C1', id: 'k1' },
        values: { channel, ...firstValues({}) },
        topics: await choicesOf([]),
      };
      const view = renderFeedForm(form, textsFor('en'));
      expect(JSON.stringify(view)).not.toContain('initial_conversation');
      expect(changesOf(form.values, readValues(stateOf(view)))).toEqual({});
    }
  });

  it('knows what was changed', () => {
    const before = valuesOf(base);
    const after: FormValues = { ...before, days: 'mon,wed', 'code-only': true, include: 'agents', limit: 10 };
    expect(changesOf(before, after)).toEqual({ days: 'mon,wed', 'code-only': true, include: 'agents' });
  });

  it('reads days as the week has them, and numbers as numbers', () => {
    const state: State = {
      days: { 'form:days': { selected_options: [{ value: 'wed' }, { value: 'mon' }] } },
      limit: { 'form:limit': { value: '7' } },
      'min-votes': { 'form:min-votes': { value: 'many' } },
      'refresh-hours': { 'form:refresh-hours': { value: null } },
      time: { 'form:other': { selected_time: '10:00' } },
    };
    expect(readValues(state)).toEqual({ days: 'mon,wed', limit: 7, 'min-votes': 'many' });
  });
});
