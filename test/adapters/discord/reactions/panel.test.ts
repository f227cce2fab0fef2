import { afterEach, describe, expect, it } from 'vitest';
import { BUILT_IN_TOPICS } from '../../../../src/domain/topic.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { type BotScene, eventually, openBot } from '../bot-scene.ts';

let scene: BotScene;
afterEach(async () => {
  const { problems, ownProblems } = scene.fake;
  await scene[Symbol.asyncDispose]();
  expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
});

const SLUGS = BUILT_IN_TOPICS.map(({ slug }) => slug);

describe('a topic panel', () => {
  it('gets an emoji of every topic, in their order, and is watched', async () => {
    scene = await openBot();
    const panel = await scene.panel(SLUGS.join());
    expect([...panel.reactions.keys()]).toEqual(BUILT_IN_TOPICS.map(({ emoji }) => emoji));
    expect(await scene.store.presence.panels('discord')).toEqual([
      {
        place: { platform: 'discord', workspace: scene.guild.id, channel: scene.channel.id },
        messageId: panel.id,
      },
    ]);
  });

  it('has a select that follows what is chosen', async () => {
    scene = await openBot();
    const { ada } = scene;
    const panel = await scene.panel('agents,robotics,audio');
    await ada.choose(panel, 'Follow topics', ['agents', 'audio']);
    expect(await scene.followed(ada)).toEqual(['agents', 'audio']);
  });

  it('waits as Discord asks for a pause between two emoji', async () => {
    scene = await openBot();
    const pause = { kind: 'throttle', retryAfterMs: 300 } as const;
    scene.fake.fail('PUT **/reactions/*/@me', pause, { times: 2 });
    await scene.panel('agents,robotics');
    expect(scene.fake.count('PUT **/reactions/*/@me')).toBe(4);
    expect(scene.clock.slept).toHaveLength(2);
  });

  it('says to whoever made it which permission is missing, asks no further, and its select works', async () => {
    scene = await openBot();
    const { fake, grace, ada, channel } = scene;
    fake.permit(channel, 'bot', { deny: ['AddReactions'] });
    const answer = await grace.slash(channel, 'paper topics panel', { topics: 'agents,robotics' });
    const [panel, told] = await answer.whenMessages(2);
    expect(told?.onlyFor).toBe(grace.id);
    expect(messageText(told)).toContain('Add Reactions');
    expect(fake.count('PUT **/reactions/*/@me')).toBe(1);
    await ada.choose(panel as never, 'Follow topics', ['robotics']);
    expect(await scene.followed(ada)).toEqual(['robotics']);
  });

  it('gets all other emoji when one is not there any more, and follows by it where somebody puts it', async () => {
    scene = await openBot();
    const { grace, ada, channel } = scene;
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: '<:llama:123456789012>' });
    const answer = await grace.slash(channel, 'paper topics panel', { topics: 'llamas,robotics' });
    const [panel, told] = await answer.whenMessages(2);
    expect(messageText(told)).toContain('The emoji of these topics could not be put on the panel: Llamas.');
    expect([...(panel?.reactions.keys() ?? [])]).toEqual(['🦾']);
    ada.react(panel as never, '🦾');
    await eventually(async () => (await scene.followed(ada)).length === 1);
  });
});
