import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/adapter.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createMemoryAdapter, type MemoryAdapter } from '../fakes/memory-adapter.ts';
import { mayHaveArrived } from '../fixtures/failures.ts';
import { minutes } from '../world.ts';
import { MONDAY, openMonday, SUNDAY, TUESDAY } from './monday.ts';

/** An adapter that notes under which message each of its calls is to hang what it is given. */
function noting(adapter: MemoryAdapter) {
  const seen: string[] = [];
  const note = (call: string, { id, first }: Message) => {
    if (!id.includes('@')) return;
    seen.push(`${call} ${id.split('#')[1]} under ${first ?? 'nothing'}`);
  };
  const noted: MemoryAdapter = {
    ...adapter,
    send: (message, signal) => {
      note('send', message);
      return adapter.send(message, signal);
    },
    find: (message, sinceAt, signal) => {
      note('find', message);
      return adapter.find(message, sinceAt, signal);
    },
    edit: (message, signal) => {
      note('edit', message);
      return adapter.edit(message, signal);
    },
  };
  return { noted, seen };
}

describe('what hangs under the first message of its edition', () => {
  it('is told its id when it is sent, looked for and brought up to date', async () => {
    const clock = createFakeClock(SUNDAY);
    const adapter = createMemoryAdapter({ clock });
    const { noted, seen } = noting(adapter);
    const world = await openMonday({ layout: 'cards', limit: 2 }, { clock, adapter: noted });
    clock.set(MONDAY);
    await world.tickAt(MONDAY);
    const first = adapter.posted[0]?.messageId;
    expect(seen).toEqual(['send 0 under nothing', `send 1 under ${first}`, `send 2 under ${first}`]);
    world.source.set(
      { kind: 'daily', key: '2026-11-23' },
      adapter.posted.flatMap(({ card }) =>
        card.kind === 'paper' ? [{ ...card.entry.paper, upvotes: 500 }] : [],
      ),
    );
    await world.tickAt(TUESDAY);
    expect(seen.slice(3).filter((line) => line.startsWith('edit'))).toEqual([
      `edit 1 under ${first}`,
      `edit 2 under ${first}`,
    ]);
  });

  it('is looked for there too when its answer was lost', async () => {
    const clock = createFakeClock(SUNDAY);
    const adapter = createMemoryAdapter({ clock });
    const { noted, seen } = noting(adapter);
    const world = await openMonday({ layout: 'cards', limit: 2 }, { clock, adapter: noted });
    const { send } = noted;
    let isLost = false;
    noted.send = async (message, signal) => {
      if (message.id.endsWith('#1') && !isLost) {
        isLost = true;
        adapter.failNext(mayHaveArrived(), { hasArrived: true });
      }
      return await send(message, signal);
    };
    for (const at of minutes(MONDAY, '2026-11-23T09:10:00.000Z')) await world.tickAt(at);
    const first = adapter.posted[0]?.messageId;
    expect(seen.filter((line) => line.startsWith('find'))).toEqual([`find 1 under ${first}`]);
    expect(adapter.posted.filter(({ id }) => id.includes('@'))).toHaveLength(3);
  });
});
