import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeeping } from '../../../../adapters/slack/installing/keeping.ts';
import { createManyTokens } from '../../../../adapters/slack/installing/many-tokens.ts';
import type { Call } from '../../../../adapters/slack/posting/call.ts';
import { failureOf } from '../../../../adapters/slack/posting/failures.ts';
import { addMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { createMemoryInstallations } from './memory-installations.ts';
import { refusedBy } from './refused-by.ts';

const START = '2026-11-23T09:00:00.000Z';
const TEAM = 'T100';

/** A Slack that rotates tokens: a refresh token is good for one renewal, and never again. */
function createRotation(clock: { now(): string }) {
  let count = 0;
  let refreshToken = 'refresh-0';
  const problems: string[] = [];
  const state = { isDown: false, renewals: 0 };
  const ends = new Map([['token-0', addMs(clock.now(), 12 * HOUR_MS)]]);
  return {
    state,
    problems,
    takes: (token: string) => (ends.get(token) ?? '') > clock.now(),
    first: () => installation('token-0', 'refresh-0', addMs(clock.now(), 12 * HOUR_MS)),
    async call({ args, channel }: Call) {
      if (state.isDown)
        throw failureOf(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }), { channel });
      if (args.refresh_token !== refreshToken) {
        problems.push(String(args.refresh_token));
        throw refusedBy('invalid_refresh_token');
      }
      count += 1;
      state.renewals += 1;
      refreshToken = `refresh-${count}`;
      ends.set(`token-${count}`, addMs(clock.now(), 12 * HOUR_MS));
      const data = {
        ok: true,
        access_token: `token-${count}`,
        refresh_token: refreshToken,
        expires_in: 43_200,
      };
      return { data, at: undefined, scopes: [] };
    },
  };
}

function installation(token: string, refreshToken: string | undefined, expiresAt: string): Json {
  const rotating =
    refreshToken === undefined ? {} : { refreshToken, expiresAt: Date.parse(expiresAt) / 1000 };
  return {
    team: { id: TEAM, name: 'Lab' },
    user: { id: 'U1' },
    bot: { token, userId: 'UBOT', id: 'B1', scopes: ['chat:write'], ...rotating },
    authVersion: 'v2',
  };
}

function setUp() {
  const clock = createFakeClock(START);
  const rotation = createRotation(clock);
  const installations = createMemoryInstallations();
  const lost: string[] = [];
  const create = () =>
    createManyTokens({
      clientId: 'client',
      clientSecret: 'secret',
      publicUrl: 'https://papers.example.org',
      keeping: createKeeping({ installations, clock, log: silentLog }),
      call: rotation.call,
      onGone: async (workspace, token, how) => void lost.push(`${workspace} ${token} ${how}`),
      onTrouble() {},
      clock,
      log: silentLog,
    });
  return { clock, rotation, installations, lost, create };
}

const where = { platform: 'slack', workspace: TEAM } as const;

describe('tokens of many workspaces', () => {
  it('one that does not rotate is used as it is', async () => {
    const { clock, installations, create, rotation } = setUp();
    await installations.put(where, installation('token', undefined, START));
    const tokens = create();
    expect(await tokens.of(TEAM, 'C1')).toEqual({ token: 'token', me: 'UBOT', installer: 'U1' });
    clock.advance(400 * 24 * HOUR_MS);
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token');
    expect(rotation.state.renewals).toBe(0);
  });

  it('is renewed two hours before its end and not sooner, and keeps all that stands beside it', async () => {
    const { clock, rotation, installations, create } = setUp();
    await installations.put(where, rotation.first());
    const tokens = create();
    clock.advance(10 * HOUR_MS);
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token-0');
    clock.advance(MINUTE_MS);
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token-1');
    const expiresAt = (Date.parse(addMs(clock.now(), 12 * HOUR_MS)) / 1000) | 0;
    expect(await installations.get(where)).toMatchObject({
      team: { name: 'Lab' },
      bot: { token: 'token-1', refreshToken: 'refresh-1', expiresAt, scopes: ['chat:write'] },
    });
  });

  it('is used while it lasts where Slack cannot be reached, and no longer', async () => {
    const { clock, rotation, installations, create } = setUp();
    await installations.put(where, rotation.first());
    const tokens = create();
    rotation.state.isDown = true;
    clock.advance(11 * HOUR_MS);
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token-0');
    clock.advance(HOUR_MS);
    await expect(tokens.of(TEAM, 'C1')).rejects.toMatchObject({ mayHaveArrived: false, channel: 'C1' });
    rotation.state.isDown = false;
    clock.advance(5 * SECOND_MS);
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token-1');
  });

  it('one that Slack calls expired is renewed, whatever its time', async () => {
    const { rotation, installations, create } = setUp();
    await installations.put(where, rotation.first());
    const tokens = create();
    const { token } = await tokens.of(TEAM, 'C1');
    await tokens.failed(TEAM, token, refusedBy('token_expired'));
    expect((await tokens.of(TEAM, 'C1')).token).toBe('token-1');
  });

  it('that Slack takes no more is told, with what that says of its workspace', async () => {
    const { create, lost } = setUp();
    const tokens = create();
    await tokens.failed(TEAM, 'token-0', refusedBy('invalid_auth'));
    expect(lost).toEqual([]);
    await tokens.failed(TEAM, 'token-0', refusedBy('account_inactive'));
    await tokens.failed(TEAM, 'token-0', refusedBy('token_revoked'));
    expect(lost).toEqual([`${TEAM} token-0 inactive`, `${TEAM} token-0 revoked`]);
  });

  it('a workspace that has not got us is refused, and what is damaged is an error of the store', async () => {
    const { installations, create } = setUp();
    await expect(create().of(TEAM, 'C1')).rejects.toBeInstanceOf(DeliveryRefusedError);
    await installations.put(where, { team: 'damaged' });
    await expect(create().of(TEAM, 'C1')).rejects.toMatchObject({ code: 'store' });
  });

  it('waits for another process that renews, and gives up on one that never ends', async () => {
    const { clock, rotation, installations, create } = setUp();
    await installations.put(where, installation('old', 'refresh-0', START));
    const held = Promise.withResolvers<void>();
    const other = installations.alone(where, () => held.promise);
    const asked = create().of(TEAM, 'C1');
    asked.catch(() => {});
    held.resolve();
    await other;
    expect((await asked).token).toBe('token-1');
    void installations.alone(where, () => new Promise<void>(() => {}));
    clock.advance(13 * HOUR_MS);
    await expect(create().of(TEAM, 'C1')).rejects.toBeInstanceOf(DeliveryUnavailableError);
    expect(rotation.state.renewals).toBe(1);
  });

  it('many processes never use a refresh token twice, and each gets a token that Slack takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ process: fc.nat(3), hours: fc.nat(9) }), { minLength: 1, maxLength: 25 }),
        async (steps) => {
          const { clock, rotation, installations, create } = setUp();
          await installations.put(where, rotation.first());
          const processes = Array.from({ length: 4 }, create);
          for (const { process, hours } of steps) {
            clock.advance(hours * HOUR_MS);
            const both = [processes[process], processes[(process + 1) % 4]];
            const given = await Promise.all(both.map((tokens) => tokens?.of(TEAM, 'C1')));
            for (const one of given) expect(rotation.takes(one?.token ?? '')).toBe(true);
          }
          expect(rotation.problems).toEqual([]);
        },
      ),
      { numRuns: 100, seed: 20261126 },
    );
  });
});
