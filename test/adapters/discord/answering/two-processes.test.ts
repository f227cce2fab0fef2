import { describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import { createLog } from '../../../../src/log.ts';
import type { Answer } from '../../../fakes/discord/index.ts';
import { openWorld } from '../../../world.ts';
import { type BotScene, eventually, openBot } from '../bot-scene.ts';

/** A second process on the same store with the same token, as during a rolling restart. */
async function startAnother({ fake, clock, source, store }: BotScene) {
  const log = createLog({ level: 'silent', write() {} });
  const adapter = createDiscordAdapter({ token: fake.token, apiUrl: fake.url, clock, log });
  let made = 0;
  const newId = () => `other${++made}`;
  const world = await openWorld(clock.now(), { adapters: [adapter], clock, source, store, log, newId });
  await adapter.start(world.host);
  await eventually(() => fake.gateway.connected === 2);
  return { [Symbol.asyncDispose]: async () => await world.close() };
}

/** Once both processes have done all that they will do about what was asked so far: each tries the first step. */
async function settled({ fake }: BotScene, asked: number): Promise<void> {
  const tried = () => fake.requests.filter(({ path }) => path.endsWith('/callback')).length;
  await eventually(() => tried() >= 2 * asked);
}

const shownOf = (answers: readonly Answer[]) => answers.map(({ messages }) => messages.length);

describe('two processes on one store', () => {
  it('do each command once, and answer it once', async () => {
    await using scene = await openBot();
    await using _another = await startAnother(scene);
    const { grace, ada, channel } = scene;
    const answers: Answer[] = [];
    for (const time of ['10:00', '11:00', '12:00'])
      answers.push(await grace.slash(channel, 'paper feed add', { time, channel }));
    answers.push(await grace.slash(channel, 'paper feed list'));
    answers.push(await ada.slash(channel, 'paper save', { paper: '2611.00001' }));
    await settled(scene, answers.length);
    expect((await scene.feeds()).map(({ time }) => time)).toEqual(['10:00', '11:00', '12:00']);
    expect(shownOf(answers)).toEqual(answers.map(() => 1));
  });

  it('do each press once: a first message makes one feed', async () => {
    await using scene = await openBot();
    await using _another = await startAnother(scene);
    const { fake } = scene;
    const carl = fake.addPerson({ name: 'Carl' });
    const studio = fake.addGuild({ name: 'Studio', owner: carl, hasBot: false });
    const reading = fake.addChannel(studio, { name: 'reading' });
    fake.addBot(studio, carl);
    await eventually(() => fake.messages(carl.dm()).length > 0);
    const [greeting] = fake.messages(carl.dm());
    if (!greeting) throw new Error('No greeting.');
    fake.forget();
    await carl.choose(greeting, '1. Which channel?', [reading.id]);
    await carl.press(greeting, 'Start');
    await settled(scene, 2);
    await eventually(async () => (await scene.feeds(studio)).length > 0);
    expect((await scene.feeds(studio)).map(({ destination }) => destination.channel)).toEqual([reading.id]);
  });

  it('wait for the first step before anything is changed, and do nothing when it is another’s', async () => {
    await using scene = await openBot();
    const { fake, grace, channel } = scene;
    fake.fail('POST /interactions/*/*/callback', { kind: 'status', status: 400, code: 40060 }, { times: 1 });
    void grace.slash(channel, 'paper feed add', { channel }).catch(() => {});
    await eventually(() => scene.isSaid('An answer came too late') > 0);
    expect(await scene.feeds()).toEqual([]);
  });

  it('take a first step whose answer was lost for theirs', async () => {
    await using scene = await openBot();
    const { fake, grace, channel } = scene;
    fake.fail('POST /interactions/*/*/callback', { kind: 'reset-after' }, { times: 1 });
    const answer = await grace.slash(channel, 'paper feed add', { channel });
    await answer.whenMessages(1);
    expect(await scene.feeds()).toHaveLength(1);
  });
});
