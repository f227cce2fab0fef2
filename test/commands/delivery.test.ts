import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Reply } from '../../src/command.ts';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/calendar.ts';
import { unreachable } from '../fakes/memory-source.ts';
import { mayHaveArrived, rejected, throttled } from '../fixtures/failures.ts';
import { MONDAY, messages, notices, openMonday, SLOT, TUESDAY } from '../pipeline/monday.ts';

function words(reply: Reply): string {
  return JSON.stringify(reply.cards);
}

/** Monday's edition in three messages, of which the first is uncertain and the second refused. */
async function openUndecided() {
  const world = await openMonday({ layout: 'cards', limit: 2, zone: 'Europe/Berlin' }, { kind: 'blind' });
  const { adapter, tickAt } = world;
  adapter.failNext(mayHaveArrived());
  await tickAt('2026-11-23T08:00:00.000Z');
  adapter.failNext(rejected());
  await tickAt('2026-11-23T08:02:00.000Z');
  return world;
}

describe('messages that are not out', () => {
  it('are listed with why, and with what can be done', async () => {
    const { give } = await openUndecided();
    const reply = await give('delivery list');
    expect(reply.data).toMatchObject([
      { id: `${SLOT}#0`, state: 'uncertain', slotId: SLOT, destination: { channel: 'terminal' } },
      { id: `${SLOT}#1`, state: 'refused', reason: 'Too long.' },
    ]);
    const told = words(reply);
    expect(told).toContain('uncertain since 2026-11-23 08:02 UTC. It was being sent and may have arrived');
    expect(told).toContain('refused since 2026-11-23 08:02 UTC. Too long.');
    expect(told).toContain('resend <id>');
  });

  it('and are still to come are listed too; there may be none', async () => {
    const { give, tickAt, adapter } = await openMonday();
    expect(words(await give('delivery list'))).toContain('Everything is out.');
    adapter.failNext(throttled(HOUR_MS));
    await tickAt(MONDAY);
    expect(words(await give('delivery list'))).toContain('planned since 2026-11-23 09:00 UTC.');
  });

  it('are sent again one by one or all of an edition, and told how that went', async () => {
    const { give, adapter, states } = await openUndecided();
    expect(words(await give('delivery resend', { id: `${SLOT}#1` }))).toContain(
      '2026-11-23: incomplete. Of 3 messages 1 uncertain.',
    );
    const reply = await give('delivery resend', { id: SLOT });
    expect(words(reply)).toContain('2026-11-23: posted. 2 papers.');
    expect(reply.data).toMatchObject({ day: '2026-11-23', state: 'posted' });
    expect([await states(SLOT), messages(adapter).length]).toEqual([['sent', 'sent', 'sent'], 3]);
  });

  it('are let be', async () => {
    const { give, states } = await openUndecided();
    expect(words(await give('delivery dismiss', { id: SLOT }))).toContain('Of 3 messages 2 dismissed.');
    expect(await states(SLOT)).toEqual(['dismissed', 'dismissed', 'sent']);
    expect(words(await give('delivery list'))).toContain('Everything is out.');
    expect(words(await give('status'))).not.toContain('Not out');
  });

  it.each(['resend', 'dismiss'])('that are not there get a sentence: %s', async (verb) => {
    const { give, states } = await openUndecided();
    for (const id of ['feed01@2026-11-23#2', 'feed01@2026-11-24', 'nonsense']) {
      expect(await give(`delivery ${verb}`, { id })).toMatchObject({ outcome: 'refused' });
    }
    expect(words(await give(`delivery ${verb}`, { id: 'nonsense' }))).toContain(
      'There is no message \\"nonsense\\" here that waits for a decision.',
    );
    expect(await states(SLOT)).toEqual(['uncertain', 'refused', 'sent']);
  });

  it('are for managers', async () => {
    const { host, clock, feed } = await openUndecided();
    for (const verb of ['list', 'resend', 'dismiss']) {
      const options = verb === 'list' ? {} : { id: SLOT };
      const member = { id: 'm', isManager: false };
      const place = feed.destination;
      const given = { command: `delivery ${verb}`, options, place, member, at: clock.now() };
      expect(await host.run(given)).toMatchObject({ outcome: 'refused' });
    }
  });

  it('are decided by the buttons of the notice, too', async () => {
    const { adapter, tickAt, give } = await openUndecided();
    await tickAt('2026-11-23T08:03:00.000Z');
    const actions = notices(adapter)[0]?.card.actions ?? [];
    expect(actions.map(({ label }) => label)).toEqual(['Resend', 'Dismiss']);
    for (const { command } of actions) {
      expect(commands.map(({ name }) => name)).toContain(command);
    }
    const [resend] = actions;
    expect(await give(resend?.command ?? '', { ...resend?.options })).toMatchObject({ outcome: 'done' });
  });
});

describe('status', () => {
  it('says since when a slot waits, why, and when it looks again, in the feed’s zone and in UTC', async () => {
    const { give, tickAt, source } = await openMonday({ zone: 'Europe/Berlin' });
    source.fail(unreachable());
    await tickAt('2026-11-23T08:00:00.000Z');
    await tickAt('2026-11-23T08:10:00.000Z');
    const told = words(await give('status'));
    expect(told).toContain(
      '2026-11-23: waiting. The source cannot be reached. Looks again at 2026-11-23 08:20 UTC.',
    );
    expect(told).toContain('"Waiting since","value":"2026-11-23 09:00 Europe/Berlin (2026-11-23 08:00 UTC)"');
    expect(told).toContain('"Next","value":"2026-11-24 09:00 Europe/Berlin (2026-11-24 08:00 UTC)"');
  });

  it('says what is uncertain and how to resend or dismiss it', async () => {
    const { give } = await openUndecided();
    const told = words(await give('status'));
    expect(told).toContain('1 uncertain, 1 refused');
    expect(told).toContain(`\\"/paper delivery resend id:${SLOT}#0\\" sends again`);
    expect(told).toContain(`\\"/paper delivery dismiss id:${SLOT}#0\\" lets it be`);
  });

  it('tells the last edition when the last slot is another one', async () => {
    const { give, tickAt, source } = await openMonday();
    await tickAt(MONDAY);
    source.fail(unreachable());
    await tickAt(TUESDAY);
    const told = words(await give('status'));
    expect(told).toContain('"Last","value":"2026-11-24: waiting.');
    expect(told).toContain('"Last posted","value":"2026-11-23: posted. 10 papers.');
  });

  it('tells the alarm of a feed that is suspended, and its data hold the same for programs', async () => {
    const { give, tickAt, adapter } = await openMonday();
    adapter.closeChannel('terminal', 'gone');
    await tickAt(MONDAY);
    const reply = await give('status');
    const told = words(reply);
    expect(told).toContain('"State","value":"suspended"');
    expect(told).toContain('"Next","value":"not while it is not active"');
    expect(told).toContain('"Alarm","value":"since 2026-11-23 09:00 UTC: The edition of 2026-11-23');
    expect(reply.data).toMatchObject([
      {
        feed: { id: 'feed01', state: 'suspended' },
        lastSlot: { state: 'waiting', waitingSinceAt: MONDAY, lookAgainAt: addMs(MONDAY, DAY_MS) },
        openDeliveries: [{ id: `${SLOT}#0`, state: 'planned' }],
        alarm: { raisedAt: MONDAY },
      },
    ]);
  });

  it('of a feed that is well says no more than that', async () => {
    const { give, tickAt } = await openMonday();
    await tickAt(addMs(MONDAY, MINUTE_MS));
    const rows = JSON.parse(words(await give('status')))[0].rows as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(['Where', 'State', 'Last', 'Next']);
  });
});
