import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Message } from '../../../fakes/discord/index.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { type BotScene, directTexts, eventually, MONDAY, openBot, TUESDAY } from '../bot-scene.ts';

let scene: BotScene;
afterEach(async () => {
  const { problems, ownProblems } = scene.fake;
  await scene[Symbol.asyncDispose]();
  expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
});

/** Waits until somebody follows just these. */
async function follows(person: { id: string }, topics: readonly string[]): Promise<void> {
  await eventually(async () => (await scene.followed(person)).join() === topics.join());
}

/** All that was done on the channel before is taken by now: events of one channel are taken in turn. */
async function settle(panel: Message): Promise<void> {
  scene.bo.react(panel, '🦾');
  await follows(scene.bo, ['robotics']);
  scene.bo.unreact(panel, '🦾');
  await follows(scene.bo, []);
}

describe('an emoji on a panel', () => {
  it('follows, once, and takes it back', async () => {
    scene = await openBot();
    const { ada } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    ada.react(panel, '🦾');
    await follows(ada, ['agents', 'robotics']);
    ada.unreact(panel, '🤖');
    await follows(ada, ['robotics']);
  });

  it('means nothing from a bot, from us, and where no topic has it', async () => {
    scene = await openBot();
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
    scene = await openBot();
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
    scene = await openBot();
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
    scene = await openBot();
    const { fake, ada } = scene;
    const panel = await scene.panel('agents,robotics');
    fake.gateway.cut();
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    expect(fake.gateway.resumes).toBe(1);
  });

  it('is taken back from everybody when a moderator clears it away', async () => {
    scene = await openBot();
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
    scene = await openBot();
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
    scene = await openBot();
    const { cards } = await scene.cards();
    await scene.restart();
    scene.ada.react(cards[0] as Message, '🔖');
    await eventually(async () => (await scene.saved(scene.ada)).length === 1);
  });
});

describe('an emoji on a message of somebody else', () => {
  it('is none of our business, and not asked for', async () => {
    scene = await openBot();
    const { fake, ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    const said = ada.say(channel, 'Look at this');
    fake.forget();
    ada.react(said, '🤖');
    await settle(panel);
    expect(await scene.followed(ada)).toEqual([]);
    expect(fake.count('GET /channels/*/messages/*')).toBe(0);
  });

  it('is asked for once where Discord does not tell whose it is', async () => {
    scene = await openBot();
    const { fake, ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    const said = ada.say(channel, 'Look at this');
    fake.forget();
    for (let times = 0; times < 3; times += 1) {
      ada.react(said, '🤖');
      ada.unreact(said, '🤖');
    }
    fake.clearReactions(said);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
  });

  it('is asked for once where it may not be read', async () => {
    scene = await openBot();
    const { fake, ada, guild } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const other = fake.addChannel(guild, { name: 'talk' });
    fake.permit(other, 'bot', { deny: ['ReadMessageHistory'] });
    const said = ada.say(other, 'Look at this');
    fake.forget();
    for (let times = 0; times < 3; times += 1) {
      ada.react(said, '🤖');
      ada.unreact(said, '🤖');
    }
    await eventually(() => fake.count('GET /channels/*/messages/*') === 1);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
    expect(scene.lines.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

describe('a follow by an emoji', () => {
  /** Ada follows by an emoji and is asked; her question. */
  async function asked(): Promise<Message> {
    scene = await openBot();
    const { fake, ada } = scene;
    ada.react(await scene.panel('agents,robotics'), '🤖');
    await follows(ada, ['agents']);
    await scene.tickAt(scene.clock.now());
    const [question, ...more] = fake.messages(ada.dm());
    expect(more).toEqual([]);
    return question as Message;
  }

  it('is confirmed by one direct message, and no digest comes before', async () => {
    const question = await asked();
    expect(messageText(question)).toContain('You follow 🤖 Agents');
    expect(messageText(question)).toContain('Send it\nNot now');
    await scene.tickAt(MONDAY);
    await scene.tickAt(TUESDAY);
    expect(directTexts(scene, scene.ada)).toHaveLength(1);
  });

  it('brings the digest after “Send it”, which acts in the server that it came from', async () => {
    const question = await asked();
    const answer = await scene.ada.press(question, 'Send it');
    expect(messageText(answer.messages[0])).toContain('daily');
    await scene.tickAt(MONDAY);
    const [, digest, ...more] = directTexts(scene, scene.ada);
    expect(more).toEqual([]);
    expect(digest).toContain('Tool-using agents');
  });

  it('brings nothing after “Not now”', async () => {
    const question = await asked();
    await scene.ada.press(question, 'Not now');
    await scene.tickAt(MONDAY);
    await scene.tickAt(TUESDAY);
    expect(directTexts(scene, scene.ada)).toHaveLength(1);
    expect(await scene.followed(scene.ada)).toEqual(['agents']);
  });

  it('whatever is pressed on the digest, and on its answers, acts in the server too', async () => {
    const question = await asked();
    await scene.ada.press(question, 'Send it');
    await scene.tickAt(MONDAY);
    const digest = scene.fake.messages(scene.ada.dm()).at(-1) as Message;
    const details = await scene.ada.choose(digest, 'Details of …', ['2611.00002']);
    await scene.ada.press(details.messages[0] as Message, 'Save');
    await eventually(async () => (await scene.saved(scene.ada)).length === 1);
    expect(await scene.saved(scene.ada)).toEqual(['2611.00002']);
  });

  it('is told with the next command where direct messages are closed, and a thread takes their place', async () => {
    scene = await openBot();
    const { fake, ada, channel } = scene;
    ada.closeDms();
    ada.react(await scene.panel('agents,robotics'), '🤖');
    await follows(ada, ['agents']);
    await scene.tickAt(scene.clock.now());
    expect(directTexts(scene, ada)).toEqual([]);
    const answer = await ada.slash(channel, 'paper following');
    const told = (await answer.whenMessages(2))[1] as Message;
    expect(told.onlyFor).toBe(ada.id);
    expect(messageText(told)).toContain('direct messages');
    await ada.press(told, 'Thread here');
    const [thread, ...others] = fake.threads(channel);
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ type: 12 });
    await scene.tickAt(MONDAY);
    const digest = fake.messages(thread as never).map(messageText);
    expect(digest).toHaveLength(1);
    expect(digest[0]).toContain('Tool-using agents');
    expect(directTexts(scene, ada)).toEqual([]);
  });
});

describe('emoji that are taken off messages of others', () => {
  /** Messages of Ada's in a channel that the bot can see but not read back. */
  function chat(name: string) {
    const { fake, guild, ada } = scene;
    const place = fake.addChannel(guild, { name });
    fake.permit(place, 'bot', { deny: ['ReadMessageHistory'] });
    return () => ada.say(place, 'Hello');
  }

  it('cost nothing where they change nothing, and what is due goes out', async () => {
    scene = await openBot();
    const { fake, bo } = scene;
    const panel = await scene.panel('agents,robotics');
    const say = chat('chat');
    fake.forget();
    for (let count = 0; count < 520; count += 1) {
      const message = say();
      for (const emoji of ['🤖', '🔖', '🍕']) {
        bo.react(message, emoji);
        bo.unreact(message, emoji);
      }
    }
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(0);
    await scene.give('feed add', { channel: scene.channel.id });
    await scene.tickAt(MONDAY);
    expect(fake.count('POST /channels/*/messages')).toBeGreaterThan(0);
  });

  it('are not looked at again in a channel that refused', async () => {
    scene = await openBot();
    const { fake, ada } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const say = chat('chat');
    fake.forget();
    for (let count = 0; count < 20; count += 1) {
      const message = say();
      ada.react(message, '🤖');
      ada.unreact(message, '🤖');
    }
    await eventually(() => fake.count('GET /channels/*/messages/*') > 0);
    await settle(panel);
    expect(fake.count('GET /channels/*/messages/*')).toBe(1);
    expect(fake.invalidRequests).toBe(1);
  });

  it('never stop what is due, wherever a member makes the bot look', async () => {
    scene = await openBot();
    const { fake, ada, bo, clock } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    const before = fake.invalidRequests;
    for (let count = 0; count < 550; count += 1) {
      const message = chat(`chat${count}`)();
      ada.react(message, '🤖');
      ada.unreact(message, '🤖');
    }
    await eventually(() => scene.isSaid('Looking at reactions rests') > 0);
    await settle(panel);
    expect(fake.invalidRequests - before).toBeLessThanOrEqual(110);
    await scene.give('feed add', { channel: scene.channel.id });
    const posts = fake.count('POST /channels/*/messages');
    await scene.tickAt(MONDAY);
    expect(fake.count('POST /channels/*/messages')).toBeGreaterThan(posts);
    // What was put on another panel meanwhile is not lost, and later all is as before.
    clock.advance(11 * MINUTE_MS);
    bo.react(panel, '🤖');
    await follows(bo, ['agents']);
  });
});
