import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import type { Card } from '../../src/domain/card.ts';
import { directTo } from '../../src/domain/feed.ts';
import { StoreError } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import { deliveriesOf } from '../../src/pipeline/plan.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { mayHaveArrived, notArrived, throttled } from '../fixtures/failures.ts';
import { type Given, PLACE } from '../world.ts';
import { dying, MONDAY, notices, openMonday, restart, TUESDAY } from './monday.ts';

/** A feed whose channel is closed to us, so that its manager is to be told on Monday. */
async function openNews(given: Given = {}) {
  const errors: string[] = [];
  const log = { ...silentLog, error: (message: string) => void errors.push(message) };
  const world = await openMonday({}, { log, ...given });
  world.adapter.closeChannel('terminal', 'forbidden');
  const toldTo = () => notices(world.adapter).map(({ destination }) => destination.channel);
  const manager = async () => (await world.store.feeds.get('feed01'))?.manager;
  return { ...world, toldTo, manager, errors };
}

describe('a manager who is gone', () => {
  it('is replaced by whoever installed us, who is told', async () => {
    const { adapter, tickAt, toldTo, manager } = await openNews();
    adapter.closeMember('operator', 'gone');
    adapter.setInstaller('terminal', 'installer');
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect([toldTo(), await manager()]).toEqual([['@installer'], 'installer']);
    adapter.closeChannel('terminal', undefined);
    await tickAt(addMs(TUESDAY, MINUTE_MS));
    expect(toldTo()).toEqual(['@installer', '@installer']);
  });

  it('is not replaced when the feed has another one meanwhile', async () => {
    const { adapter, tickAt, store, feed, manager } = await openNews();
    adapter.closeMember('operator', 'gone');
    adapter.setInstaller('terminal', 'installer');
    const { installer } = adapter;
    adapter.installer = async (workspace) => {
      const now = await store.feeds.get(feed.id);
      if (now) await store.saveFeed({ ...now, manager: 'another' }, MONDAY);
      return await installer(workspace);
    };
    await tickAt(MONDAY);
    expect(await manager()).toBe('another');
  });
});

describe('a manager who takes no direct messages', () => {
  it('keeps the feed; whoever installed us is told', async () => {
    const { adapter, tickAt, toldTo, manager } = await openNews();
    adapter.closeMember('operator', 'forbidden');
    adapter.setInstaller('terminal', 'installer');
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    expect([toldTo(), await manager()]).toEqual([['@installer'], 'operator']);
  });

  it('of a workspace of which nobody is known is told of in the log, once', async () => {
    const { adapter, tickAt, toldTo, errors } = await openNews();
    adapter.closeMember('operator', 'forbidden');
    for (let minute = 0; minute < 30; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(toldTo()).toEqual([]);
    expect(errors.filter((message) => message === 'Nobody of a workspace can be told')).toHaveLength(1);
  });

  it('and installed us too is no way round, and nobody goes in circles', async () => {
    const { adapter, tickAt, toldTo, errors } = await openNews();
    for (const member of ['operator', 'installer']) adapter.closeMember(member, 'gone');
    adapter.setInstaller('terminal', 'installer');
    for (let minute = 0; minute < 30; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(toldTo()).toEqual([]);
    expect(errors.filter((message) => message === 'Nobody of a workspace can be told')).toHaveLength(1);
  });

  it('is stood in for later when the platform cannot say by whom', async () => {
    const { adapter, tickAt, toldTo } = await openNews();
    adapter.closeMember('operator', 'forbidden');
    adapter.setInstaller('terminal', 'installer');
    adapter.failNext(notArrived(), { of: 'installer' });
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, 4 * MINUTE_MS));
    expect(toldTo()).toEqual([]);
    await tickAt(addMs(MONDAY, 5 * MINUTE_MS));
    await tickAt(addMs(MONDAY, 6 * MINUTE_MS));
    expect(toldTo()).toEqual(['@installer']);
  });
});

describe('many notices', () => {
  /** Members who are asked whether they want a digest, before anything goes wrong. */
  async function openAsking(members: readonly string[]) {
    const world = await openNews();
    const { adapter, store } = world;
    for (const member of members) {
      const id = `digest-${member}/question`;
      const destination = directTo(PLACE, member);
      const card: Card = { kind: 'text', title: 'You follow agents', paragraphs: [] };
      const deliveries = deliveriesOf(id, [card], { adapter, destination, plannedAt: MONDAY });
      await store.ledger.planNotice({ id, feedId: 'feed01', deliveries });
    }
    return world;
  }

  it('go to managers before members', async () => {
    const { tickAt, toldTo } = await openAsking(['ada', 'bo']);
    await tickAt(MONDAY);
    expect(toldTo()).toEqual(['@operator', '@ada', '@bo']);
  });

  it('are sent for a minute or so at a time, so that a manager’s is never long behind', async () => {
    const { adapter, clock, tickAt, toldTo } = await openAsking(['ada', 'bo', 'cy']);
    const { send } = adapter;
    adapter.send = async (...given) => {
      clock.advance(25_000);
      return await send(...given);
    };
    await tickAt(MONDAY);
    expect(toldTo()).toEqual(['@operator', '@ada', '@bo']);
    await tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    expect(toldTo()).toEqual(['@operator', '@ada', '@bo', '@cy']);
  });
});

describe('a notice', () => {
  /** The errors of the next sends: the first is that of the channel. */
  const failNotice = (adapter: Awaited<ReturnType<typeof openNews>>['adapter'], error: Error) => {
    const { send } = adapter;
    adapter.send = async (message, signal) => {
      if (!message.destination.channel.startsWith('@')) return await send(message, signal);
      adapter.send = send;
      throw error;
    };
  };

  it('waits as long as the platform asks, and is told once', async () => {
    const { adapter, tickAt, toldTo } = await openNews();
    failNotice(adapter, throttled(2 * HOUR_MS));
    await tickAt(MONDAY);
    await tickAt(addMs(MONDAY, 119 * MINUTE_MS));
    expect(toldTo()).toEqual([]);
    await tickAt(addMs(MONDAY, 121 * MINUTE_MS));
    await tickAt(addMs(MONDAY, 122 * MINUTE_MS));
    expect(toldTo()).toEqual(['@operator']);
  });

  it('of which nobody can say whether it arrived is not told twice', async () => {
    const { adapter, tickAt, toldTo, store } = await openNews({ kind: 'blind' });
    failNotice(adapter, mayHaveArrived());
    for (let minute = 0; minute < 20; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(toldTo()).toEqual([]);
    expect(await store.ledger.openNotices(9)).toEqual([]);
    expect((await store.ledger.openDeliveries()).every(({ slotId }) => slotId.startsWith('feed01@'))).toBe(
      true,
    );
  });

  it('survives the process that planned it', async () => {
    const first = await openNews();
    // The channel's delivery moves twice; the third move is the notice's.
    const doomed = await restart(first, { store: dying(first.store, 2) });
    await doomed.tickAt(MONDAY).catch(() => undefined);
    expect(first.toldTo()).toEqual([]);
    const next = await restart(first);
    await next.tickAt(addMs(MONDAY, 4 * MINUTE_MS));
    await next.tickAt(addMs(MONDAY, 5 * MINUTE_MS));
    expect(first.toldTo()).toEqual(['@operator']);
  });

  it('that was being sent by a killed process to a member who is closed since goes to the installer', async () => {
    const { adapter, tickAt, toldTo, store } = await openNews();
    adapter.setInstaller('terminal', 'installer');
    failNotice(adapter, new StoreError('write', { message: 'killed' }));
    await tickAt(MONDAY);
    expect((await store.ledger.openNotices(9)).map(({ feedId }) => feedId)).toEqual(['feed01']);
    adapter.closeMember('operator', 'forbidden');
    for (let minute = 5; minute < 20; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(toldTo()).toEqual(['@installer']);
  });

  it('is told by one of two processes', async () => {
    const { clock, store, source, adapter, scheduler, toldTo } = await openNews();
    const other = await restart({ clock, store, source, adapter });
    clock.set(MONDAY);
    await Promise.all([scheduler.tick(), other.scheduler.tick()]);
    await Promise.all([scheduler.tick(), other.scheduler.tick()]);
    expect(toldTo()).toEqual(['@operator']);
  });

  it('of a feed that has been removed is forgotten with it', async () => {
    const { adapter, tickAt, toldTo, give, store } = await openNews();
    failNotice(adapter, throttled(DAY_MS));
    await tickAt(MONDAY);
    await give('feed remove', { id: 'feed01' });
    expect(await store.alarms.newest(9)).toEqual([]);
    await tickAt(addMs(MONDAY, 2 * DAY_MS));
    expect(toldTo()).toEqual([]);
  });

  it('of another platform keeps nobody waiting in a process that has not got it', async () => {
    const { feeds, clock, source, store, adapter, tickAt, toldTo } = await openNews();
    const slack = createMemoryAdapter({ platform: 'slack', clock });
    for (let index = 0; index < 60; index += 1) {
      const channel = `C${index}`;
      await feeds.add({ platform: 'slack', workspace: 'T1', channel }, 'U1', {});
      slack.closeChannel(channel, 'gone');
    }
    const { send } = slack;
    slack.send = async (message, signal) => {
      if (message.destination.channel.startsWith('@')) throw throttled(DAY_MS);
      return await send(message, signal);
    };
    await (await restart({ clock, source, store, adapter }, { adapters: [slack] })).tickAt(MONDAY);
    await store.ledger.wakeAll(MONDAY);
    await tickAt(addMs(MONDAY, MINUTE_MS));
    await tickAt(addMs(MONDAY, 2 * MINUTE_MS));
    expect(toldTo()).toEqual(['@operator']);
  });

  it('that meets a fault of ours does not keep the others back', async () => {
    const { adapter, tickAt, toldTo, addFeed } = await openNews();
    await addFeed();
    const { installer } = adapter;
    adapter.installer = async () => await Promise.reject(new TypeError('x is undefined'));
    adapter.closeMember('operator', 'forbidden');
    await tickAt(MONDAY);
    adapter.installer = installer;
    adapter.closeMember('operator', undefined);
    for (let minute = 1; minute < 10; minute += 1) await tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect(toldTo()).toEqual(['@operator', '@operator']);
  });
});
