import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { emojiKey } from '../../src/domain/emoji.ts';
import { type Channel, type Message, messageText } from '../fakes/discord/index.ts';
import {
  AGENTS,
  addFeed,
  eventually,
  firstOf,
  openDiscordWorld,
  papersOn,
  posted,
  stop,
  TODAY,
  textOfAnswer,
} from './discord-world.ts';

const TOMORROW = addDays(TODAY, 1);
/** What a panel of twenty topics waits for: some five seconds by Discord's own limit. */
const OWN_REACTION = 'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me';

/** Whether somebody has put an emoji on a message. */
function bears({ reactions }: Message, emoji: string, who: string): boolean {
  return [...reactions.values()].some(
    ({ name, users }) => emojiKey(name) === emojiKey(emoji) && users.has(who),
  );
}

describe('people follow topics by emoji', () => {
  it('are asked once, get a digest when they want it, and what they did while the bot was away counts', async () => {
    await using world = await openDiscordWorld({
      limits: { routes: { [OWN_REACTION]: { limit: 20, perMs: 1000 } } },
    });
    const { fake, channel, ada, bo } = world;
    const cy = fake.addPerson({ name: 'Cy' });
    fake.join(world.guild, cy);
    const first = await world.start();
    await textOfAnswer(ada.slash(channel, 'paper topics panel'));
    const [panel] = posted(fake, channel) as [Message];
    await eventually(() => bears(panel, '🌍', fake.bot.id), 'all topics stand on the panel');
    bo.react(panel, '🤖');
    bo.react(panel, '🎬');
    const followed = () => textOfAnswer(bo.slash(channel, 'paper following'));
    await expect.poll(followed).toMatch(/Agents.*Video|Video.*Agents/s);
    await stop(first);

    bo.unreact(panel, '🎬');
    cy.react(panel, '🎬');
    expect(posted(fake, bo.dm())).toEqual([]);
    const second = await world.start();
    await eventually(() => posted(fake, bo.dm()).length > 0, 'the question comes');
    const [question] = posted(fake, bo.dm()) as [Message];
    expect(messageText(question)).toMatch(/You follow .*Agents/);
    await expect.poll(followed).not.toContain('Video');
    await expect.poll(() => textOfAnswer(cy.slash(channel, 'paper following'))).toContain('Video');
    await textOfAnswer(bo.press(question, 'Send it'));
    expect(posted(fake, bo.dm())).toHaveLength(1);
    await stop(second);

    world.setTime(`${TOMORROW}T09:00:30.000Z`);
    const third = await world.start();
    await eventually(() => posted(fake, bo.dm()).length > 1, 'the digest comes');
    const [, digest] = posted(fake, bo.dm()) as [Message, Message];
    expect(messageText(digest)).toMatch(new RegExp(`For you.*${AGENTS}`, 's'));
    // Whoever has not said that they want it gets none.
    expect(posted(fake, cy.dm()).map(messageText).join()).not.toContain('For you');
    const [, id = papersOn(digest)[0] ?? ''] = papersOn(digest);
    expect(papersOn(await firstOf(bo.choose(digest, 'Details of …', [id])))).toEqual([id]);
    await textOfAnswer(bo.slash(channel, 'paper forget-me', { confirm: true }));
    expect(await followed()).not.toContain('Agents');
    await stop(third);
  });

  it('and by those on the cards of an edition, where 🔖 saves', async () => {
    await using world = await openDiscordWorld();
    const { fake, channel, ada, bo } = world;
    const bot = await world.start();
    const id = await addFeed(world, { layout: 'cards', limit: 2 });
    await textOfAnswer(ada.slash(channel, 'paper feed run', { id }));
    const [thread] = fake.threads(channel) as [Channel];
    const cards = posted(fake, thread);
    expect(cards).toHaveLength(2);
    const [card] = cards as [Message];
    bo.react(card, '🔖');
    bo.react(card, '🤖');
    const saved = async () => papersOn(await firstOf(bo.slash(channel, 'paper saved')));
    await expect.poll(saved).toEqual(papersOn(card));
    await expect.poll(() => textOfAnswer(bo.slash(channel, 'paper following'))).toContain('Agents');
    bo.unreact(card, '🔖');
    await expect.poll(saved).toEqual([]);
    await stop(bot);
  });
});
