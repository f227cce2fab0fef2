import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeMail, type MailVerdict } from './email-kill-promises.ts';
import { type KilledMail, killOnMail, type MailKillOptions } from './email-kill-world.ts';

/** Lived through at the same time. */
const WORLDS: readonly MailKillOptions[] = [
  { readers: 150, kills: 4, seed: 20_261_126 },
  { readers: 150, kills: 4, seed: 20_261_127 },
];

describe('bots that are killed while they send mails, in processes of their own', () => {
  let worlds: KilledMail[] = [];
  let verdicts: MailVerdict[] = [];
  beforeAll(async () => {
    worlds = await Promise.all(WORLDS.map(killOnMail));
    verdicts = await Promise.all(worlds.map(judgeMail));
  }, 500_000);
  afterAll(async () => {
    for (const { fake, folder } of worlds) {
      await fake.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it.each(WORLDS.map((world, index) => ({ ...world, index })))(
    'seed $seed: no edition twice in a mailbox, none lost in silence, and the ledger knows',
    ({ index }) => {
      const [world, verdict] = [worlds[index], verdicts[index]] as [KilledMail, MailVerdict];
      const said = world.bots.flatMap(({ errors }) => errors).join('');
      expect(verdict.broken, said.slice(0, 2000)).toEqual([]);
      expect(world.endedWell, said).toBe(true);
      expect(verdict.deliveries).toBe(2 * world.readers.length);
      // Only what was on its way is in doubt: the rest goes out whatever happens.
      expect(verdict.sent).toBeGreaterThan(verdict.deliveries / 2);
    },
  );

  it('are killed sixteen times, most often with a mail on its way, and connections break at every stage', () => {
    const sum = (of: (index: number) => number) =>
      worlds.map((_, index) => of(index)).reduce((a, b) => a + b, 0);
    const killed = sum((index) => worlds[index]?.killed ?? 0);
    const inDelivery = sum((index) => worlds[index]?.killedInDelivery ?? 0);
    const mails = sum((index) => worlds[index]?.fake.mails.length ?? 0);
    const twice = verdicts.flatMap(({ broken }) =>
      broken.filter((one) => / came \d+ times$/.test(one)),
    ).length;
    const doubts = sum((index) => verdicts[index]?.uncertain ?? 0);
    const arrived = sum((index) => verdicts[index]?.arrivedInDoubt ?? 0);
    console.log(
      `${killed} kills of real processes, ${inDelivery} with a mail on its way: ${mails} mails arrived, ${twice} twice; ` +
        `${doubts} were uncertain, of which ${arrived} had arrived.`,
    );
    expect(killed).toBe(16);
    expect(inDelivery).toBeGreaterThan(killed / 3);
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(doubts);
    const failed = worlds.flatMap(({ fake }) => fake.attempts.filter(({ hasFailed }) => hasFailed));
    expect([...new Set(failed.map(({ stage }) => stage))].sort()).toEqual([
      'body',
      'end',
      'recipient',
      'sender',
    ]);
  });
});
