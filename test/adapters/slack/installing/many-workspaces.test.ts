import { describe, expect, it, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { refusedBy } from './refused-by.ts';
import { openScene, type Scene, TEAM } from './scene.ts';

const hasUs = (scene: Scene, workspace = TEAM) => scene.rows.get(workspace)?.hasUs;
const isSaid = ({ lines }: Scene, words: string) => lines.some(({ msg }) => msg.includes(words));

/** A workspace that has us, and a bot. */
async function open() {
  const scene = openScene();
  const first = await scene.has();
  const bot = scene.start();
  return { scene, bot, token: first.bot.token };
}

describe('a workspace that says that it let us go', () => {
  it('is believed once Slack takes its token no more: tokens first, then the rest, at last with a store that fails', async () => {
    const { scene, bot } = await open();
    await bot.told(TEAM);
    expect([await scene.kept(), hasUs(scene)]).toEqual([expect.anything(), true]);
    scene.slack.uninstall(TEAM);
    scene.state.isBroken = true;
    await bot.told(TEAM);
    expect([await scene.kept(), hasUs(scene)]).toEqual([undefined, true]);
    scene.state.isBroken = false;
    scene.clock.advance(MINUTE_MS);
    await vi.waitFor(() => expect(hasUs(scene)).toBe(false));
  });

  it('while Slack gives no answer is looked at again until it does', async () => {
    const { scene, bot } = await open();
    scene.slack.uninstall(TEAM);
    scene.slack.refused.set('auth.test', refusedBy('fatal_error'));
    await bot.told(TEAM);
    expect(await scene.kept()).toBeDefined();
    scene.slack.refused.clear();
    scene.clock.advance(MINUTE_MS);
    await vi.waitFor(async () => expect(await scene.kept()).toBeUndefined());
    expect(hasUs(scene)).toBe(false);
  });

  it('is not let go where it installed us again while Slack was asked', async () => {
    const { scene, bot } = await open();
    scene.slack.uninstall(TEAM);
    scene.slack.meanwhile.of = async (method) => {
      if (method === 'auth.test') await bot.install(scene.slack.install(TEAM, 'U2'));
    };
    await bot.told(TEAM);
    expect([(await scene.kept())?.bot.token, hasUs(scene)]).toEqual(['token-2', true]);
    await bot.gone(TEAM, 'token-1', 'revoked');
    expect([(await scene.kept())?.bot.token, hasUs(scene)]).toEqual(['token-2', true]);
  });

  it('is finished at the next start where it broke off after the tokens were erased', async () => {
    const { scene, bot } = await open();
    scene.slack.uninstall(TEAM);
    scene.state.isBroken = true;
    await bot.told(TEAM);
    bot.stop();
    scene.state.isBroken = false;
    await scene.start().start();
    await vi.waitFor(() => expect(hasUs(scene)).toBe(false));
  });
});

describe('a workspace that is switched off', () => {
  it('rests with its tokens, and is back with the next start after it is switched on', async () => {
    const { scene, bot, token } = await open();
    scene.slack.setInactive(TEAM, true);
    await bot.many.failed(TEAM, token, refusedBy('account_inactive'));
    expect([(await scene.kept())?.bot.token, hasUs(scene)]).toEqual([token, false]);
    await scene.start().start();
    await vi.waitFor(() => expect(scene.slack.count('auth.test')).toBe(1));
    expect(hasUs(scene)).toBe(false);
    scene.slack.setInactive(TEAM, false);
    await scene.start().start();
    await vi.waitFor(() => expect(hasUs(scene)).toBe(true));
  });

  it('is back also where its token has expired meanwhile', async () => {
    const { scene, bot, token } = await open();
    await bot.many.failed(TEAM, token, refusedBy('account_inactive'));
    scene.clock.advance(30 * HOUR_MS);
    await scene.start().start();
    await vi.waitFor(() => expect(hasUs(scene)).toBe(true));
    expect((await scene.kept())?.bot.token).toBe('token-2');
  });

  it('and uninstalls us then leaves nothing', async () => {
    const { scene, bot, token } = await open();
    await bot.many.failed(TEAM, token, refusedBy('account_inactive'));
    scene.slack.uninstall(TEAM);
    await scene.start().start();
    await vi.waitFor(async () => expect(await scene.kept()).toBeUndefined());
  });
});

describe('a start', () => {
  it('asks once of each workspace whether it has us still, five a second, and erases what uninstalled us meanwhile', async () => {
    const scene = openScene();
    const teams = Array.from({ length: 40 }, (_, index) => `T${index}`);
    for (const team of teams) await scene.has(team);
    for (const team of ['T3', 'T7']) scene.slack.uninstall(team);
    scene.slack.setInactive('T9', true);
    await scene.start().start();
    await vi.waitFor(() => expect(scene.slack.count('auth.test')).toBe(40));
    await vi.waitFor(() => expect(hasUs(scene, 'T9')).toBe(false));
    const gone = [];
    for (const team of teams) if (!(await scene.kept(team))) gone.push(team);
    expect(gone).toEqual(['T3', 'T7']);
    expect(teams.filter((team) => !hasUs(scene, team))).toEqual(['T3', 'T7', 'T9']);
    expect(scene.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(6000);
  });

  it('leaves tokens that have expired meanwhile to whoever needs them first', async () => {
    const { scene } = await open();
    scene.clock.advance(30 * HOUR_MS);
    await scene.start().start();
    await vi.waitFor(() => expect(scene.slack.count('auth.test')).toBe(1));
    expect([scene.slack.count('oauth.v2.access'), hasUs(scene)]).toEqual([0, true]);
  });

  it('without an answer of Slack loses nobody, and asks later', async () => {
    const { scene } = await open();
    scene.slack.uninstall(TEAM);
    scene.slack.refused.set('auth.test', refusedBy('ratelimited'));
    await scene.start().start();
    await vi.waitFor(() => expect(isSaid(scene, 'is looked at later')).toBe(true));
    expect(hasUs(scene)).toBe(true);
    scene.slack.refused.clear();
    scene.clock.advance(30_000);
    scene.clock.advance(31_000);
    await vi.waitFor(() => expect(isSaid(scene, 'has let the bot go')).toBe(true));
    expect(scene.slack.count('auth.test')).toBeLessThan(4);
  });

  it('with a key that opens nothing says so, erases nothing and asks nobody', async () => {
    const scene = openScene();
    for (const team of ['T1', 'T2']) {
      await scene.has(team);
      scene.broken.reads.add(team);
    }
    await scene.start().start();
    expect(scene.troubles).toEqual([
      expect.stringContaining('SECRET_KEY does not open any of the 2 installations that are kept.'),
    ]);
    scene.broken.reads.clear();
    expect(await scene.kept('T1')).toBeDefined();
    expect([hasUs(scene, 'T1'), scene.slack.asked]).toEqual([true, []]);
  });

  it('with one damaged installation goes on with all others', async () => {
    const scene = openScene();
    for (const team of ['T1', 'T2']) await scene.has(team);
    scene.broken.reads.add('T1');
    scene.slack.uninstall('T2');
    const bot = scene.start();
    await bot.start();
    await vi.waitFor(() => expect(hasUs(scene, 'T2')).toBe(false));
    expect(hasUs(scene, 'T1')).toBe(true);
    expect(scene.troubles.filter((one) => one !== undefined)).toEqual([]);
    await expect(bot.many.of('T1', 'C1')).rejects.toMatchObject({ code: 'store' });
    await bot.install(scene.slack.install('T1'));
    scene.broken.reads.clear();
    expect(hasUs(scene, 'T1')).toBe(true);
  });
});

describe('whoever installed us', () => {
  it('first stays so until the workspace lets us go', async () => {
    const { scene, bot } = await open();
    const userOf = async () => (await scene.kept())?.user.id;
    await bot.install(scene.slack.install(TEAM, 'U2'));
    expect([await userOf(), (await scene.kept())?.bot.token]).toEqual(['U1', 'token-2']);
    scene.slack.uninstall(TEAM);
    await bot.told(TEAM);
    await bot.install(scene.slack.install(TEAM, 'U2'));
    expect(await userOf()).toBe('U2');
    await bot.gone(TEAM, 'token-3', 'inactive');
    await bot.install(scene.slack.install(TEAM, 'U3'));
    expect(await userOf()).toBe('U3');
  });

  it('is greeted with the next start where that could not be done, once by several processes', async () => {
    const scene = openScene();
    const bot = scene.start();
    await bot.install(scene.slack.install(TEAM));
    bot.stop();
    expect(scene.greetings).toEqual([]);
    scene.greeting.fails = true;
    const failing = scene.start();
    await failing.start();
    await vi.waitFor(() => expect(isSaid(scene, 'could not be greeted yet')).toBe(true));
    failing.stop();
    scene.greeting.fails = false;
    scene.clock.advance(2 * MINUTE_MS);
    await Promise.all([scene.start().start(), scene.start().start()]);
    await vi.waitFor(() => expect(scene.greetings).toEqual([`${TEAM} U1`]));
    for (let times = 0; times < 4; times += 1) scene.clock.advance(MINUTE_MS);
    await scene.start().start();
    await vi.waitFor(() => expect(scene.slack.count('auth.test')).toBe(4));
    expect(scene.rows.get(TEAM)?.isGreeted).toBe(true);
    expect(scene.greetings).toHaveLength(1);
  });
});
