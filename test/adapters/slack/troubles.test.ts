import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createTroubles } from '../../../adapters/slack/troubles.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { StoreError } from '../../../src/errors.ts';
import { silentLog } from '../../../src/log.ts';
import { createFakeClock } from '../../fakes/clock.ts';

/** A host that keeps one alarm. */
function open() {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const reported: (string | undefined)[] = [];
  const store = { isBroken: false };
  const report = async (_platform: string, trouble: string | undefined) => {
    if (store.isBroken) throw new StoreError('write', { key: 'alarms' });
    reported.push(trouble);
  };
  const troubles = createTroubles({ host: { report }, clock, log: silentLog, random: () => 0.5 });
  return { clock, reported, store, troubles };
}

describe('troubles', () => {
  it('that Slack reaches us does not end what is wrong with the tokens, and the other way round', async () => {
    const { reported, troubles } = open();
    const steps = [
      ['hearing', undefined],
      ['renewing', 'The secret is wrong.'],
      ['hearing', 'The app token is wrong.'],
      ['renewing', 'The secret is wrong.'],
      ['renewing', undefined],
      ['hearing', undefined],
    ] as const;
    const after: unknown[] = [];
    for (const [about, trouble] of steps) {
      troubles(about, trouble);
      await setImmediate();
      after.push(reported.at(-1) ?? 'none');
    }
    const [secret, token] = ['The secret is wrong.', 'The app token is wrong.'];
    expect(after).toEqual(['none', secret, secret, secret, token, 'none']);
    // An alarm keeps its sentence until it is over.
    expect(reported[reported.indexOf(token) - 1]).toBeUndefined();
  });

  it('that are over already are not told again and again', async () => {
    const { reported, troubles } = open();
    for (let times = 0; times < 9; times += 1) troubles('renewing', undefined);
    await setImmediate();
    expect(reported).toEqual([]);
  });

  it('that the store cannot take are told again, as they are then', async () => {
    const { clock, reported, store, troubles } = open();
    store.isBroken = true;
    troubles('renewing', 'The secret is wrong.');
    await setImmediate();
    store.isBroken = false;
    clock.advance(MINUTE_MS);
    await vi.waitFor(() => expect(reported).toEqual(['The secret is wrong.']));
  });
});
