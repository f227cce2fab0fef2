import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { createInstallations } from '../../src/sealing/installations.ts';
import { createMailboxes } from '../../src/sealing/mailboxes.ts';
import { createSeal } from '../../src/sealing.ts';
import { openStore } from '../../src/stores/index.ts';
import { installProgram, NOBODY, type Program } from '../end-to-end/program.ts';

const TEAM = { platform: 'slack', workspace: 'T1' } as const;
const KEY = 'k'.repeat(32);
const BOUNCED = { refusals: 3, blocked: 'bounced', changedAt: '2026-11-23T09:00:00.000Z' } as const;

let program: Program;
beforeAll(() => {
  program = installProgram(NOBODY);
});
afterAll(() => program.remove());

/** What is installed in a store of the program. */
async function withInstallations<T>(
  name: string,
  work: (installations: ReturnType<typeof createInstallations>) => Promise<T>,
): Promise<T> {
  const clock = systemClock;
  const store = await openStore(urlOf(name), { clock, log: silentLog });
  try {
    return await work(createInstallations({ store, seal: createSeal(KEY), clock }));
  } finally {
    await store.close();
  }
}

const urlOf = (name: string) => `sqlite:${program.folder}/${name}.db`;

describe('tokens', () => {
  it('move with an export, sealed, and are of use to whoever has the key', async () => {
    await withInstallations('from', (installations) =>
      installations.put(TEAM, { botToken: 'xoxb-of-a-test' }),
    );
    const { code, out, err } = await program.run(['export'], { env: { STORE_URL: urlOf('from') } });
    expect(code).toBe(0);
    expect(out).toContain('"installations"');
    expect(out).not.toContain('xoxb');
    expect(err).toContain('the same SECRET_KEY');
    const taken = await program.run(['import'], { env: { STORE_URL: urlOf('to') }, input: out });
    expect(taken.code).toBe(0);
    const found = await withInstallations('to', (installations) => installations.get(TEAM));
    expect(found).toEqual({ botToken: 'xoxb-of-a-test' });
  });

  it('are no more sealed than what is kept of mailboxes, which moves too', async () => {
    const opening = { clock: systemClock, log: silentLog };
    const from = await openStore(urlOf('mail-from'), opening);
    await createMailboxes({ store: from, secretKey: KEY }).set('ada@example.org', BOUNCED);
    await from.close();
    const { out, err } = await program.run(['export'], { env: { STORE_URL: urlOf('mail-from') } });
    expect(err).toContain('the same SECRET_KEY');
    expect(out).not.toContain('example.org');
    const taken = await program.run(['import'], { env: { STORE_URL: urlOf('mail-to') }, input: out });
    expect(taken.code).toBe(0);
    const to = await openStore(urlOf('mail-to'), opening);
    expect(await createMailboxes({ store: to, secretKey: KEY }).get('ada@example.org')).toEqual(BOUNCED);
    await to.close();
  });

  it('are not spoken of where there are none', async () => {
    const { err } = await program.run(['export'], { env: { STORE_URL: urlOf('none') } });
    expect(err).toBe('0 lines.\n');
  });
});
