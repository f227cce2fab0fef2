import { describe, expect, it } from 'vitest';
import { feedSubject, slotSubject } from '../../src/domain/alarm.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { mayHaveArrived, notArrived, rejected, throttled } from '../fixtures/failures.ts';
import {
  dying,
  MONDAY,
  messages,
  notices,
  OF_TUESDAY,
  openMonday,
  restart,
  SLOT,
  TUESDAY,
  TWENTY_MORE,
} from '../pipeline/monday.ts';
import { PLACE } from '../world.ts';

/** Monday's edition in four messages, of which the first is refused and the second uncertain. */
async function openUndecided() {
  const world = await openMonday({ layout: 'cards', limit: 3 }, { kind: 'blind' });
  world.adapter.failNext(rejected());
  world.adapter.failNext(mayHaveArrived());
  await world.tickAt(MONDAY);
  await world.tickAt(addMs(MONDAY, 2 * MINUTE_MS));
  expect(await world.states(SLOT)).toEqual(['refused', 'uncertain', 'sent', 'sent']);
  return world;
}

describe('what waits for a decision', () => {
  it('is listed for its own workspace, and for the operator', async () => {
    const { decisions } = await openUndecided();
    const own = await decisions.list(PLACE);
    expect(own.map(({ id, state }) => [id, state])).toEqual([
      [`${SLOT}#0`, 'refused'],
      [`${SLOT}#1`, 'uncertain'],
    ]);
    expect(own[1]).not.toHaveProperty('payload');
    expect(await decisions.list({ ...PLACE, workspace: 'another' })).toEqual([]);
    expect(await decisions.all()).toEqual(own);
  });

  it('cannot be decided from another workspace, nor where it is out', async () => {
    const { decisions, states } = await openUndecided();
    const elsewhere = { ...PLACE, workspace: 'another' };
    expect(await decisions.resend(elsewhere, `${SLOT}#0`)).toBeUndefined();
    expect(await decisions.dismiss(elsewhere, SLOT)).toBeUndefined();
    expect(await decisions.resend(PLACE, `${SLOT}#2`)).toBeUndefined();
    expect(await decisions.dismiss(PLACE, 'feed01@2020-01-01#0')).toBeUndefined();
    expect(await states(SLOT)).toEqual(['refused', 'uncertain', 'sent', 'sent']);
  });
});

describe('resending', () => {
  it('one message sends that one, as it was planned, and tells what is left', async () => {
    const { decisions, states, adapter, store } = await openUndecided();
    const [planned] = await store.ledger.deliveries(SLOT);
    const slot = await decisions.resend(PLACE, `${SLOT}#0`);
    expect(slot).toMatchObject({ day: '2026-11-23', state: 'incomplete' });
    expect(slot?.sentence).toContain('Of 4 messages 1 uncertain.');
    expect(await states(SLOT)).toEqual(['sent', 'uncertain', 'sent', 'sent']);
    expect(messages(adapter).at(-1)?.card).toEqual(planned?.payload);
  });

  it('an edition sends all of them; then it is whole, and its alarm is over', async () => {
    const { decisions, states, adapter, store, tickAt } = await openUndecided();
    expect(await store.alarms.open(slotSubject(SLOT))).toBeDefined();
    expect(await decisions.resend(PLACE, SLOT)).toMatchObject({ state: 'posted' });
    expect(await states(SLOT)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(await store.ledger.slot(SLOT)).toMatchObject({ state: 'posted', isPlanned: true });
    expect(await store.alarms.open(slotSubject(SLOT))).toBeUndefined();
    await tickAt(addMs(MONDAY, 3 * MINUTE_MS));
    expect(notices(adapter).map(({ card }) => card.title)).toEqual([
      'Feed feed01 needs you',
      'All clear for feed feed01',
    ]);
    expect(messages(adapter)).toHaveLength(4);
  });

  it('that fails again leaves it to be decided again, under the same alarm', async () => {
    const { decisions, states, adapter, store } = await openUndecided();
    adapter.failNext(rejected());
    expect(await decisions.resend(PLACE, `${SLOT}#0`)).toMatchObject({ state: 'incomplete' });
    expect(await states(SLOT)).toEqual(['refused', 'uncertain', 'sent', 'sent']);
    expect(await store.alarms.newest(9)).toHaveLength(1);
  });

  it('that cannot be done now is done by a later tick', async () => {
    const { decisions, states, adapter, tickAt, clock } = await openUndecided();
    for (let times = 0; times < 3; times += 1) adapter.failNext(notArrived());
    expect(await decisions.resend(PLACE, `${SLOT}#0`)).toMatchObject({ state: 'waiting' });
    await tickAt(addMs(clock.now(), 5 * MINUTE_MS));
    expect(await states(SLOT)).toEqual(['sent', 'uncertain', 'sent', 'sent']);
  });

  it('survives the process that was asked for it', async () => {
    const world = await openUndecided();
    const doomed = await restart(world, { store: dying(world.store, 1) });
    await expect(doomed.decisions.resend(PLACE, SLOT)).rejects.toThrow('killed');
    const next = await restart(world);
    next.clock.advance(5 * MINUTE_MS);
    await next.scheduler.catchUp();
    expect((await next.states(SLOT)).filter((state) => state === 'planned')).toEqual([]);
    expect(await world.store.ledger.slot(SLOT)).toMatchObject({ state: 'incomplete' });
    expect(messages(world.adapter).filter(({ id }) => id === `${SLOT}#0`).length).toBeLessThanOrEqual(1);
  });

  it('twice at once sends once', async () => {
    const { decisions, adapter } = await openUndecided();
    await Promise.allSettled([decisions.resend(PLACE, `${SLOT}#0`), decisions.resend(PLACE, `${SLOT}#0`)]);
    expect(messages(adapter).filter(({ id }) => id === `${SLOT}#0`)).toHaveLength(1);
  });

  it('while the feed is being posted is refused, and changes nothing', async () => {
    const { decisions, states, store, clock } = await openUndecided();
    expect(await store.ledger.claim('feed:feed01', 'a run', 3 * MINUTE_MS)).toBe(true);
    for (const decide of [decisions.resend, decisions.dismiss]) {
      await expect(decide(PLACE, SLOT)).rejects.toMatchObject({ refusal: 'feed-busy' });
    }
    expect(await states(SLOT)).toEqual(['refused', 'uncertain', 'sent', 'sent']);
    expect(await store.ledger.slot(SLOT)).toMatchObject({ state: 'incomplete' });
    clock.advance(4 * MINUTE_MS);
    expect(await decisions.resend(PLACE, SLOT)).toMatchObject({ state: 'posted' });
  });

  it('is asked for days later, and the newer editions stand', async () => {
    const { decisions, tickAt, store, clock } = await openUndecided();
    await tickAt(TUESDAY);
    clock.set(addMs(TUESDAY, DAY_MS + HOUR_MS));
    expect(await decisions.resend(PLACE, SLOT)).toMatchObject({ day: '2026-11-23', state: 'posted' });
    expect(await store.ledger.slot('feed01@2026-11-24')).toMatchObject({ state: 'nothing-new' });
  });
});

describe('dismissing', () => {
  it('lets a message be and sends nothing; the outcome says so', async () => {
    const { decisions, states, adapter } = await openUndecided();
    const { calls } = adapter;
    const slot = await decisions.dismiss(PLACE, `${SLOT}#1`);
    expect(slot?.sentence).toContain('Of 4 messages 1 refused and 1 dismissed.');
    expect(await states(SLOT)).toEqual(['refused', 'dismissed', 'sent', 'sent']);
    expect(adapter.calls).toBe(calls);
  });

  it('what is still to come, too, lets the feed go on', async () => {
    const { decisions, tickAt, adapter, states } = await openMonday({ layout: 'cards', limit: 1 });
    adapter.failNext(throttled(10 * HOUR_MS));
    await tickAt(MONDAY);
    const slot = await decisions.dismiss(PLACE, SLOT);
    expect(slot?.sentence).toContain('Of 2 messages 2 dismissed.');
    expect(await states(SLOT)).toEqual(['dismissed', 'dismissed']);
    await tickAt(addMs(MONDAY, 11 * HOUR_MS));
    expect(adapter.posted.filter(({ id }) => id.startsWith(SLOT))).toEqual([]);
  });

  it('the last one ends the alarm, and the outcome stays what it was', async () => {
    const { decisions, states, store } = await openUndecided();
    expect(await decisions.dismiss(PLACE, SLOT)).toMatchObject({ state: 'incomplete' });
    expect(await states(SLOT)).toEqual(['dismissed', 'dismissed', 'sent', 'sent']);
    expect(await store.alarms.open(slotSubject(SLOT))).toBeUndefined();
    expect(await decisions.list(PLACE)).toEqual([]);
    expect(await decisions.resend(PLACE, SLOT)).toBeUndefined();
  });

  it('says nothing of the channel: a feed that is suspended stays so, under its alarm', async () => {
    const { decisions, tickAt, adapter, store, source } = await openUndecided();
    adapter.closeChannel('terminal', 'forbidden');
    source.set(OF_TUESDAY, TWENTY_MORE);
    await tickAt(TUESDAY);
    const alarm = await store.alarms.open(feedSubject('feed01'));
    expect(alarm?.sentence).toContain('The edition of 2026-11-24 has not gone out. Closed: forbidden.');
    await decisions.dismiss(PLACE, SLOT);
    expect(await store.alarms.open(feedSubject('feed01'))).toEqual(alarm);
    expect((await store.feeds.get('feed01'))?.state).toBe('suspended');
  });
});
