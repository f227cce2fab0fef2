import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { messageText } from '../fakes/slack/index.ts';
import { eventually, stop, TODAY } from './running.ts';
import {
  addFeed,
  firstOf,
  openSlackWorld,
  papersOn,
  posted,
  type SlackWorld,
  textOfAnswer,
} from './slack-world.ts';

/** Somebody asks, and is answered. */
async function isAnswered({ bo, channel }: SlackWorld, limit: number): Promise<void> {
  expect(papersOn(await firstOf(bo.slash(channel, `/paper today limit:${limit}`)))).toHaveLength(limit);
}

describe.concurrent('a connection to Slack', () => {
  it('that is dropped, or that Slack wants renewed, is opened anew, and what was asked meanwhile is answered', async () => {
    await using world = await openSlackWorld();
    const { fake, channel, bo } = world;
    const bot = await world.start();
    await isAnswered(world, 2);
    fake.sockets.drop();
    // Slack repeats what nobody has taken.
    const said = bo.say(channel, 'The connection is gone.');
    bo.react(said, 'eyes');
    await fake.until(() => fake.sockets.opened === 2 && fake.sockets.count === 1);
    await isAnswered(world, 3);
    fake.sockets.disconnect('refresh_requested');
    await fake.until(() => fake.sockets.opened === 3 && fake.sockets.count === 1);
    await isAnswered(world, 2);
    await stop(bot);
    expect(fake.sockets.count).toBe(0);
  });

  it('that stays open and says nothing is taken for dead', async () => {
    await using world = await openSlackWorld();
    const { fake } = world;
    const bot = await world.start();
    fake.sockets.silence();
    await fake.until(() => fake.sockets.opened === 2);
    await isAnswered(world, 2);
    await stop(bot);
  });

  it('that cannot be made at the start, or breaks off for longer: it goes on, and editions that were missed come', async () => {
    await using world = await openSlackWorld();
    const { fake, channel } = world;
    const first = await world.start();
    await addFeed(world, { limit: 2 });
    fake.unplug();
    await fake.until(() => fake.sockets.count === 0);
    await eventually(() => first.log().includes('Slack cannot be reached'), 'it is told');
    await fake.plugIn();
    await fake.until(() => fake.sockets.count === 1);
    await isAnswered(world, 2);
    await stop(first);

    world.setTime(`${TODAY}T09:00:30.000Z`);
    fake.unplug();
    const second = await world.start();
    expect(second.log()).toContain('Slack cannot be reached');
    await fake.plugIn();
    await fake.until(() => fake.sockets.count === 1);
    await isAnswered(world, 3);
    await stop(second);
    await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    expect(posted(fake, channel).flatMap(papersOn)).toHaveLength(2);
  });
});

describe.concurrent('requests that Slack signs', () => {
  it('are taken where the signature holds and is fresh, and refused with 401 otherwise', async () => {
    await using world = await openSlackWorld({ way: 'http' });
    const { bo, channel, team } = world;
    const bot = await world.start();
    const { endpoint } = world;
    if (!endpoint) throw new Error('There is no address.');
    expect((await endpoint.verify()).isVerified).toBe(true);
    expect((await endpoint.sslCheck()).status).toBe(200);
    const command = { team_id: team.id, channel_id: channel.id, user_id: bo.id, text: 'follow what:video' };
    for (const how of ['bad', 'old', 'none'] as const) {
      expect([how, (await endpoint.forge(how)).status]).toEqual([how, 401]);
      expect([how, (await endpoint.forge(how, 'command', command)).status]).toEqual([how, 401]);
    }
    expect(await textOfAnswer(bo.slash(channel, '/paper following'))).not.toContain('Video');
    await stop(bot);
  });

  it('that come again do nothing again, to another process neither', async () => {
    await using world = await openSlackWorld({ way: 'http', extras: ['unfurl'] });
    const { fake, ada, bo, channel } = world;
    const first = await world.start();
    await isAnswered(world, 3);
    const [id = ''] = papersOn(await firstOf(bo.slash(channel, '/paper today limit:1')));
    bo.say(channel, `See https://huggingface.co/papers/${id}`);
    await fake.until(() => fake.count('chat.unfurl') === 1);
    await textOfAnswer(ada.slash(channel, '/paper topics panel'));
    const panel = posted(fake, channel).at(-1);
    if (!panel) throw new Error('There is no panel.');
    bo.react(panel, 'clapper');
    const followed = () => textOfAnswer(bo.slash(channel, '/paper following'));
    await eventually(async () => (await followed()).includes('Video'), 'the emoji follows');
    await textOfAnswer(bo.slash(channel, '/paper unfollow what:video'));
    const again = async () => {
      const events = fake.told.filter(({ payload: { event } }) =>
        /link_shared|reaction_added/.test(JSON.stringify(event)),
      );
      expect(events.length).toBeGreaterThan(1);
      for (const one of events) await fake.repeat(one);
    };
    await again();
    await stop(first);
    const second = await world.start();
    await again();
    expect(await followed()).not.toContain('Video');
    expect(fake.count('chat.unfurl')).toBe(1);
    await stop(second);
  });

  it('and events that were held back because there were too many are told to nobody’s harm', async () => {
    await using world = await openSlackWorld({ way: 'http' });
    const bot = await world.start();
    const told = world.fake.emit({ type: 'app_rate_limited' });
    await world.fake.settled();
    expect(told.isAcked).toBe(true);
    await isAnswered(world, 2);
    await stop(bot);
  });
});

describe.concurrent('a start', () => {
  it('at a port that is taken, or with tokens that Slack does not take, ends with a sentence and 78', async () => {
    await using world = await openSlackWorld({ way: 'http' });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const HTTP_PORT = typeof address === 'object' ? String(address?.port) : '';
    const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET: _, ...common } = world.env();
    const socket = { ...common, SLACK_BOT_TOKEN, SLACK_APP_TOKEN: world.fake.appToken };
    const starts: [string, Record<string, string>][] = [
      ['HTTP_PORT', { ...world.env(), HTTP_PORT }],
      ['SLACK_BOT_TOKEN', { ...world.env(), SLACK_BOT_TOKEN: 'xoxb-another-secret' }],
      ['SLACK_APP_TOKEN', { ...socket, SLACK_APP_TOKEN: 'xapp-another-secret' }],
      ['SLACK_SIGNING_SECRET', { ...common, SLACK_BOT_TOKEN }],
    ];
    for (const [variable, env] of starts) {
      const { code, out, err } = await world.program.run(['start'], { env });
      expect([variable, code, out]).toEqual([variable, 78, '']);
      expect(err).toContain(variable);
      expect(err).not.toContain('another-secret');
    }
    taken.close();
  });

  it('with a token that is revoked meanwhile says so, and a start with a new one brings what was missed', async () => {
    await using world = await openSlackWorld();
    const { fake, channel, ada } = world;
    const first = await world.start();
    await addFeed(world, { limit: 2 });
    fake.revoke(fake.team);
    fake.grant(fake.team, { by: ada });
    await stop(first);
    world.setTime(`${TODAY}T09:05:00.000Z`);
    const second = await world.start();
    await eventually(() => posted(fake, channel).length > 0, 'the edition comes');
    expect(posted(fake, channel).map(messageText).join()).toContain('huggingface.co');
    await stop(second);
  });
});
