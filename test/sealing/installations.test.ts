import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { installationKey, UNSEALING } from '../../src/installations.ts';
import { silentLog } from '../../src/log.ts';
import { createInstallations } from '../../src/sealing/installations.ts';
import { createSeal } from '../../src/sealing.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';

const TEAM = { platform: 'slack', workspace: 'T1' } as const;
const OTHER = { platform: 'slack', workspace: 'T2' } as const;
const TOKENS = { botToken: 'xoxb-1-2-secret', scopes: ['chat:write'] };
const KEY = 'k'.repeat(32);

async function open(secretKey = KEY) {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const store = await openStore('memory:', { clock, log: silentLog });
  const by = (key: string) => createInstallations({ store, seal: createSeal(key), clock });
  return { store, clock, by, installations: by(secretKey) };
}

/** Work that goes on until it is let go. */
function lastingWork() {
  let done = () => {};
  const ended = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { work: () => ended, done };
}

describe('installations', () => {
  it('come back as they were put, for their workspace alone, until they are removed', async () => {
    const { installations } = await open();
    expect(await installations.get(TEAM)).toBeUndefined();
    await installations.put(TEAM, TOKENS);
    await installations.put(OTHER, null);
    expect(await installations.get(TEAM)).toEqual(TOKENS);
    expect(await installations.get(OTHER)).toBeNull();
    expect(await installations.remove(TEAM)).toBe(true);
    expect(await installations.remove(TEAM)).toBe(false);
    expect(await installations.get(TEAM)).toBeUndefined();
  });

  it('lie in the store sealed, and so does an export of it', async () => {
    const { installations, store } = await open();
    await installations.put(TEAM, TOKENS);
    const lines: unknown[] = [];
    for await (const line of store.transfer.read()) lines.push(line);
    expect(JSON.stringify(lines)).toContain('"sealed');
    expect(JSON.stringify(lines)).not.toMatch(/xoxb|secret|chat:write/);
    expect(await store.installations.get(installationKey(TEAM))).toMatchObject({
      keptAt: '2026-11-23T09:00:00.000Z',
    });
  });

  it('of another key, or moved to another workspace, are told in words and never taken for none', async () => {
    const { installations, store, by } = await open();
    await installations.put(TEAM, TOKENS);
    const error = await by(`${KEY}x`)
      .get(TEAM)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ operation: UNSEALING });
    expect(String(error)).toMatch(/installations:slack:T1.*another SECRET_KEY/);
    const kept = await store.installations.get(installationKey(TEAM));
    if (kept) await store.installations.set(installationKey(OTHER), kept);
    await expect(installations.get(OTHER)).rejects.toThrow('SECRET_KEY');
  });
});

describe('what is done alone', () => {
  it('is done once at a time for a workspace, in this process and in all', async () => {
    const { installations, by } = await open();
    const { work, done } = lastingWork();
    const first = installations.alone(TEAM, work);
    expect(await installations.alone(TEAM, async () => 'again')).toBeUndefined();
    expect(await by(KEY).alone(TEAM, async () => 'elsewhere')).toBeUndefined();
    expect(await by(KEY).alone(OTHER, async () => 'of another')).toEqual({ done: 'of another' });
    done();
    expect(await first).toEqual({ done: undefined });
    expect(await by(KEY).alone(TEAM, async () => 'later')).toEqual({ done: 'later' });
  });

  it('lets the next one do it when it fails, and says why', async () => {
    const { installations } = await open();
    const failing = installations.alone(TEAM, () => Promise.reject(new Error('Slack is away.')));
    await expect(failing).rejects.toThrow('Slack is away.');
    expect(await installations.alone(TEAM, async () => 'again')).toEqual({ done: 'again' });
  });

  it('may be taken over from a process that has hung, and never meets its own', async () => {
    const { installations, by, clock } = await open();
    const { work, done } = lastingWork();
    const hung = installations.alone(TEAM, work);
    await installations.get(TEAM);
    clock.advance(3 * 60_000);
    expect(await installations.alone(TEAM, async () => 'own')).toBeUndefined();
    expect(await by(KEY).alone(TEAM, async () => 'taken over')).toEqual({ done: 'taken over' });
    done();
    await hung;
  });
});
