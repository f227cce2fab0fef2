import { describe, expect, it } from 'vitest';
import { createLimits } from '../../../../adapters/email/subscribing/limits.ts';
import { HOUR_MS } from '../../../../src/domain/calendar.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { memoryFirst, NOW } from './world.ts';

function open() {
  const clock = createFakeClock(NOW);
  const warned: string[] = [];
  const log = { ...silentLog, warn: (message: string) => void warned.push(message) };
  return { clock, warned, limits: createLimits({ isFirst: memoryFirst(clock), secret: 'x', clock, log }) };
}

describe('letters that nobody has confirmed', () => {
  it('are five hundred an hour, whoever asks for them, and more are told in the log once', async () => {
    const { clock, warned, limits } = open();
    let sent = 0;
    for (let at = 0; at < 510; at += 1) if (await limits.mayWriteTo(`reader${at}@example.org`)) sent += 1;
    expect(sent).toBe(500);
    expect(warned).toEqual(['Too many letters to confirm within an hour; the others are left']);
    clock.advance(HOUR_MS - 1);
    expect(await limits.mayWriteTo('ada@example.org')).toBe(false);
    clock.advance(1);
    expect(await limits.mayWriteTo('bo@example.org')).toBe(true);
  });

  it('take no place of all where their own mailbox got enough', async () => {
    const { limits } = open();
    for (let at = 0; at < 600; at += 1) await limits.mayWriteTo('ada@example.org');
    expect(await limits.mayWriteTo('bo@example.org')).toBe(true);
  });
});
