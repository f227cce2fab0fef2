import { describe, expect, it } from 'vitest';
import { createKeeping } from '../../../../adapters/slack/installing/keeping.ts';
import { createManyTokens } from '../../../../adapters/slack/installing/many-tokens.ts';
import { addMs, HOUR_MS, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { DeliveryThrottledError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { createMemoryInstallations } from './memory-installations.ts';

const START = '2026-11-23T09:00:00.000Z';
const COUNT = 250;

function installation(id: string, leftMs: number): Json {
  const expiresAt = Date.parse(addMs(START, leftMs)) / 1000;
  const bot = { token: `old-${id}`, userId: 'UBOT', refreshToken: `refresh-${id}`, expiresAt };
  return { team: { id }, user: {}, bot };
}

/** Many workspaces whose tokens last so long still, and a Slack that renews each one. */
async function open(leftMs: number) {
  const clock = createFakeClock(START);
  const installations = createMemoryInstallations();
  const teams = Array.from({ length: COUNT }, (_, index) => `T${index}`);
  for (const workspace of teams)
    await installations.put({ platform: 'slack', workspace }, installation(workspace, leftMs));
  const asked: string[] = [];
  const slack = { restMs: 0 };
  const tokens = createManyTokens({
    clientId: 'id',
    clientSecret: 'secret',
    keeping: createKeeping({ installations, clock, log: silentLog }),
    onGone: () => Promise.reject(new Error('No workspace is lost.')),
    onTrouble() {},
    clock,
    log: silentLog,
    async call({ channel }) {
      asked.push(clock.now());
      const failure = { platform: 'slack', channel, retryAfterMs: slack.restMs } as const;
      if (slack.restMs > 0) throw new DeliveryThrottledError('Slack asks for a pause.', failure);
      const token = `new-${asked.length}`;
      const data = { ok: true, access_token: token, refresh_token: `${token}-r`, expires_in: 43_200 };
      return { data, at: undefined, scopes: [] };
    },
  });
  /** One token for each workspace; how long it has to wait where there is none yet. */
  const askForAll = async () =>
    await Promise.all(
      teams.map(async (team) => {
        try {
          return (await tokens.of(team, 'C1')).token;
        } catch (error) {
          if (error instanceof DeliveryThrottledError) return error.retryAfterMs;
          throw error;
        }
      }),
    );
  return { clock, asked, slack, tokens, askForAll };
}

describe('renewals', () => {
  it('of expired tokens stay below what Slack takes a minute; the others are told how long to wait', async () => {
    const { clock, asked, askForAll } = await open(-HOUR_MS);
    const waits = new Set((await askForAll()).filter((one) => typeof one === 'number'));
    expect(asked).toHaveLength(97);
    expect([...waits]).toEqual([MINUTE_MS]);
    clock.advance(MINUTE_MS);
    await askForAll();
    expect(asked).toHaveLength(194);
    clock.advance(MINUTE_MS);
    expect((await askForAll()).every((one) => String(one).startsWith('new-'))).toBe(true);
    expect(asked).toHaveLength(COUNT);
  });

  it('of tokens that last still wait for their turn, and nobody waits for them', async () => {
    const { clock, asked, askForAll } = await open(HOUR_MS);
    const first = await askForAll();
    expect(first.filter((one) => String(one).startsWith('new-'))).toHaveLength(97);
    expect(first.filter((one) => String(one).startsWith('old-'))).toHaveLength(COUNT - 97);
    for (let minutes = 0; minutes < 3; minutes += 1) {
      clock.advance(MINUTE_MS);
      await askForAll();
    }
    expect(asked).toHaveLength(COUNT);
  });

  it('rest for as long as Slack asks, whatever workspace wants one', async () => {
    const { clock, asked, slack, tokens } = await open(-HOUR_MS);
    slack.restMs = 30_000;
    await expect(tokens.of('T1', 'C1')).rejects.toMatchObject({ retryAfterMs: 30_000 });
    slack.restMs = 0;
    clock.advance(10_000);
    await expect(tokens.of('T2', 'C1')).rejects.toMatchObject({ retryAfterMs: 20_000, channel: 'C1' });
    expect(asked).toHaveLength(1);
    clock.advance(20_000);
    expect((await tokens.of('T2', 'C1')).token).toBe('new-2');
  });
});
