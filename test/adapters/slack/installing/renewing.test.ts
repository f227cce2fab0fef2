import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import { DeliveryUnavailableError } from '../../../../src/errors.ts';
import { refusedBy } from './refused-by.ts';
import { openScene, PUBLIC_URL, TEAM } from './scene.ts';

const asked = (scene: ReturnType<typeof openScene>) => scene.slack.count('oauth.v2.access');

describe('a renewal that fails', () => {
  it.each([
    ['invalid_refresh_token', `${PUBLIC_URL}/slack/install`],
    ['bad_client_secret', 'SLACK_CLIENT_SECRET'],
    ['invalid_client_id', 'SLACK_CLIENT_ID'],
    ['no_permission', `${PUBLIC_URL}/slack/install`],
    ['internal_error', 'could not be renewed yet'],
  ])('by %s keeps an edition waiting, and says what to do', async (code, words) => {
    const scene = openScene();
    await scene.has();
    const { many } = scene.start();
    scene.clock.advance(13 * HOUR_MS);
    scene.slack.refused.set('oauth.v2.access', refusedBy(code));
    const error = await many.of(TEAM, 'C1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DeliveryUnavailableError);
    expect(error).toMatchObject({ mayHaveArrived: false, channel: 'C1' });
    expect(String(error)).toContain(words);
  });

  it('as Slack does not take us is told to the operator, and over once it takes us', async () => {
    const scene = openScene();
    await scene.has();
    const { many } = scene.start();
    scene.clock.advance(11 * HOUR_MS);
    scene.slack.refused.set('oauth.v2.access', refusedBy('bad_client_secret'));
    expect((await many.of(TEAM, 'C1')).token).toBe('token-1');
    expect(scene.troubles).toEqual([expect.stringContaining('SLACK_CLIENT_SECRET')]);
    scene.slack.refused.clear();
    scene.clock.advance(10 * MINUTE_MS);
    expect((await many.of(TEAM, 'C1')).token).toBe('token-2');
    expect(scene.troubles).toHaveLength(2);
    expect(scene.troubles.at(-1)).toBeUndefined();
  });

  it('is not tried again for a minute while the old token lasts, and for five seconds after', async () => {
    const scene = openScene();
    await scene.has();
    const { many } = scene.start();
    scene.slack.refused.set('oauth.v2.access', refusedBy('internal_error'));
    scene.clock.advance(11 * HOUR_MS);
    for (let times = 0; times < 20; times += 1) expect((await many.of(TEAM, 'C1')).token).toBe('token-1');
    expect(asked(scene)).toBe(1);
    scene.clock.advance(MINUTE_MS);
    await many.of(TEAM, 'C1');
    expect(asked(scene)).toBe(2);
    scene.clock.advance(HOUR_MS);
    for (let times = 0; times < 20; times += 1)
      await expect(many.of(TEAM, 'C2')).rejects.toThrow('not be renewed');
    expect(asked(scene)).toBe(3);
    scene.clock.advance(5 * SECOND_MS);
    await expect(many.of(TEAM, 'C2')).rejects.toMatchObject({ channel: 'C2' });
    expect(asked(scene)).toBe(4);
  });

  it('as only a person can mend it is not tried again for ten minutes, unless the workspace installs us', async () => {
    const scene = openScene();
    await scene.has();
    const { many, install } = scene.start();
    scene.slack.refused.set('oauth.v2.access', refusedBy('invalid_refresh_token'));
    scene.clock.advance(13 * HOUR_MS);
    const reject = () => expect(many.of(TEAM, 'C1')).rejects.toThrow('install the app again');
    await reject();
    scene.clock.advance(9 * MINUTE_MS);
    await reject();
    expect(asked(scene)).toBe(1);
    scene.clock.advance(MINUTE_MS);
    await reject();
    expect(asked(scene)).toBe(2);
    scene.slack.refused.clear();
    await install(scene.slack.install(TEAM));
    expect((await many.of(TEAM, 'C1')).token).toBe('token-2');
    scene.clock.advance(13 * HOUR_MS);
    expect((await many.of(TEAM, 'C1')).token).toBe('token-3');
  });

  it('for one workspace keeps no other from renewing, but where Slack does not take us', async () => {
    const scene = openScene();
    for (const team of ['T1', 'T2']) await scene.has(team);
    const { many } = scene.start();
    scene.clock.advance(13 * HOUR_MS);
    scene.slack.refused.set('oauth.v2.access', refusedBy('invalid_refresh_token'));
    await expect(many.of('T1', 'C1')).rejects.toThrow('install the app again');
    scene.slack.refused.set('oauth.v2.access', refusedBy('bad_client_secret'));
    await expect(many.of('T2', 'C1')).rejects.toThrow('SLACK_CLIENT_SECRET');
    await expect(many.of('T1', 'C1')).rejects.toThrow('SLACK_CLIENT_SECRET');
    expect(asked(scene)).toBe(2);
  });
});

describe('a store that fails after a renewal', () => {
  it('loses nothing: the new pair is used, and kept as soon as it can be', async () => {
    const scene = openScene();
    await scene.has();
    const { many } = scene.start();
    scene.clock.advance(11 * HOUR_MS);
    scene.broken.puts = true;
    expect((await many.of(TEAM, 'C1')).token).toBe('token-2');
    scene.clock.advance(2 * HOUR_MS);
    expect((await many.of(TEAM, 'C1')).token).toBe('token-2');
    expect((await scene.kept())?.bot.token).toBe('token-1');
    scene.broken.puts = false;
    expect((await many.of(TEAM, 'C1')).token).toBe('token-2');
    expect((await scene.kept())?.bot).toMatchObject({ token: 'token-2', refreshToken: 'refresh-2' });
    expect(asked(scene)).toBe(1);
  });

  it('is asked again by itself, with growing pauses, and once more at the stop', async () => {
    const scene = openScene();
    for (const team of ['T1', 'T2']) await scene.has(team);
    const { many, keeping } = scene.start();
    scene.clock.advance(11 * HOUR_MS);
    scene.broken.puts = true;
    await many.of('T1', 'C1');
    scene.broken.puts = false;
    scene.clock.advance(2 * SECOND_MS);
    await expect.poll(async () => (await scene.kept('T1'))?.bot.token).toBe('token-3');
    scene.broken.puts = true;
    await many.of('T2', 'C1');
    scene.broken.puts = false;
    await keeping.settle();
    expect((await scene.kept('T2'))?.bot.token).toBe('token-4');
  });

  it('and a workspace that was installed anew or erased meanwhile stays as it is then', async () => {
    const scene = openScene();
    for (const team of ['T1', 'T2']) await scene.has(team);
    const [first, other] = [scene.start(), scene.start()];
    scene.clock.advance(11 * HOUR_MS);
    scene.broken.puts = true;
    for (const team of ['T1', 'T2']) await first.many.of(team, 'C1');
    scene.broken.puts = false;
    const anew = scene.slack.install('T1', 'U2');
    await other.install(anew);
    scene.slack.uninstall('T2');
    await other.told('T2');
    await first.keeping.settle();
    expect((await scene.kept('T1'))?.bot.token).toBe(anew.bot.token);
    expect(await scene.kept('T2')).toBeUndefined();
    expect((await first.many.of('T1', 'C1')).token).toBe(anew.bot.token);
  });
});

describe('a renewal that several processes want', () => {
  it('is done by one of them', async () => {
    const scene = openScene();
    await scene.has();
    const bots = [scene.start(), scene.start(), scene.start()];
    scene.clock.advance(13 * HOUR_MS);
    const given = await Promise.all(bots.map(({ many }) => many.of(TEAM, 'C1')));
    expect(given.map(({ token }) => token)).toEqual(['token-2', 'token-2', 'token-2']);
    expect(asked(scene)).toBe(1);
  });
});
