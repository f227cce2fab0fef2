import { describe, expect, it } from 'vitest';
import type { Question } from '../../../../adapters/slack/posting/ask.ts';
import { createBudget, ratesOf } from '../../../../adapters/slack/posting/budget.ts';
import { addMs, type Instant, msBetween } from '../../../../src/domain/calendar.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const START: Instant = '2026-11-23T09:00:00.000Z';

function question(method: string, { workspace = 'T1', channel = 'C1' } = {}): Question {
  return { method, args: {}, workspace, channel };
}

/** When each of these leaves, one waiting for the other, in milliseconds since the start. */
async function leave(questions: readonly Question[]): Promise<number[]> {
  const clock = createFakeClock(START);
  const budget = createBudget({ clock });
  const times: number[] = [];
  for (const one of questions) {
    await budget.turn(one);
    times.push(msBetween(START, clock.now()));
  }
  return times;
}

/** The most of them within any window. */
function mostWithin(times: readonly number[], windowMs: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));
}

describe('the budget', () => {
  it('lets one message a second into a channel', async () => {
    const times = await leave(Array.from({ length: 10 }, () => question('chat.postMessage')));
    expect(mostWithin(times, 1000)).toBe(1);
    expect(times.at(-1)).toBeLessThanOrEqual(9_100);
  });

  it('lets 290 a minute into the many channels of one workspace, and hardly fewer', async () => {
    const channels = Array.from({ length: 1000 }, (_, index) => ({ channel: `C${index}` }));
    const times = await leave(channels.map((one) => question('chat.postMessage', one)));
    expect(mostWithin(times, 60_000)).toBeLessThanOrEqual(290);
    const floorMs = (1000 / 300) * 60_000;
    expect(times.at(-1)).toBeLessThanOrEqual(1.05 * floorMs);
  });

  it('lets 50 a second into many workspaces, evenly, and hardly fewer', async () => {
    const workspaces = Array.from({ length: 1000 }, (_, index) => ({ workspace: `T${index}` }));
    const times = await leave(workspaces.map((one) => question('chat.postMessage', one)));
    expect(mostWithin(times, 1000)).toBeLessThanOrEqual(50);
    expect(mostWithin(times, 100)).toBeLessThanOrEqual(10);
    expect(times.at(-1)).toBeLessThanOrEqual(1.05 * 20_000);
  });

  it.each(['reactions.get', 'reactions.add', 'chat.update'])(
    'keeps %s below its tier, and lets a panel of twenty leave at once',
    async (method) => {
      const times = await leave(Array.from({ length: 200 }, () => question(method)));
      expect(mostWithin(times, 60_000)).toBeLessThanOrEqual(45);
      expect(times[19]).toBe(0);
    },
  );

  it('what a person waits for leaves at once', async () => {
    const times = await leave(Array.from({ length: 200 }, () => question('views.open')));
    expect(times.at(-1)).toBe(0);
  });

  it('keeps a rest by method and workspace, to its end', () => {
    const clock = createFakeClock(START);
    const budget = createBudget({ clock });
    budget.rest(question('chat.postMessage'), 30_000);
    // A shorter one that is told later does not end the longer one.
    budget.rest(question('chat.postMessage', { channel: 'C2' }), 1000);
    clock.advance(10_000);
    expect(budget.restMs(question('chat.postMessage', { channel: 'C9' }))).toBe(20_000);
    expect(budget.restMs(question('chat.update'))).toBe(0);
    expect(budget.restMs(question('chat.postMessage', { workspace: 'T2' }))).toBe(0);
    clock.advance(20_000);
    expect(budget.restMs(question('chat.postMessage'))).toBe(0);
  });

  it('a clock that is set back lengthens no rest for ever', () => {
    const clock = createFakeClock(START);
    const budget = createBudget({ clock });
    budget.rest(question('chat.postMessage'), 30_000);
    clock.set(addMs(START, -3_600_000));
    expect(budget.restMs(question('chat.postMessage'))).toBe(30_000);
    clock.advance(30_000);
    expect(budget.restMs(question('chat.postMessage'))).toBe(0);
  });
});

describe('the rates that all processes keep together', () => {
  it.each(['C1', '@U1'])('are one message a second for %s, and 290 a minute for its workspace', (channel) => {
    const [own, all, ...rest] = ratesOf({ workspace: 'T1', channel });
    expect([own, all?.key, rest]).toEqual([{ key: `slack:T1:${channel}`, everyMs: 1000 }, 'slack:T1', []]);
    const aMinute = 60_000 / (all?.everyMs ?? 0);
    expect(aMinute).toBeLessThanOrEqual(290);
    expect(aMinute).toBeGreaterThan(289);
  });
});
