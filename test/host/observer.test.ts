import { describe, expect, it } from 'vitest';
import type { Command, Reply } from '../../src/command.ts';
import { StoreError } from '../../src/errors.ts';
import { createHost } from '../../src/host.ts';
import { silentLog } from '../../src/log.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryObserver } from '../fakes/memory-observer.ts';
import { PLACE } from '../world.ts';
import { failing, NOTHING } from './hosts.ts';

describe('whoever watches', () => {
  const at = '2026-11-23T12:00:00.000Z';
  const asked = { options: {}, place: PLACE, member: { id: 'm', isManager: false }, at };

  /** A host whose one command takes 250 ms, and then does this. */
  function openWatched(run: Command['run']) {
    const [clock, observer] = [createFakeClock(at), createMemoryObserver()];
    const command: Command = {
      ...failing(undefined),
      async run(invocation, services) {
        clock.advance(250);
        return await run(invocation, services);
      },
    };
    return { clock, host: createHost([command], NOTHING, { clock, log: silentLog, observer }), observer };
  }

  const reply = async (): Promise<Reply> => ({ visibility: 'private', cards: [], outcome: 'done' });

  it('is told of each command: where, what came of it and how long it took', async () => {
    const { host, observer } = openWatched(reply);
    await host.run({ command: 'fail', ...asked });
    await host.run({ command: 'fail', ...asked, options: { nonsense: 1 } });
    await host.run({ command: '<made up>', ...asked, place: { ...PLACE, platform: 'discord' } });
    expect(observer.told).toEqual([
      ['answered', { platform: 'terminal', command: 'fail', outcome: 'done', tookMs: 250 }],
      ['answered', { platform: 'terminal', command: 'fail', outcome: 'refused', tookMs: 0 }],
      ['answered', { platform: 'discord', outcome: 'refused', tookMs: 0 }],
    ]);
  });

  it('is told that a command failed, and of none that was stopped', async () => {
    const { host, observer } = openWatched(async () => {
      throw new StoreError('read');
    });
    await host.run({ command: 'fail', ...asked });
    expect(observer.of('answered')).toMatchObject([[{ command: 'fail', outcome: 'failed', tookMs: 250 }]]);
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(host.run({ command: 'fail', ...asked, signal })).rejects.toThrow('stopping');
    expect(observer.told).toHaveLength(1);
  });

  it('is told of no time where the clock went back meanwhile', async () => {
    const { clock, host, observer } = openWatched(() => {
      clock.set('2026-11-23T11:00:00.000Z');
      return reply();
    });
    await host.run({ command: 'fail', ...asked });
    expect(observer.of('answered')).toMatchObject([[{ outcome: 'done', tookMs: 0 }]]);
  });
});
