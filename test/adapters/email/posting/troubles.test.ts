import { describe, expect, it } from 'vitest';
import { createTroubles } from '../../../../adapters/email/posting/troubles.ts';
import { DAY_MS, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { type LogFields, silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { NOW } from './scene.ts';

const SURE = { sentence: 'The password is wrong.', isSure: true, mayPass: false };
const PERHAPS = { sentence: 'It looks unwanted.', isSure: false, mayPass: false };
const DOWN = { sentence: 'Nobody is there.', isSure: true, mayPass: true };
const BUSY = { sentence: 'The mailbox is busy.', isSure: false, mayPass: true };
const [ADA, BEN, CID] = ['ada@example.org', 'ben@example.org', 'cid@example.org'];

/** `failures`: which of the first reports fail. */
function setUp(failures: boolean[] = []) {
  const clock = createFakeClock(NOW);
  const told: (string | undefined)[] = [];
  const logged: string[] = [];
  const note = (message: string, _fields?: LogFields) => void logged.push(message);
  const report = async (trouble: string | undefined) => {
    told.push(trouble);
    if (failures.shift()) throw new Error('The store is closed.');
  };
  const troubles = createTroubles({ report, clock, log: { ...silentLog, warn: note, error: note } });
  const settle = () => new Promise(setImmediate);
  return { clock, told, logged, troubles, settle };
}

describe('what the operator is told', () => {
  it('is once that mail goes out, and nothing while it does', async () => {
    const { told, troubles, settle } = setUp();
    for (let mails = 0; mails < 5; mails += 1) troubles.over();
    await settle();
    expect(told).toEqual([undefined]);
  });

  it('is once what meets every mail, and again while it lasts, and its end', async () => {
    const { told, troubles, clock, settle } = setUp();
    for (let mails = 0; mails < 5; mails += 1) troubles.met(SURE, ADA);
    clock.advance(10 * MINUTE_MS);
    troubles.met(SURE, ADA);
    troubles.over();
    troubles.over();
    troubles.met(SURE, ADA);
    await settle();
    expect(told).toEqual([SURE.sentence, SURE.sentence, undefined, SURE.sentence]);
  });

  it('is what may be about one address once three different ones in a row were refused so', async () => {
    const { told, troubles, settle } = setUp();
    const isOurs = (to: string) => troubles.met(PERHAPS, to);
    expect([ADA, BEN, ADA, BEN, ADA].map(isOurs)).toEqual(Array(5).fill(false));
    troubles.over();
    expect([CID, ADA, ADA].map(isOurs)).toEqual([false, false, false]);
    await settle();
    expect(told).toEqual([undefined]);
    expect([BEN, ADA].map(isOurs)).toEqual([true, true]);
    await settle();
    expect(told).toEqual([undefined, PERHAPS.sentence]);
  });

  it('is what mostly ends by itself once it has lasted for a quarter of an hour, and since when', async () => {
    const { told, troubles, clock, settle } = setUp();
    for (const minutes of [0, 8, 7]) {
      clock.advance(minutes * MINUTE_MS);
      expect(troubles.met(DOWN, ADA)).toBe(true);
    }
    await settle();
    expect(told).toEqual([]);
    clock.advance(1);
    troubles.met(DOWN, ADA);
    troubles.over();
    clock.advance(MINUTE_MS);
    troubles.met(DOWN, ADA);
    await settle();
    expect(told).toEqual([`No mail has gone out since ${NOW}. ${DOWN.sentence}`, undefined]);
  });

  it('is nothing of failures that lie far apart', async () => {
    const { told, troubles, clock, settle } = setUp();
    for (let days = 0; days < 3; days += 1) {
      troubles.met(DOWN, ADA);
      clock.advance(DAY_MS);
    }
    await settle();
    expect(told).toEqual([]);
  });

  it('is that everybody is to wait, and not that one address is', async () => {
    const { told, troubles, clock, settle } = setUp();
    const meet = (...addresses: string[]) => {
      for (const to of addresses) troubles.met(BUSY, to);
      clock.advance(10 * MINUTE_MS);
    };
    for (let tries = 0; tries < 6; tries += 1) meet(ADA, BEN);
    // What is refused for good is another trouble.
    expect(troubles.met(PERHAPS, CID)).toBe(false);
    await settle();
    expect(told).toEqual([]);
    meet(CID);
    await settle();
    expect(told).toEqual([`No mail has gone out since ${NOW}. ${BUSY.sentence}`]);
  });

  it('is told again with the next mail where it could not be kept', async () => {
    const { told, logged, troubles, settle } = setUp([true, true, false]);
    for (let mails = 0; mails < 4; mails += 1) {
      troubles.met(SURE, ADA);
      await settle();
    }
    expect(told).toEqual([SURE.sentence, SURE.sentence, SURE.sentence]);
    const [refused, lost] = ['Mail does not go out', 'How we stand with the mail server could not be kept'];
    expect(logged).toEqual([refused, lost, refused, lost, refused]);
    for (let mails = 0; mails < 3; mails += 1) {
      troubles.over();
      await settle();
    }
    expect(told.slice(3)).toEqual([undefined]);
  });

  it('is that mail goes out as soon as it can be kept', async () => {
    const { told, troubles, settle } = setUp([true, true]);
    for (let mails = 0; mails < 5; mails += 1) {
      troubles.over();
      await settle();
    }
    expect(told).toEqual([undefined, undefined, undefined]);
  });
});
