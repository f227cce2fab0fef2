import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS } from '../../../../src/domain/calendar.ts';
import type { Channel, Message } from '../../../fakes/discord/index.ts';
import { eventually } from '../bot-scene.ts';
import { follows, openScene, scene } from '../watched-bot.ts';

/** Everything that happens in `work` happens while the bot is away. */
async function away(work: () => void | Promise<void>): Promise<void> {
  await scene.stop();
  await work();
  await scene.start();
}

describe('what happened on a panel while the bot was away', () => {
  it('is made good at the start: made, taken away, and swapped with the same count', async () => {
    await openScene();
    const { ada, bo, grace } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    bo.react(panel, '🦾');
    await follows(ada, ['agents']);
    await follows(bo, ['robotics']);
    await away(() => {
      ada.unreact(panel, '🤖');
      bo.react(panel, '🤖');
      bo.unreact(panel, '🦾');
      grace.react(panel, '🦾');
    });
    expect(await scene.followed(ada)).toEqual([]);
    expect(await scene.followed(bo)).toEqual(['agents']);
    expect(await scene.followed(grace)).toEqual(['robotics']);
  });

  it('a later unfollow stands, though the emoji stands too', async () => {
    await openScene();
    const { ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    await ada.slash(channel, 'paper unfollow', { what: 'agents' });
    await scene.restart();
    expect(await scene.followed(ada)).toEqual([]);
    await away(() => {
      ada.unreact(panel, '🤖');
      ada.react(panel, '🤖');
    });
    expect(await scene.followed(ada)).toEqual([]);
    ada.unreact(panel, '🤖');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
  });

  it('whoever was forgotten is not taken up by an emoji that still stands', async () => {
    await openScene();
    const { ada, channel } = scene;
    const panel = await scene.panel('agents,robotics');
    ada.react(panel, '🤖');
    await follows(ada, ['agents']);
    await ada.slash(channel, 'paper forget-me', { confirm: true });
    await scene.restart();
    expect(await scene.followed(ada)).toEqual([]);
    ada.react(panel, '🦾');
    await follows(ada, ['robotics']);
  });

  it('counts however many people there are, bots left out', async () => {
    await openScene();
    const { fake, guild } = scene;
    const id = fake.addEmoji(guild, 'llama');
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: `<:llama:${id}>` });
    const panel = await scene.panel('llamas,agents');
    const crowd = Array.from({ length: 230 }, (_, index) => fake.addPerson({ name: `Person ${index}` }));
    const robot = fake.addPerson({ name: 'Robot', isBot: true });
    await away(() => {
      for (const person of [...crowd, robot]) {
        fake.join(guild, person);
        person.react(panel, `<:llama:${id}>`);
      }
    });
    for (const person of crowd) expect(await scene.followed(person)).toEqual(['llamas']);
    expect(await scene.followed(robot)).toEqual([]);
  });

  it('no more is looked at a panel that is gone, or whose channel is', async () => {
    await openScene();
    const { fake, guild, store } = scene;
    const other = fake.addChannel(guild, { name: 'other' });
    const [kept, gone] = [await scene.panel('agents'), await scene.panel('robotics')];
    await scene.panel('audio', other);
    await away(() => {
      fake.removeMessage(gone);
      fake.removeChannel(other);
    });
    const panels = await store.presence.panels('discord');
    expect(panels.map(({ messageId }) => messageId)).toEqual([kept.id]);
  });

  it('one that may not be read keeps none of the others back, and is watched on', async () => {
    await openScene();
    const { fake, guild, ada, store } = scene;
    const closed = fake.addChannel(guild, { name: 'closed' });
    await scene.panel('robotics', closed);
    const panel = await scene.panel('agents');
    await away(() => {
      fake.permit(closed, 'bot', { deny: ['ViewChannel'] });
      ada.react(panel, '🤖');
    });
    expect(await scene.followed(ada)).toEqual(['agents']);
    expect(await store.presence.panels('discord')).toHaveLength(2);
  });

  it('its emoji that are missing are put there again, by us and in their order', async () => {
    await openScene();
    const { fake, guild, ada } = scene;
    const id = fake.addEmoji(guild, 'llama');
    await scene.give('topics add', { name: 'Llamas', query: 'llama', emoji: `<:llama:${id}>` });
    const panel = await scene.panel('agents,vision,llamas,robotics');
    const before = [...panel.reactions.keys()];
    await scene.stop();
    for (const emoji of ['👁️', `<:llama:${id}>`, '🦾']) fake.clearReactions(panel, emoji);
    ada.react(panel, '👁️');
    fake.forget();
    await scene.start();
    await eventually(() => fake.count('PUT **/reactions/*/@me') === 3);
    expect([...panel.reactions.keys()].sort()).toEqual([...before].sort());
    expect(await scene.followed(ada)).toEqual(['vision']);
    fake.forget();
    await scene.restart();
    expect(fake.count('PUT **/reactions/*/@me')).toBe(0);
  });

  it('of one on which the bot may put no emoji nothing more is tried', async () => {
    await openScene();
    const { fake, channel } = scene;
    const panel = await scene.panel('agents,robotics,audio');
    await away(() => {
      fake.clearReactions(panel);
      fake.permit(channel, 'bot', { deny: ['AddReactions'] });
      fake.forget();
    });
    expect(fake.count('PUT **/reactions/*/@me')).toBe(1);
  });

  it('is looked at again until Discord answers', async () => {
    await openScene();
    const { fake, ada } = scene;
    const panel = await scene.panel('agents');
    await away(() => {
      ada.react(panel, '🤖');
      fake.fail('GET /channels/*/messages/*', { kind: 'status', status: 502 }, { times: 3 });
    });
    expect(await scene.followed(ada)).toEqual(['agents']);
  });

  it('what happens meanwhile waits, and is not undone by what was read before it', async () => {
    await openScene();
    const { fake, guild, ada, bo } = scene;
    const panel = await scene.panel('agents,robotics');
    const crowd = Array.from({ length: 250 }, (_, index) => fake.addPerson({ name: `Person ${index}` }));
    for (const person of crowd) fake.join(guild, person);
    for (const person of [ada, ...crowd]) person.react(panel, '🤖');
    await follows(crowd.at(-1) as (typeof crowd)[0], ['agents']);
    fake.forget();
    fake.clearReactions(panel, '🦾');
    // On the first page she still stood; another is yet to be read.
    await fake.until(() => fake.count('GET **/reactions/*') === 2);
    ada.unreact(panel, '🤖');
    bo.react(panel, '🦾');
    await follows(bo, ['robotics']);
    expect(await scene.followed(ada)).toEqual([]);
  });
});

describe('what happened on the papers of an edition in cards', () => {
  it('is made good for seven days', async () => {
    await openScene();
    const { ada, bo, clock } = scene;
    const { cards } = await scene.cards();
    const [first, second] = cards as [Message, Message];
    bo.react(second, '🤖');
    await follows(bo, ['agents']);
    await away(() => {
      clock.advance(6 * DAY_MS);
      ada.react(first, '🤖');
      ada.react(second, '🔖');
      bo.unreact(second, '🤖');
    });
    expect(await scene.followed(ada)).toEqual(['agents']);
    expect(await scene.saved(ada)).toHaveLength(1);
    expect(await scene.followed(bo)).toEqual([]);
    await away(() => {
      clock.set(addMs(clock.now(), 2 * DAY_MS));
      ada.unreact(first, '🤖');
    });
    expect(await scene.followed(ada)).toEqual(['agents']);
  });

  it('is read with one request where nothing happened', async () => {
    await openScene();
    await scene.cards();
    await scene.stop();
    scene.fake.forget();
    await scene.start();
    const looks = scene.fake.requests.filter(({ path }) => /\/messages/.test(path));
    expect(looks.map(({ method }) => method)).toEqual(['GET']);
  });

  it('also in a forum, and where the heading is gone', async () => {
    await openScene();
    const { fake, guild, ada, bo } = scene;
    const forum = fake.addChannel(guild, { name: 'posts', kind: 'forum' });
    await scene.give('feed add', { layout: 'cards', channel: forum.id, limit: 3 });
    const { cards } = await scene.cards();
    const [post] = fake.threads(forum) as [Channel];
    const [, inForum] = fake.messages(post) as [Message, Message];
    await away(() => {
      fake.removeMessage(fake.messages(scene.channel)[0] as Message);
      ada.react(cards[0] as Message, '🤖');
      bo.react(inForum, '🤖');
    });
    expect(await scene.followed(ada)).toEqual(['agents']);
    expect(await scene.followed(bo)).toEqual(['agents']);
  });
});
