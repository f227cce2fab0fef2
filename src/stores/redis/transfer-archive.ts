import { dayNumber, dayOf } from '../days.ts';
import { LINES } from '../lines.ts';
import type { Work } from './connection.ts';
import type { Damaged } from './damaged.ts';
import type { Keys } from './keys.ts';
import { createMover, type Mover, pagesOf, writeMissing } from './mover.ts';
import { byBytes } from './parts.ts';
import { SEQUENCE_COUNTER } from './sequence.ts';

/** The numbers move too: whoever follows the sequence goes on where it was. */
export function createSequenceMover(keys: Keys): Mover {
  return createMover('sequence', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.sequence))
        for (const [key, value] of page) yield { key, value };
    },
    async write(tx, lines) {
      for (const { key, value } of lines) tx.zadd(keys.sequence, value, key, 'absent');
    },
  });
}

export function createCounterMover(keys: Keys): Mover {
  return createMover('counters', {
    async *read(then) {
      const highest = await then.hget(keys.counters, SEQUENCE_COUNTER);
      if (highest !== undefined) yield { key: SEQUENCE_COUNTER, value: Number(highest) };
    },
    write: (tx, lines) =>
      raise(
        tx,
        keys,
        SEQUENCE_COUNTER,
        lines.map(({ value }) => value),
      ),
  });
}

export function createSeenMover(keys: Keys): Mover {
  return createMover('seen', {
    async *read(then) {
      const seen = await then.zrangeWithScores(keys.seen);
      seen.sort(([one], [other]) => byBytes(one, other));
      for (const [key, day] of seen) yield { key, value: dayOf(day) };
    },
    async write(tx, lines) {
      for (const { key, value } of lines) tx.zadd(keys.seen, dayNumber(value), key, 'absent');
    },
  });
}

export function createDamagedMover(keys: Keys, damaged: Pick<Damaged, 'put'>): Mover {
  return createMover('damaged', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.damaged)) {
        const texts = await then.getMany(page.map(([number]) => keys.damage(number)));
        for (const [index, [key]] of page.entries())
          yield { key, value: LINES.damaged.parse(JSON.parse(texts[index] ?? '')) };
      }
    },
    async write(tx, lines) {
      await raise(
        tx,
        keys,
        'damaged',
        lines.map(({ key }) => Number(key)),
      );
      await writeMissing(
        lines,
        ({ key }) => tx.exists(keys.damage(key)),
        (missing) => {
          for (const { key, value } of missing) damaged.put(tx, key, value);
        },
      );
    },
  });
}

/** None of these numbers is given again. */
async function raise(tx: Work, keys: Keys, counter: string, numbers: readonly number[]): Promise<void> {
  const highest = Math.max(Number((await tx.hget(keys.counters, counter)) ?? 0), ...numbers);
  tx.hset(keys.counters, { [counter]: highest });
}
