import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { closeAfter } from '../closing.ts';
import { createMemoryAdapter } from '../fakes/memory-adapter.ts';
import { mayHaveArrived, notArrived, rejected } from '../fixtures/failures.ts';
import { createMemoryLog } from '../sources/world.ts';
import { openWorld, PLACE } from '../world.ts';
import { MONDAY, OF_MONDAY, openMonday, SLOT, SUNDAY, TUESDAY, TWENTY } from './monday.ts';

/** A Monday on which much goes wrong that is worth a line, as it was logged. */
async function logOfMonday() {
  const { log, logged } = createMemoryLog();
  const world = closeAfter(await openMonday({ layout: 'cards', limit: 3 }, { log, kind: 'blind' }));
  world.source.set(OF_MONDAY, TWENTY, { warnings: [{ code: 'bad-entry', message: 'Entry 3 is bad.' }] });
  world.adapter.failNext(rejected());
  world.adapter.failNext(notArrived());
  world.adapter.failNext(mayHaveArrived());
  await world.tickAt(MONDAY);
  await world.tickAt(addMs(MONDAY, 2 * MINUTE_MS));
  return { ...world, logged };
}

const SHORT_ID = /^[\da-f]{8}$/;

describe('the log of an edition', () => {
  it('names its run in every line, each run by an id of its own', async () => {
    const { logged: all } = await logOfMonday();
    // An alarm is told beside the runs, whatever it was that saw it.
    const logged = all.filter(({ message }) => message !== 'Alarm');
    expect(new Set(logged.map(({ message }) => message))).toEqual(
      new Set(['The source was read with a warning', 'A delivery failed', 'A slot was looked at']),
    );
    for (const { fields } of logged) expect(fields).toMatchObject({ run: expect.stringMatching(SHORT_ID) });
    const looks = logged.filter(({ message }) => message === 'A slot was looked at');
    expect(looks.map(({ fields }) => fields.state)).toEqual(['waiting', 'incomplete']);
    expect(new Set(looks.map(({ fields }) => fields.run)).size).toBe(2);
    const first = logged.slice(0, logged.indexOf(looks[0] ?? { level: 'info', message: '', fields: {} }));
    expect(new Set(first.map(({ fields }) => fields.run))).toEqual(new Set([looks[0]?.fields.run]));
  });

  it('names the feed, the slot and the delivery that a line is about', async () => {
    const { logged } = await logOfMonday();
    const of = (message: string) => logged.filter((line) => line.message === message);
    for (const { fields } of of('A slot was looked at')) {
      expect(fields).toMatchObject({ feed: 'feed01', slot: SLOT });
    }
    const failed = of('A delivery failed').map(({ fields: { feed, slot, delivery } }) => [
      feed,
      slot,
      delivery,
    ]);
    expect(failed).toEqual([
      ['feed01', SLOT, `${SLOT}#0`],
      ['feed01', SLOT, `${SLOT}#1`],
      ['feed01', SLOT, `${SLOT}#1`],
    ]);
  });

  it('tells two feeds of one run apart', async () => {
    const { log, logged } = createMemoryLog();
    const world = closeAfter(await openWorld(SUNDAY, { log }));
    for (let count = 0; count < 2; count += 1) await world.addFeed();
    world.source.set(OF_MONDAY, TWENTY);
    await world.tickAt(MONDAY);
    const lines = logged.map(({ fields: { run, feed } }) => [run, feed]);
    expect(lines.map(([, feed]) => feed).sort()).toEqual(['feed01', 'feed02']);
    expect(new Set(lines.map(([run]) => run)).size).toBe(1);
  });

  it('names feed and slot with a fault of ours', async () => {
    const { log, logged } = createMemoryLog();
    const adapter = createMemoryAdapter(PLACE);
    const broken = { ...adapter, send: () => Promise.reject(new TypeError('x of undefined')) };
    const world = closeAfter(await openMonday({}, { log, adapter: broken }));
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, HOUR_MS));
    expect(logged.length).toBeGreaterThan(1);
    const named = { run: expect.stringMatching(SHORT_ID), feed: 'feed01', slot: SLOT };
    for (const { fields } of logged) expect(fields).toMatchObject(named);
  });
});

describe('the log of what comes after an edition', () => {
  it('names the feed of an alarm', async () => {
    const { logged } = await logOfMonday();
    const [alarm] = logged.filter(({ message }) => message === 'Alarm');
    expect(alarm?.fields).toMatchObject({ feed: 'feed01', alarm: expect.stringContaining(SLOT) });
    expect(alarm?.fields).not.toHaveProperty('feedId');
  });

  it('names the notice, its feed and its delivery where a manager cannot be told', async () => {
    const { log, logged } = createMemoryLog();
    const world = closeAfter(await openMonday({}, { log }));
    world.adapter.closeChannel('terminal', 'forbidden');
    world.adapter.closeMember('operator', 'forbidden');
    await world.tickAt(MONDAY);
    const about = logged.filter(({ fields }) => 'notice' in fields);
    const messages = new Set(about.map(({ message }) => message));
    expect(messages).toEqual(new Set(['A delivery failed', 'Nobody of a workspace can be told']));
    const named = { run: expect.stringMatching(SHORT_ID), feed: 'feed01' };
    for (const { fields } of about) expect(fields).toMatchObject(named);
    const failed = about.find(({ message }) => message === 'A delivery failed')?.fields;
    expect(failed?.delivery).toBe(`${failed?.notice}#0`);
  });

  it('names feed, slot and delivery where a posted card cannot be brought up to date', async () => {
    const { log, logged } = createMemoryLog();
    const world = closeAfter(await openMonday({ refreshHours: 24 }, { log }));
    await world.tickAt(MONDAY);
    const grown = TWENTY.map((paper) => ({ ...paper, upvotes: paper.upvotes + 1 }));
    world.source.set(OF_MONDAY, grown);
    world.adapter.failNext(rejected(), { of: 'edit' });
    logged.length = 0;
    await world.tickAt(addMs(TUESDAY, MINUTE_MS));
    const about = logged.filter(({ message }) => message === 'A posted card could not be brought up to date');
    const named = { run: expect.stringMatching(SHORT_ID), feed: 'feed01', slot: SLOT, delivery: `${SLOT}#0` };
    expect(about.map(({ fields }) => fields)).toMatchObject([named]);
  });
});
