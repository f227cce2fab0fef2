import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { memberAt } from '../../src/domain/member.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { closeAfter } from '../closing.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { createMemoryObserver, type MemoryObserver } from '../fakes/memory-observer.ts';
import { ADA, MONDAY, member, openFollowed, reacting } from '../members.ts';
import { PLACE } from '../world.ts';

const EVE = memberAt(PLACE, 'eve');

async function open(given: Parameters<typeof openFollowed>[0] = {}) {
  const observer = createMemoryObserver();
  const world = closeAfter(await openFollowed({ ...given, observer }));
  return { ...world, observer };
}

const rests = (observer: MemoryObserver) => observer.of('deliveryDone').map(([state]) => state);
const outcomes = (observer: MemoryObserver) => observer.of('slotDone').map(([{ state }]) => state);

describe('of a digest an observer is told', () => {
  it('as of any edition', async () => {
    const { tickAt, observer } = await open();
    await tickAt(MONDAY);
    expect([rests(observer), outcomes(observer)]).toEqual([['sent'], ['posted']]);
  });

  it('that a message is uncertain whose digest moved while it was being sent', async () => {
    const world = await open();
    const { adapter, observer, store } = world;
    adapter.closeMember('ada', 'forbidden');
    await world.tickAt(MONDAY);
    expect(rests(observer)).toEqual([]);
    const id = `${digestId(ADA)}@2026-11-23#0`;
    await store.ledger.moveDelivery(id, 'planned', { state: 'sending', changedAt: MONDAY });
    adapter.privateThread = async (place, name) => ({ ...place, channel: `${place.channel}/${name}` });
    await world.services.people.setDigest(PLACE, 'ada', { inThread: true });
    expect(rests(observer)).toEqual(['uncertain']);
    expect(await world.services.people.decide(PLACE, 'ada', 'dismiss')).toBe(1);
    expect(rests(observer)).toEqual(['uncertain', 'dismissed']);
  });
});

describe('of the question whether a member wants a digest', () => {
  it('that it is dismissed where it was answered before it was asked', async () => {
    const world = await open();
    await reacting(world, 'eve')('🤖');
    await member(world, 'eve')('follow', { what: 'author:Cy Wu' });
    expect(rests(world.observer)).toEqual(['dismissed']);
    await world.tickAt(addMs(MONDAY, -MINUTE_MS));
    expect(rests(world.observer)).toEqual(['dismissed']);
  });

  it('that it is refused where it cannot be shown, once', async () => {
    const made = createMemoryAdapter(PLACE);
    const render: typeof made.render = (card) => {
      if (card.kind === 'text') throw new Error('a fault of ours');
      return made.render(card);
    };
    const world = await open({ adapter: { ...made, render } });
    await reacting(world, 'eve')('🤖');
    await reacting(world, 'eve')('🎬');
    expect(await world.store.feeds.get(digestId(EVE))).toMatchObject({ isUnconfirmed: true });
    expect(rests(world.observer)).toEqual(['refused']);
  });
});
