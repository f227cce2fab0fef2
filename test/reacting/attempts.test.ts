import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createAttempts } from '../../src/reacting/attempts.ts';

const USUAL = new Error('a pause');

function open() {
  const told: string[] = [];
  const ending = new AbortController();
  const log = {
    ...silentLog,
    debug: (message: string) => void told.push(`debug: ${message}`),
    error: (message: string) => void told.push(`error: ${message}`),
  };
  const isUsual = (error: unknown) => error === USUAL;
  return { told, ending, attempts: createAttempts({ log, signal: ending.signal, isUsual }) };
}

const fails = (error: Error) => () => Promise.reject(error);

describe('what is done about emoji', () => {
  it('never rejects: what is no everyday failure is told', async () => {
    const { told, attempts } = open();
    await attempts.one(fails(USUAL));
    await attempts.one(fails(new Error('the store is away')));
    await attempts.comparison(fails(USUAL));
    const later = 'Reactions could not be taken; they are looked at again with the next start';
    expect(told).toEqual([`debug: ${later}`, `error: ${later}`, `debug: ${later}`]);
  });

  it('is not begun once the bot stops, and what fails by that is not told', async () => {
    const { told, ending, attempts } = open();
    const { promise, reject } = Promise.withResolvers<void>();
    const inHand = attempts.one(() => promise);
    ending.abort(new Error('The bot stops.'));
    reject(ending.signal.reason);
    await inHand;
    let isBegun = false;
    const begins = async () => {
      isBegun = true;
    };
    await Promise.all([attempts.one(begins), attempts.comparison(begins)]);
    expect([isBegun, told]).toEqual([false, []]);
  });

  it('is one comparison at a time: the next one ends the one under way, in silence', async () => {
    const { told, attempts } = open();
    const signals: AbortSignal[] = [];
    const untilEnded = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    };
    const first = attempts.comparison(untilEnded);
    await attempts.comparison(async (signal) => void signals.push(signal));
    await first;
    expect([signals.map(({ aborted }) => aborted), told]).toEqual([[true, false], []]);
  });
});
