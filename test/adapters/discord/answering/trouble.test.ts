import { describe, expect, it } from 'vitest';
import { messageText } from '../../../fakes/discord/index.ts';
import { openGateway, words } from '../gateway/gateway-scene.ts';
import { CALLBACK, slowly } from './interaction-scene.ts';

describe('when things go wrong', () => {
  it('an answer whose arrival is not known is given again, and shown once', async () => {
    await using scene = await openGateway();
    const { fake, channel, bo } = scene;
    for (const kind of ['reset-after', 'cut-after', 'cut-before'] as const) {
      fake.fail(CALLBACK, { kind }, { times: 1 });
      const answer = await bo.slash(channel, 'paper status');
      expect(answer.messages, kind).toHaveLength(1);
      expect(answer.shown, kind).toBe(1);
    }
    fake.fail(CALLBACK, { kind: 'status', status: 503 }, { times: 2 });
    expect((await bo.slash(channel, 'paper status')).messages).toHaveLength(1);
    expect(scene.logged(50)).toEqual([]);
  });

  it('an answer that comes too late ends the command', async () => {
    await using scene = await openGateway({
      run: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    const { fake, channel, bo, invocations, logged } = scene;
    fake.fail(CALLBACK, { kind: 'status', status: 404, code: 10062 }, { times: 1 });
    void bo.slash(channel, 'paper status');
    await fake.until(() => fake.count(CALLBACK) > 0);
    await expect.poll(() => invocations[0]?.signal?.aborted).toBe(true);
    await expect.poll(() => logged(30)).toContain('An answer came too late');
    expect(logged(50)).toEqual([]);
  });

  it('an answer that Discord does not take is replaced by a sentence', async () => {
    await using scene = await openGateway();
    const { fake, channel, bo, logged } = scene;
    fake.fail(CALLBACK, { kind: 'status', status: 400, code: 50035 }, { times: 1 });
    const answer = await bo.slash(channel, 'paper status');
    expect(answer.messages).toHaveLength(1);
    expect(messageText(answer.messages[0])).toContain('Please try again');
    expect(logged(50)).toEqual(['An answer could not be given']);
  });

  it('an answer that cannot be filled in is replaced by a sentence', async () => {
    await using scene = await openGateway({
      run: slowly(
        () => scene.fake,
        () => words('Slow'),
      ),
    });
    const { fake, channel, bo } = scene;
    fake.fail('PATCH /webhooks/**', { kind: 'status', status: 400, code: 50035 }, { times: 1 });
    const answer = await bo.slash(channel, 'paper status');
    expect(answer.messages).toHaveLength(1);
    expect(messageText(answer.messages[0])).toContain('Please try again');
  });

  it('an interaction that is told twice is taken once, and one of a kind that we do not know is answered', async () => {
    await using scene = await openGateway();
    const { fake, bo, guild, channel, invocations } = scene;
    const address = { application_id: fake.applicationId, token: 'some-token', channel_id: channel.id };
    const who = { guild_id: guild.id, member: { user: { id: bo.id }, permissions: '0' }, ...address };
    const slash = {
      type: 2,
      data: { type: 1, name: 'paper', options: [{ type: 1, name: 'status' }] },
      ...who,
    };
    const events = [
      { id: '11', ...slash },
      { id: '11', ...slash },
      { id: '12', type: 5, data: { custom_id: 'modal' }, ...who },
      { id: '13', ...slash },
    ];
    events.forEach((d, index) => {
      fake.gateway.send({ op: 0, t: 'INTERACTION_CREATE', s: 1000 + index, d });
    });
    // Discord knows of none of them, so that the answers are refused.
    await fake.until(() => fake.count('POST /interactions/13/*/callback') > 0);
    expect(fake.count('POST /interactions/11/*/callback')).toBe(1);
    expect(fake.count('POST /interactions/12/*/callback')).toBe(1);
    expect(invocations).toHaveLength(2);
  });

  it('the bot stops only after those who wait have their answer', async () => {
    await using scene = await openGateway({
      run: slowly(
        () => scene.fake,
        () => words('Slow'),
      ),
    });
    const answer = scene.bo.slash(scene.channel, 'paper status');
    await scene.fake.until(() => scene.fake.count(CALLBACK) > 0);
    await scene.gateway.stop();
    expect(messageText((await answer).messages[0])).toContain('Slow');
  });
});
