import { describe, expect, it, onTestFinished } from 'vitest';
import { createHearing } from '../../../../adapters/slack/gateway/hearing.ts';
import type { Hooks } from '../../../../adapters/slack/gateway/told.ts';
import { systemClock } from '../../../../src/clock.ts';
import { silentLog } from '../../../../src/log.ts';
import { type Fault, startSlack } from '../../../fakes/slack/index.ts';

const MESSAGE = { text: 'Words', response_type: 'ephemeral' } as const;

/** What becomes of an answer that Slack treats so; `times`: how often it is given. */
async function given(fault: Fault | undefined, times = 1): Promise<unknown> {
  const fake = await startSlack({ limits: false });
  onTestFinished(() => fake.stop());
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const deaf = async () => {};
  const hooks: Hooks = {
    async onCommand({ ack, respond }) {
      await ack();
      const answering = async () => {
        for (let time = 0; time < times; time += 1) await respond?.(MESSAGE);
      };
      resolve(
        await answering().then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
    },
    onPress: deaf,
    onShortcut: deaf,
    onSubmit: deaf,
    onSuggest: deaf,
    onEvent: deaf,
    onLimited() {},
  };
  const hearing = createHearing({
    hearing: { kind: 'socket', appToken: fake.appToken },
    apiUrl: fake.apiUrl,
    tokens: {
      of: async () => ({ token: fake.botToken, me: fake.team.bot.id }),
      me: async () => fake.team.bot.id,
      failed: deaf,
    },
    hooks,
    route() {},
    onTrouble() {},
    onBack() {},
    clock: systemClock,
    log: silentLog,
  });
  await hearing.start();
  onTestFinished(() => hearing.stop(1000));
  if (fault) fake.fail('response_url', fault);
  void fake.addPerson({ name: 'Ada' }).slash(fake.addChannel({ name: 'papers' }), '/paper');
  return await promise;
}

describe('an answer by a response_url', () => {
  it('arrives', async () => {
    expect(await given(undefined)).toBeUndefined();
  });

  it('is asked to wait as long as Slack says', async () => {
    expect(await given({ kind: 'throttle', retryAfterMs: 7000 })).toMatchObject({
      code: 'delivery-throttled',
      retryAfterMs: 7000,
    });
  });

  it.each([
    [
      { kind: 'status', status: 400 },
      { code: 'card-rejected', limit: 'status 400' },
    ],
    [
      { kind: 'status', status: 404 },
      { code: 'delivery-refused', reason: 'gone' },
    ],
    [
      { kind: 'status', status: 410 },
      { code: 'delivery-refused', reason: 'gone' },
    ],
    [
      { kind: 'status', status: 503 },
      { code: 'delivery-unavailable', mayHaveArrived: true },
    ],
    [{ kind: 'cut-after' }, { code: 'delivery-unavailable', mayHaveArrived: true }],
  ] as const)('%j is %j', async (fault, error) => {
    expect(await given(fault)).toMatchObject(error);
  });

  it('is refused where the address is used up', async () => {
    expect(await given(undefined, 6)).toMatchObject({ code: 'delivery-refused' });
  });
});
