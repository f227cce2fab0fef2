import { describe, expect, it } from 'vitest';
import type { Message } from '../../../fakes/discord/index.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { eventually } from '../bot-scene.ts';
import { follows, openScene, scene } from '../watched-bot.ts';
import { settle } from './reacting.ts';

describe('an emoji on a panel', () => {
  it('follows, once, and takes it back', async () => {
    await openScene();
    const { ada } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    ada.react(panel, '🦾');
    await follows(ada, ['agents', 'robotics']);
    ada.unreact(panel, '🤖');
    await follows(ada, ['robotics']);
  });

  it('means nothing from a bot, from us, and where no topic has it', async () => {
    await openScene();
    const { fake, guild, ada } = scene;
    const panel = await scene.panel('agents,robotics');
    const robot = fake.addPerson({ name: 'Robot', isBot: true });
    fake.join(guild, robot);
    robot.react(panel, '🤖');
    ada.react(panel, '🍕');
    ada.react(panel, '🔖');
    await settle(panel);
    expect(await scene.followed(robot)).toEqual([]);
    expect(await scene.followed({ id: fake.bot.id })).toEqual([]);
    expect(await scene.followed(ada)).toEqual([]);
    expect(await scene.saved(ada)).toEqual([]);
  });

  it('goes by a server’s own emoji, whatever it is called by now', async () => {
    await openScene();
    const { fake, guild, ada } = scene;
    const id = fake.addEmoji(guild, 'llama');
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: `<:llama:${id}>` });
    const panel = await scene.panel('llamas,agents');
    ada.react(panel, `<:alpaca:${id}>`);
    await follows(ada, ['llamas']);
    ada.unreact(panel, `<:llama:${id}>`);
    await follows(ada, []);
  });

  it('that Discord tells twice after a broken connection changes nothing', async () => {
    await openScene();
    const { fake, ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    await ada.slash(channel, 'paper unfollow', { what: 'agents' });
    const standing = panel.reactions.get('🤖');
    fake.gateway.send({
      op: 0,
      s: 1000,
      t: 'MESSAGE_REACTION_ADD',
      d: {
        user_id: ada.id,
        channel_id: channel.id,
        message_id: panel.id,
        guild_id: scene.guild.id,
        message_author_id: fake.bot.id,
        emoji: { id: null, name: standing?.name },
        burst: false,
        type: 0,
      },
    });
    await settle(panel);
    expect(await scene.followed(ada)).toEqual([]);
  });

  it('made while the connection was broken counts as soon as it is there again', async () => {
    await openScene();
    const { fake, ada } = scene;
    const panel = await scene.panel('agents,robotics');
    fake.gateway.cut();
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    expect(fake.gateway.resumes).toBe(1);
  });

  it('is taken back from everybody when a moderator clears it away', async () => {
    await openScene();
    const { fake, ada, bo } = scene;
    const panel = await scene.panel('agents,robotics');
    for (const person of [ada, bo]) for (const emoji of ['🤖', '🦾']) person.react(panel, emoji);
    for (const person of [ada, bo]) await follows(person, ['agents', 'robotics']);
    fake.clearReactions(panel, '🤖');
    for (const person of [ada, bo]) await follows(person, ['robotics']);
    fake.clearReactions(panel);
    for (const person of [ada, bo]) await follows(person, []);
  });
});

describe('an emoji on a paper of an edition in cards', () => {
  it('follows its topic, and 🔖 saves the paper; both are taken back', async () => {
    await openScene();
    const { ada } = scene;
    const { cards } = await scene.cards();
    const [, second] = cards as [Message, Message];
    ada.react(second, '🤖');
    ada.react(second, '🔖');
    await follows(ada, ['agents']);
    await eventually(async () => (await scene.saved(ada)).length === 1);
    expect(messageText(second)).toContain((await scene.saved(ada))[0]);
    ada.unreact(second, '🔖');
    ada.unreact(second, '🤖');
    await follows(ada, []);
    expect(await scene.saved(ada)).toEqual([]);
  });

  it('is seen by a bot that was started after it was posted', async () => {
    await openScene();
    const { cards } = await scene.cards();
    await scene.restart();
    scene.ada.react(cards[0] as Message, '🔖');
    await eventually(async () => (await scene.saved(scene.ada)).length === 1);
  });
});
