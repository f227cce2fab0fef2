import { describe, expect, it } from 'vitest';
import { createTroubles } from '../../../../adapters/email/posting/troubles.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { type LogFields, silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { NOW } from './scene.ts';

const SURE = { sentence: 'The password is wrong.', isSure: true };
const PERHAPS = { sentence: 'It looks unwanted.', isSure: false };

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
    for (let mails = 0; mails < 5; mails += 1) troubles.met(SURE);
    clock.advance(10 * MINUTE_MS);
    troubles.met(SURE);
    troubles.over();
    troubles.over();
    troubles.met(SURE);
    await settle();
    expect(told).toEqual([SURE.sentence, SURE.sentence, undefined, SURE.sentence]);
  });

  it('is what may be about one mail once three in a row were refused so', async () => {
    const { told, troubles, settle } = setUp();
    troubles.met(PERHAPS);
    troubles.met(PERHAPS);
    troubles.over();
    troubles.met(PERHAPS);
    troubles.met(PERHAPS);
    await settle();
    expect(told).toEqual([undefined]);
    troubles.met(PERHAPS);
    await settle();
    expect(told).toEqual([undefined, PERHAPS.sentence]);
  });

  it('is told again with the next mail where it could not be kept', async () => {
    const { told, logged, troubles, settle } = setUp([true, true, false]);
    for (let mails = 0; mails < 4; mails += 1) {
      troubles.met(SURE);
      await settle();
    }
    expect(told).toEqual([SURE.sentence, SURE.sentence, SURE.sentence]);
    const [refused, lost] = [
      'The mail server refuses us',
      'How we stand with the mail server could not be kept',
    ];
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
