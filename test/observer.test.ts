import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES } from '../src/domain/delivery.ts';
import { blindObserver, type Observer, observeTogether, tellIfAtRest } from '../src/observer.ts';
import { createMemoryObserver } from './fakes/memory-observer.ts';
import { PLACE } from './world.ts';

/** Calls every member once. */
function tellAll(observer: Observer): void {
  const at = '2026-11-23T09:00:00.000Z';
  observer.sourceAnswered({ source: 'arxiv', way: 'api', status: 200 });
  observer.wayRead({ source: 'arxiv', way: 'api', outcome: 'empty', at, sentence: 'Nothing.' });
  const slot = { feedId: 'feed01', day: '2026-11-23', dueAt: at, changedAt: at } as const;
  observer.slotDone({ ...slot, state: 'posted', sentence: 'All of it.' }, 'discord');
  observer.deliveryDone('sent', 'slack');
  observer.answered({ platform: 'web', command: 'today', outcome: 'done', tookMs: 12 });
}

describe('observers together', () => {
  it('are each told all of it, in order', () => {
    const [alone, one, other] = [createMemoryObserver(), createMemoryObserver(), createMemoryObserver()];
    tellAll(alone);
    tellAll(observeTogether([one, blindObserver, other]));
    expect(alone.told.map(([name]) => name)).toEqual(Object.keys(blindObserver));
    expect(one.told).toEqual(alone.told);
    expect(other.told).toEqual(alone.told);
  });

  it('may be none', () => {
    expect(() => tellAll(observeTogether([]))).not.toThrow();
  });
});

describe('a delivery', () => {
  it('is told of once nothing of ours is to be done with it', () => {
    const observer = createMemoryObserver();
    for (const state of DELIVERY_STATES) tellIfAtRest({ state, destination: PLACE }, observer);
    const told = observer.of('deliveryDone');
    expect(told).toEqual(['sent', 'refused', 'uncertain', 'dismissed'].map((state) => [state, 'terminal']));
  });
});
