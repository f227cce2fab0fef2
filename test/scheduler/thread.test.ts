import { describe, expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../src/domain/calendar.ts';
import { type Destination, directTo } from '../../src/domain/feed.ts';
import { DeliveryRefusedError } from '../../src/errors.ts';
import { digestId } from '../../src/scheduler/digests.ts';
import { feedClaim } from '../../src/store.ts';
import { closeAfter } from '../closing.ts';
import { throttled } from '../fixtures/failures.ts';
import { ADA, MONDAY, member, openFollowed, TUESDAY, words } from '../members.ts';
import { PLACE, type World } from '../world.ts';
import { papersIn } from './weeks.ts';

/** Ada, whose messages are closed on Monday, on a platform with private threads. */
async function open(hasThreads = true) {
  const world = closeAfter(await openFollowed());
  world.adapter.closeMember('ada', 'forbidden');
  await world.tickAt(MONDAY);
  if (hasThreads)
    world.adapter.privateThread = async (place, id) => ({ ...place, channel: `${place.channel}/${id}` });
  const thread: Destination = { ...PLACE, channel: 'terminal/ada' };
  return {
    ...world,
    thread,
    inThread: (place = PLACE) => world.services.people.setDigest(place, 'ada', { inThread: true }),
  };
}

const papersInThread = ({ adapter }: Pick<World, 'adapter'>, { channel }: Destination) =>
  papersIn({
    adapter: { ...adapter, posted: adapter.posted.filter((one) => one.destination.channel === channel) },
  });

describe('a digest in a thread', () => {
  it('comes there at once with what was refused before, and goes on there', async () => {
    const world = await open();
    expect(await world.inThread()).toMatchObject({ feed: { state: 'active', destination: world.thread } });
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    expect(papersInThread(world, world.thread)).toEqual(['2611.00002']);
    await world.ada('follow', { what: 'author:Cy Wu' });
    await world.tickAt(TUESDAY);
    expect(papersInThread(world, world.thread)).toEqual(
      expect.arrayContaining(['2611.00002', '2611.00003', '2611.00013']),
    );
    expect(world.adapter.posted.every(({ destination }) => destination.channel === 'terminal/ada')).toBe(
      true,
    );
  });

  it('leaves to its member what may have arrived before, and sends the rest', async () => {
    const world = await open();
    const [slot] = await world.store.ledger.unfinishedSlots(digestId(ADA));
    const id = `${slot?.feedId}@${slot?.day}#0`;
    const sending = { state: 'sending', changedAt: MONDAY } as const;
    expect(await world.store.ledger.moveDelivery(id, 'planned', sending)).toBe(true);
    await world.inThread();
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    expect(await world.store.ledger.delivery(id)).toMatchObject({ state: 'uncertain' });
    expect(await world.services.people.decide(PLACE, 'ada', 'dismiss')).toBe(1);
    await world.tickAt(TUESDAY);
    expect(papersInThread(world, world.thread)).toEqual(['2611.00003']);
  });

  it('does not move while it is being sent', async () => {
    const world = await open();
    await world.store.ledger.claim(feedClaim(digestId(ADA)), 'a run', MINUTE_MS);
    await expect(world.inThread()).rejects.toMatchObject({ refusal: 'digest-busy' });
    expect(await world.store.feeds.get(digestId(ADA))).toMatchObject({ state: 'suspended' });
  });

  it('is still its member’s own: they set it, and have it erased', async () => {
    const world = await open();
    await world.inThread();
    expect(await world.services.people.setDigest(PLACE, 'ada', { limit: 1 })).toMatchObject({
      feed: { limit: 1, destination: world.thread, manager: 'ada' },
    });
    await world.ada('forget-me', { confirm: true });
    expect(await world.store.feeds.get(digestId(ADA))).toBeUndefined();
  });

  it('that is closed too is told of with the next command', async () => {
    const world = await open();
    await world.inThread();
    world.adapter.closeChannel('terminal/ada', 'gone');
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    expect(words(await world.ada('help'))).toContain('its thread is closed to me');
  });

  it('lets one come that its member let rest, or was not asked about', async () => {
    const world = await open();
    world.adapter.closeMember('eve', 'forbidden');
    await world.host.reactions.react({
      on: { place: PLACE, messageId: 'panel' },
      member: 'eve',
      emoji: '🤖',
      isAdded: true,
    });
    await world.services.people.setDigest(PLACE, 'eve', { inThread: true });
    const eve = { ...ADA, id: 'eve' };
    expect(await world.store.feeds.get(digestId(eve))).toMatchObject({ state: 'active' });
    expect(await world.store.feeds.get(digestId(eve))).not.toHaveProperty('isUnconfirmed');
  });

  it('cannot be where there are none, nor beside a direct message, and then nothing changes', async () => {
    const withThreads = await open();
    const refused = { refusal: 'no-thread-here' };
    await expect(withThreads.inThread(directTo(PLACE, 'ada'))).rejects.toMatchObject(refused);
    const world = await open(false);
    await expect(world.inThread()).rejects.toMatchObject(refused);
    expect(await world.store.feeds.get(digestId(ADA))).toMatchObject({ destination: directTo(PLACE, 'ada') });
    expect(await member(world, 'bob')('following', { every: 'daily' })).toMatchObject({ outcome: 'refused' });
  });

  it('that cannot be opened is refused, with what the platform says', async () => {
    const world = await open();
    const closed = { platform: 'terminal', channel: 'terminal', reason: 'forbidden' } as const;
    world.adapter.privateThread = () => Promise.reject(new DeliveryRefusedError('I may not.', closed));
    await expect(world.inThread()).rejects.toMatchObject({ refusal: 'thread-refused', reason: 'I may not.' });
    world.adapter.privateThread = () => Promise.reject(throttled(MINUTE_MS));
    await expect(world.inThread()).rejects.toMatchObject({ refusal: 'thread-not-now' });
    world.adapter.privateThread = () => Promise.reject(new TypeError('x is undefined'));
    await expect(world.inThread()).rejects.toThrow(TypeError);
    expect(await world.store.feeds.get(digestId(ADA))).toMatchObject({ state: 'suspended' });
  });
});
