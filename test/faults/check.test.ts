import { describe, expect, it } from 'vitest';
import { nonceOf } from '../../adapters/discord/posting/nonce.ts';
import type { SlotRecord } from '../../src/domain/edition.ts';
import { type Arrival, type FeedAfter, judge } from './check.ts';
import { CLAIM_MS, KINDS, planTroubles } from './plan.ts';

const DAY = '2026-11-26';
const SLOT = `feed01@${DAY}`;
const DUE_AT = `${DAY}T00:00:00.000Z`;
const PLACE = { platform: 'discord', workspace: '1', channel: '2' } as const;
const POSTED: SlotRecord = {
  ...{ feedId: 'feed01', day: DAY, dueAt: DUE_AT, changedAt: DUE_AT },
  ...{ state: 'posted', sentence: '2 papers.' },
};

/** A feed with two messages, a paper on each, and the messages. */
function allWell(): { feed: FeedAfter; arrivals: [Arrival, Arrival] } {
  const deliveries = [0, 1].map((position) => ({
    ...{ id: `${SLOT}#${position}`, slotId: SLOT, position, destination: PLACE },
    ...{ state: 'sent' as const, messageId: `10${position}`, changedAt: DUE_AT },
  }));
  const arrival = (position: number): Arrival => ({
    ...{ messageId: `10${position}`, mark: nonceOf(`${SLOT}#${position}`), papers: [`2611.0000${position}`] },
  });
  const feed = { feedId: 'feed01', slots: [POSTED], deliveries, papers: ['2611.00000', '2611.00001'] };
  return { feed, arrivals: [arrival(0), arrival(1)] };
}

const figuresOf = ({ duplicates, misses, uncertain }: ReturnType<typeof judge>) =>
  `${duplicates} ${misses} ${uncertain}`;

describe('the check of what came of all deliveries', () => {
  it('finds nothing where all is well', () => {
    const { feed, arrivals } = allWell();
    const verdict = judge([feed], arrivals);
    expect(verdict).toEqual({ deliveries: 2, duplicates: 0, misses: 0, uncertain: 0, broken: [] });
  });

  it('finds a message that came twice', () => {
    const { feed, arrivals } = allWell();
    const verdict = judge([feed], [...arrivals, { ...arrivals[1], messageId: '102' }]);
    expect(figuresOf(verdict)).toBe('1 0 0');
    expect(verdict.broken).toEqual([
      `feed feed01: ${SLOT}#1 arrived 2 times`,
      'feed feed01: paper 2611.00001 came twice',
    ]);
  });

  it('finds a message that is missing', () => {
    const { feed, arrivals } = allWell();
    const verdict = judge([feed], [arrivals[0]]);
    expect(figuresOf(verdict)).toBe('0 1 0');
    expect(verdict.broken).toContain('feed feed01: paper 2611.00001 is missing');
  });

  it('finds a delivery in doubt, a slot without its outcome and a message of nobody', () => {
    const { feed, arrivals } = allWell();
    const deliveries = feed.deliveries.map((one) => ({ ...one, state: 'uncertain' as const }));
    const slots = [{ ...POSTED, state: 'waiting' as const, sentence: 'It is being posted.' }];
    const stray = { ...arrivals[0], messageId: '103', mark: undefined, papers: [] };
    const verdict = judge([{ ...feed, deliveries, slots }], [...arrivals, stray]);
    expect(figuresOf(verdict)).toBe('0 0 2');
    expect(verdict.broken).toContain(`feed feed01: its slot of ${DAY} is waiting: It is being posted.`);
    expect(verdict.broken).toContain('nobody knows of message 103');
  });

  it('finds messages out of order, papers that came twice and a feed without an edition', () => {
    const { feed, arrivals } = allWell();
    const [first, second] = arrivals;
    const late = judge(
      [feed],
      [
        { ...first, messageId: '105' },
        { ...second, papers: first.papers },
      ],
    );
    expect(late.broken).toContain('feed feed01: its messages are not in order');
    expect(late.broken).toContain('feed feed01: paper 2611.00000 came twice');
    const none = judge([{ feedId: 'feed01', slots: [], deliveries: [], papers: [] }], []);
    expect(none.broken).toEqual(['feed feed01: it has 0 slots', 'feed feed01: its edition has no papers']);
  });
});

describe('the plan of what goes wrong', () => {
  it('is the same for the same seed, and another for another', () => {
    const options = { deliveries: 5000, seed: 1, speed: 1 };
    expect(planTroubles(options)).toEqual(planTroubles(options));
    expect(planTroubles(options)).not.toEqual(planTroubles({ ...options, seed: 2 }));
  });

  it('has each kind of trouble at least once, and a freeze that outlasts a claim', () => {
    const plan = planTroubles({ deliveries: 10, seed: 1, speed: 20 });
    expect(plan.map(({ kind }) => kind).sort()).toEqual([...KINDS].sort());
    const lastMs = plan.map(({ forMs }) => forMs);
    expect(Math.max(...lastMs)).toBeGreaterThan(CLAIM_MS / 20);
  });
});
