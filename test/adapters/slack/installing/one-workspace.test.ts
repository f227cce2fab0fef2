import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOneToken } from '../../../../adapters/slack/installing/one-token.ts';
import { createOneWorkspace } from '../../../../adapters/slack/installing/one-workspace.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { ConfigError, DeliveryThrottledError, StoreError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { DEAF_HOST } from '../../../fakes/deaf-host.ts';
import { refusedBy } from './refused-by.ts';

/** A bot with one token, and a Slack that answers `auth.test` by this. */
function open() {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const slack: { asked: number; error: Error | undefined } = { asked: 0, error: undefined };
  const one = createOneToken({
    botToken: 'xoxb-loopback',
    clock,
    async call() {
      slack.asked += 1;
      if (slack.error) throw slack.error;
      return { data: { ok: true, team_id: 'T1', user_id: 'UBOT' }, at: undefined, scopes: [] };
    },
  });
  const recorded: string[] = [];
  const troubles: (string | undefined)[] = [];
  const store = { isBroken: false };
  const note = async (line: string) => {
    if (store.isBroken) throw new StoreError('write', { key: 'workspaces' });
    recorded.push(line);
  };
  const workspaces = {
    ...DEAF_HOST.workspaces,
    left: async ({ workspace }: { workspace: string }) => await note(`left ${workspace}`),
    async present(_platform: string, there: readonly string[]) {
      await note(`present ${there.join()}`);
      return [];
    },
  };
  const ending = new AbortController();
  const bot = createOneWorkspace({
    one,
    host: { workspaces },
    onTrouble: (trouble) => void troubles.push(trouble),
    clock,
    log: silentLog,
    signal: ending.signal,
    random: () => 0.5,
  });
  return { clock, slack, one, store, recorded, troubles, bot, stop: () => ending.abort() };
}

const throttled = () =>
  new DeliveryThrottledError('Slack asks for a pause.', {
    platform: 'slack',
    channel: '',
    retryAfterMs: MINUTE_MS,
  });

describe('the one workspace', () => {
  it('stops the start with a token that only a person can mend', async () => {
    const { slack, bot } = open();
    slack.error = refusedBy('invalid_auth');
    await expect(bot.start()).rejects.toThrow(ConfigError);
  });

  it('is made sure of later where Slack or the store fails, and nothing is rejected that nobody catches', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const { clock, slack, store, recorded, troubles, bot } = open();
    slack.error = refusedBy('fatal_error');
    store.isBroken = true;
    await bot.start();
    slack.error = refusedBy('invalid_auth');
    clock.advance(MINUTE_MS);
    await vi.waitFor(() => expect(troubles).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')]));
    slack.error = undefined;
    for (let times = 0; times < 15; times += 1) {
      clock.advance(MINUTE_MS);
      await setImmediate();
    }
    store.isBroken = false;
    for (let times = 0; times < 15 && recorded.length === 0; times += 1) {
      clock.advance(MINUTE_MS);
      await setImmediate();
    }
    expect(recorded).toEqual(['present T1']);
    expect(troubles.at(-1)).toBeUndefined();
    expect(unhandled).toEqual([]);
  });

  it('that says that it let us go is believed only where Slack takes the token no more', async () => {
    const { slack, recorded, bot } = open();
    await bot.start();
    await bot.told('T1');
    await bot.told('T2');
    expect(recorded).toEqual(['present T1']);
    slack.error = refusedBy('token_revoked');
    await bot.told('T1');
    expect(recorded).toEqual(['present T1', 'left T1']);
  });

  it('is believed later where Slack does not answer then', async () => {
    const { clock, slack, recorded, bot } = open();
    await bot.start();
    slack.error = refusedBy('fatal_error');
    await bot.told('T1');
    slack.error = refusedBy('account_inactive');
    clock.advance(MINUTE_MS);
    await vi.waitFor(() => expect(recorded).toEqual(['present T1', 'left T1']));
  });
});

describe('the one token', () => {
  it('is asked about once by all who want it, and not before a pause is over', async () => {
    const { clock, slack, one } = open();
    slack.error = throttled();
    const asked = await Promise.allSettled(['C1', 'C2', 'C3'].map((channel) => one.of('T1', channel)));
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    slack.error = undefined;
    clock.advance(MINUTE_MS / 2);
    await expect(one.of('T1', 'C4')).rejects.toMatchObject({ channel: 'C4', retryAfterMs: MINUTE_MS / 2 });
    expect(slack.asked).toBe(1);
    clock.advance(MINUTE_MS / 2);
    expect((await one.of('T1', 'C4')).me).toBe('UBOT');
    expect(slack.asked).toBe(2);
  });

  it('that could not be asked about leaves no message in doubt', async () => {
    const { slack, one } = open();
    slack.error = refusedBy('fatal_error');
    await expect(one.of('T1', 'C1')).rejects.toMatchObject({ mayHaveArrived: false, channel: 'C1' });
  });

  it('ends with its asker, and with nobody else', async () => {
    const { one } = open();
    const stopping = new AbortController();
    const both = [one.of('T1', 'C1', stopping.signal), one.of('T1', 'C1')];
    stopping.abort(new Error('The bot stops.'));
    const [first, second] = await Promise.allSettled(both);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'The bot stops.' } });
    expect(second?.status).toBe('fulfilled');
  });
});
