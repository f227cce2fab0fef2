import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryState } from '../../src/domain/delivery.ts';
import type { Edition, SlotRecord } from '../../src/domain/edition.ts';
import { closedBy, outcomeOf } from '../../src/pipeline/record.ts';

const MONDAY = { kind: 'daily', key: '2026-11-23' } as const;
const FRIDAY = { kind: 'daily', key: '2026-11-20' } as const;
const AT = '2026-11-23T09:00:00.000Z';
const SLOT = { feedId: 'feed01', day: '2026-11-23', dueAt: AT };

function edition(given: Partial<Edition> = {}): Edition {
  return {
    id: 'feed01@2026-11-23',
    slot: SLOT,
    plannedAt: AT,
    layout: 'digest',
    isSoFar: false,
    sections: [{ kind: 'list', listing: MONDAY, paperIds: ['2611.00001', '2611.00002'] }],
    listings: [MONDAY],
    revisited: [],
    awaited: [],
    ...given,
  };
}

function deliveries(...given: [DeliveryState, string?][]): Delivery[] {
  return given.map(([state, reason], position) => ({
    id: `feed01@2026-11-23#${position}`,
    slotId: 'feed01@2026-11-23',
    position,
    destination: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
    payload: {},
    state,
    changedAt: AT,
    ...(reason === undefined ? {} : { reason }),
  }));
}

describe('the outcome of a slot', () => {
  it('counts the papers and names the lists', () => {
    expect(outcomeOf(edition(), deliveries(['sent']))).toEqual({
      state: 'posted',
      sentence: '2 papers. Papers of Monday, 2026-11-23.',
    });
    const one = edition({ sections: [{ kind: 'rising', paperIds: ['2611.00001'] }], listings: [] });
    expect(outcomeOf(one, deliveries(['sent'])).sentence).toBe('1 paper. Papers of earlier lists.');
    expect(outcomeOf(edition({ listings: [MONDAY, FRIDAY] }), deliveries(['sent'])).sentence).toBe(
      '2 papers. Papers of Monday, 2026-11-23, Papers of Friday, 2026-11-20.',
    );
  });

  it('says when a list was not complete', () => {
    expect(outcomeOf(edition({ isSoFar: true }), deliveries(['sent']))).toEqual({
      state: 'posted-so-far',
      sentence:
        '2 papers. Papers of Monday, 2026-11-23. A list was not complete; what joins it comes in the next edition.',
    });
  });

  it('is nothing new without papers, with the lists that were looked at', () => {
    expect(outcomeOf(edition({ sections: [] }), [])).toEqual({
      state: 'nothing-new',
      sentence: 'Papers of Monday, 2026-11-23: nothing that has not been posted or filtered out.',
    });
    expect(outcomeOf(edition({ sections: [], listings: [] }), []).sentence).toBe(
      'There is no list that has not been posted.',
    );
  });

  it('is incomplete when a message did not go out, with each reason once', () => {
    const lost = deliveries(
      ['sent'],
      ['refused', 'Too long.'],
      ['refused', 'Too long.'],
      ['uncertain', 'No answer.'],
    );
    expect(outcomeOf(edition(), lost)).toEqual({
      state: 'incomplete',
      sentence: 'Of 4 messages 2 refused and 1 uncertain. Too long. No answer.',
    });
    expect(outcomeOf(edition(), deliveries(['dismissed'])).sentence).toBe('Of 1 message 1 dismissed.');
  });

  it('is told also when the edition itself was damaged', () => {
    expect(outcomeOf(undefined, deliveries(['sent']))).toEqual({
      state: 'posted',
      sentence: 'As planned; the record of what it showed was damaged.',
    });
  });
});

describe('a slot that a newer one takes over', () => {
  it('has failed and says which edition takes its lists, and why it waited', () => {
    const waiting: SlotRecord = {
      ...SLOT,
      state: 'waiting',
      sentence: 'The list is short.',
      changedAt: AT,
      lookAgainAt: AT,
    };
    const newer = { ...SLOT, day: '2026-11-24' };
    expect(closedBy(newer, waiting, '2026-11-24T09:00:00.000Z')).toEqual({
      ...SLOT,
      state: 'failed',
      sentence: 'It did not go out; the edition of 2026-11-24 takes its lists. The list is short.',
      changedAt: '2026-11-24T09:00:00.000Z',
    });
  });
});
