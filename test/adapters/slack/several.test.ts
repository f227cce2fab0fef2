import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import { parseQuery } from '../../../src/domain/query.ts';
import { messageText, type View } from '../../fakes/slack/index.ts';
import { eventually, messageTo, openSeveral, type SeveralScene } from './several-scene.ts';

/** What one process changes the others know so soon. */
const KNOWN_MS = 2 * SECOND_MS;

let scene: SeveralScene;
beforeEach(async () => {
  scene = await openSeveral({ rotatesTokens: true });
  expect((await scene.install()).status).toBe(200);
});
afterEach(async () => {
  expect(await scene.close()).toEqual([]);
});

const renewals = () =>
  scene.fake.requests.filter(
    ({ method, args }) => method === 'oauth.v2.access' && args.grant_type === 'refresh_token',
  );

/** Opens the form for a new feed at one process. */
async function formAt(process: number): Promise<View> {
  scene.balancer.next = process;
  return await (await scene.ada.slash(scene.channel, '/paper feed add')).whenView();
}

describe('two processes behind a balancer', () => {
  it('install a workspace together, and greet whoever did it once', async () => {
    const { balancer, gateways, fake, ada } = scene;
    const [began, ended] = ['/slack/install', '/slack/oauth_redirect'].map(
      (path) => balancer.served.find((one) => one.path === path)?.process,
    );
    expect([began, ended]).toEqual([0, 1]);
    await eventually(() => fake.messages(ada.dm()).length > 0);
    for (const { adapter, world } of gateways) {
      expect(await adapter.installer(fake.team.id)).toBe(ada.id);
      expect(await world.host.workspaces.known('slack')).toMatchObject([{ workspace: fake.team.id }]);
    }
    expect(fake.messages(ada.dm())).toHaveLength(1);
  });

  it('answer a command, whichever of them it reaches', async () => {
    const { balancer, bo, channel } = scene;
    for (const process of [0, 1]) {
      balancer.next = process;
      const [answer] = await (await bo.slash(channel, '/paper topics list')).whenMessages();
      expect(answer && messageText(answer)).toContain('*🤖 agents*');
    }
    expect(balancer.served.slice(-2).map(({ process }) => process)).toEqual([0, 1]);
  });

  it('take a form that the other one opened, and add one feed however often and where it is sent', async () => {
    const { balancer, ada, fake, gateways } = scene;
    const view = await formAt(0);
    balancer.next = 1;
    const answer = await ada.submit(view, { time: '17:30' });
    expect([answer.errors, answer.ackedAfterMs !== undefined]).toEqual([{}, true]);
    const submitted = fake.told.at(-1);
    balancer.next = 0;
    if (submitted) await fake.repeat(submitted);
    for (const { world, store } of gateways) {
      const ids = await store.ledger.feedIds(scene.place);
      expect(ids).toHaveLength(1);
      expect(await world.store.feeds.get(ids[0] ?? '')).toMatchObject({ time: '17:30', manager: ada.id });
    }
  });

  it('do once what is pressed twice, though each hears of one press', async () => {
    const { balancer, bo, channel, fake } = scene;
    const [answer] = await (await bo.slash(channel, '/paper topics list')).whenMessages();
    if (!answer) throw new Error('There was no answer.');
    balancer.next = 0;
    await Promise.all([bo.press(answer, 'share:0'), bo.press(answer, 'share:0')]);
    await eventually(() => scene.lines.some(({ msg }) => msg.startsWith('A press came twice')));
    await eventually(() => fake.messages(channel).length > 0);
    expect(fake.messages(channel)).toHaveLength(1);
    expect(balancer.served.slice(-2).map(({ process }) => process)).toEqual([0, 1]);
  });
});

describe('emoji that two processes hear of', () => {
  async function panel() {
    const { ada, channel, fake, balancer } = scene;
    balancer.next = 0;
    await ada.slash(channel, '/paper topics panel topics:"agents,robotics"');
    await eventually(() => fake.messages(channel).at(-1)?.reactions.size === 2);
    const [message] = fake.messages(channel);
    if (!message) throw new Error('No panel was posted.');
    return message;
  }

  it('an event that comes again to the other one does not bring back what was taken away', async () => {
    const { balancer, bo, fake, followed } = scene;
    const message = await panel();
    balancer.next = 0;
    bo.react(message, 'robot_face');
    const added = fake.told.at(-1);
    await eventually(async () => (await followed(bo)).includes('agents'));
    balancer.next = 0;
    bo.unreact(message, 'robot_face');
    await eventually(async () => (await followed(bo)).length === 0);
    fake.forget();
    balancer.next = 1;
    if (added) await fake.repeat(added);
    await eventually(() => fake.count('reactions.get') > 0);
    await fake.settled();
    expect(await followed(bo)).toEqual([]);
  });

  it('end as they stand where taking away overtakes adding', async () => {
    const { bo, fake, followed, balancer } = scene;
    const message = await panel();
    // Neither is told at once: they are told below, the other way round.
    fake.http('http://127.0.0.1:1/slack/events');
    bo.react(message, 'robot_face');
    bo.unreact(message, 'robot_face');
    const [added, removed] = fake.told.slice(-2);
    fake.http(`${balancer.url}/slack/events`);
    balancer.next = 0;
    if (removed) await fake.repeat(removed);
    if (added) await fake.repeat(added);
    await eventually(() => fake.count('reactions.get') > 0);
    await fake.settled();
    expect(await followed(bo)).toEqual([]);
  });
});

describe('what is set in one process', () => {
  it('is known in the other at once: feeds, topics with their emoji, and what one follows', async () => {
    const { give, gateways, place, ada } = scene;
    const [, other] = gateways;
    await give(1, 'feed list');
    await give(0, 'feed add', { time: '09:00', channel: place.channel });
    const [id = ''] = await other.store.ledger.feedIds(place);
    await give(0, 'feed edit', { id, time: '10:00' });
    await give(0, 'topics add', { name: 'Llamas', query: 'llama', emoji: '🦙' });
    await give(0, 'follow', { what: 'llamas' });
    const asked = { command: 'unfollow', option: 'what', typed: 'lla', place };
    const member = { id: ada.id, isManager: true };
    expect(await other.world.host.complete({ ...asked, member })).toMatchObject([{ label: 'Llamas' }]);
    expect(await other.world.host.reactions.emoji(place)).toContain('🦙');
    expect((await give(1, 'feed show', { id })).data).toMatchObject({ feed: { time: '10:00' } });
    await give(0, 'feed remove', { id });
    expect(await other.store.ledger.feedIds(place)).toEqual([]);
  });

  it('also what was archived: a search follows it before it answers', async () => {
    const { clock, give, gateways } = scene;
    const { search } = gateways[1].world;
    const find = async () => (await search.find(parseQuery('invented'), { offset: 0, limit: 10 })).found;
    await search.follow();
    expect(await find()).toEqual([]);
    clock.set('2026-11-23T09:00:00.000Z');
    await give(0, 'today');
    // By a clock that stands still no question has any time to wait.
    await search.follow();
    expect(await find()).toHaveLength(5);
  });
});

describe('a process that was never started', () => {
  it('posts, finds and edits, also with the token that another one has renewed, once', async () => {
    const { worker, gateways, clock, fake, channel } = scene;
    const { adapter } = worker;
    const first = messageTo(scene, 'slot/0', adapter);
    const messageId = await adapter.send(first);
    fake.expire(fake.team);
    await gateways[0].adapter.send(messageTo(scene, 'slot/1', adapter));
    const renewed = fake.team.installation?.token;
    clock.advance(KNOWN_MS);
    fake.forget();
    expect(await adapter.find(first, '2026-11-22T11:00:00.000Z')).toEqual({ kind: 'found', messageId });
    await adapter.edit?.({ ...messageTo(scene, 'anew', adapter), id: first.id, messageId });
    await adapter.send(messageTo(scene, 'slot/2', adapter));
    expect(new Set(fake.requests.map(({ token, error }) => error ?? token))).toEqual(new Set([renewed]));
    expect(fake.messages(channel).map(messageText).join()).toMatch(/anew.*slot\/1.*slot\/2/s);
    expect(await adapter.obstacles?.({ destination: scene.place, layout: 'digest' })).toEqual([]);
  });

  it('renews one token once together with the others, all at once; who comes second waits', async () => {
    const { worker, gateways, clock, fake } = scene;
    const processes = [worker, ...gateways].map(({ adapter }) => adapter);
    const sendAll = () =>
      Promise.allSettled(processes.map((adapter) => adapter.send(messageTo(scene, 'slot/0', adapter))));
    fake.expire(fake.team);
    clock.advance(12 * HOUR_MS);
    for (const outcome of await sendAll())
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ mayHaveArrived: false });
    expect((await sendAll()).map(({ status }) => status)).toEqual(processes.map(() => 'fulfilled'));
    expect(renewals()).toHaveLength(1);
    expect(fake.requests.map(({ error }) => error)).not.toContain('invalid_refresh_token');
  });

  it('posts nothing more once one of the others hears that it was uninstalled', async () => {
    const { worker, gateways, clock, fake } = scene;
    const processes = [worker, ...gateways].map(({ adapter }) => adapter);
    for (const adapter of processes) await adapter.send(messageTo(scene, 'slot/0', adapter));
    fake.uninstall(fake.team);
    await fake.settled();
    await eventually(async () => (await worker.store.presence.present('slack')).length === 0);
    clock.advance(KNOWN_MS);
    fake.forget();
    for (const adapter of processes)
      await expect(adapter.send(messageTo(scene, 'slot/1', adapter))).rejects.toMatchObject({
        reason: 'gone',
      });
    expect(fake.requests).toEqual([]);
  });

  it('lets a workspace rest that was switched off, of which Slack tells nobody', async () => {
    const { worker, fake } = scene;
    fake.deactivate(fake.team);
    const sending = worker.adapter.send(messageTo(scene, 'slot/0', worker.adapter));
    await expect(sending).rejects.toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false });
    expect(await worker.store.presence.present('slack')).toEqual([]);
    expect(await worker.store.presence.departed('slack')).toEqual([fake.team.id]);
  });
});
