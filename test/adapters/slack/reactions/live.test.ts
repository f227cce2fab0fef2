import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { textsFor } from '../../../../src/texts/index.ts';
import { type Message, messageText, type Told } from '../../../fakes/slack/index.ts';
import { eventually, type LiveScene, openLive } from './live-scene.ts';
import { AGENTS } from './scene.ts';

let scene: LiveScene;
afterEach(async () => {
  const { problems, ownProblems } = scene.fake;
  await scene[Symbol.asyncDispose]();
  expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
});

describe('with the real Bolt and a whole Slack', () => {
  it('a panel is posted, and an emoji on it follows and takes back', async () => {
    scene = await openLive();
    const { ada } = scene;
    const panel = await scene.panel('agents,robotics');
    expect([...panel.reactions.keys()]).toEqual(['robot_face', 'mechanical_arm']);
    ada.react(panel, 'robot_face');
    await scene.follows(ada, ['agents']);
    ada.unreact(panel, 'robot_face');
    await scene.follows(ada, []);
  });

  it('a paper in the thread of an edition is saved, also by a bot that was started later', async () => {
    scene = await openLive();
    const { ada } = scene;
    const [first] = (await scene.cards()) as [Message];
    await scene.away(() => {});
    ada.react(first, 'bookmark');
    await eventually(async () => (await scene.saved(ada)).length === 1);
    expect(await scene.saved(ada)).toEqual([AGENTS[0]?.id]);
    ada.react(first, 'robot_face');
    await scene.follows(ada, ['agents']);
  });

  it('what happened while the bot was away is made good', async () => {
    scene = await openLive();
    const { fake, ada, bo } = scene;
    const gone = await scene.panel('audio');
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, 'robot_face');
    await scene.follows(ada, ['agents']);
    await scene.away(() => {
      ada.unreact(panel, 'robot_face');
      bo.react(panel, 'mechanical_arm');
      fake.removeMessage(gone);
    });
    await scene.follows(ada, []);
    await scene.follows(bo, ['robotics']);
    const panels = await scene.store.presence.panels('slack');
    expect(panels.map(({ messageId }) => messageId)).toEqual([panel.ts]);
  });

  it('an emoji that is told again to a bot that was started meanwhile is no second wish', async () => {
    scene = await openLive();
    const { fake, ada, bo, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, 'robot_face');
    await scene.follows(ada, ['agents']);
    const told = fake.told.find(({ payload }) => JSON.stringify(payload).includes(ada.id)) as Told;
    await ada.slash(channel, '/paper unfollow agents');
    await scene.follows(ada, []);
    await scene.away(() => {});
    await fake.repeat(told);
    bo.react(panel, 'mechanical_arm');
    await scene.follows(bo, ['robotics']);
    expect(await scene.followed(ada)).toEqual([]);
  });

  it('an emoji that is set while the connection is broken counts once it stands again', async () => {
    scene = await openLive();
    const { fake, ada, clock } = scene;
    const panel = await scene.panel('agents,robotics');
    fake.sockets.drop();
    ada.react(panel, 'robot_face');
    await eventually(() => fake.sockets.opened === 2);
    clock.advance(MINUTE_MS);
    await scene.follows(ada, ['agents']);
  });

  it('says to whoever made a panel that the app lacks the scope, and the select follows all the same', async () => {
    scene = await openLive();
    const { fake, grace, ada, channel } = scene;
    fake.setScopes(
      fake.team,
      [...(fake.team.installation?.scopes ?? [])].filter((scope) => scope !== 'reactions:write'),
    );
    await grace.slash(channel, '/paper topics panel topics:"agents,robotics"');
    await eventually(() => scene.fake.messages(channel).length === 1);
    const panel = fake.messages(channel)[0] as Message;
    await eventually(() => grace.ephemerals(channel).length > 0);
    expect(grace.ephemerals(channel).map(messageText).join()).toContain('reactions:write');
    await ada.choose(panel, textsFor(undefined).card.followTopics, ['🦾 Robotics']);
    await scene.follows(ada, ['robotics']);
    ada.react(panel, 'robot_face');
    await scene.follows(ada, ['robotics', 'agents']);
    expect(fake.count('reactions.add')).toBe(1);
  });
});
