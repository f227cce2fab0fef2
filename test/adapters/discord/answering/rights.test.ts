import { REST, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { render } from '../../../../adapters/discord/cards/render.ts';
import { stamp } from '../../../../adapters/discord/cards/stamp.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Card } from '../../../../src/domain/card.ts';
import { type Message, messageText, type Person } from '../../../fakes/discord/index.ts';
import { type BotScene, eventually, openBot } from '../bot-scene.ts';

/** A message of the bot to somebody, whose buttons act in the server. */
async function sendTo(person: Person, { fake, guild }: BotScene, card: Card): Promise<Message> {
  const { body } = render(card)[0] ?? { body: { components: [] } };
  const message = { ...body, components: stamp(body.components, { home: guild.id }) };
  const rest = new REST({ api: fake.url }).setToken(fake.token);
  await rest.post(Routes.channelMessages(person.dm().id), { body: message });
  const [posted] = fake.messages(person.dm());
  if (!posted) throw new Error('Nothing was posted.');
  return posted;
}

/** From now on what waits for a turn among the deliveries waits until it is let go. */
function holdTurns({ clock }: BotScene): { held: () => number; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  clock.sleep = async () => {
    held += 1;
    await promise;
  };
  return { held: () => held, release: resolve };
}

describe('the rights of who presses in a direct message', () => {
  it('are asked at once, however many deliveries wait for their turn', async () => {
    await using scene = await openBot();
    const { fake, grace, channel } = scene;
    await scene.give('feed add', { channel: channel.id });
    const actions = [{ label: 'Feeds', command: 'feed list', options: {} }];
    const message = await sendTo(grace, scene, { kind: 'text', title: 'Yours', paragraphs: [], actions });
    const turns = holdTurns(scene);
    const waiting = Array.from({ length: 10 }, () => scene.give('feed add', { channel: channel.id }));
    await fake.until(() => turns.held() > 0);
    const answer = await grace.press(message, 'Feeds');
    expect(messageText((await answer.whenMessages(1))[0])).toContain('feed01');
    turns.release();
    await Promise.all(waiting);
  });
});

describe('who has left a server', () => {
  it('erases by a direct message what there is of them in it', async () => {
    await using scene = await openBot();
    const { fake, guild, channel, ada, grace } = scene;
    for (const one of [ada, grace]) await one.slash(channel, 'paper follow', { what: 'agents' });
    await (await ada.slash(channel, 'paper save', { paper: '2611.00001' })).whenMessages(1);
    await eventually(async () => (await scene.saved(ada)).length > 0);
    fake.leave(guild, ada);
    const [question] = await (await ada.slash(ada.dm(), 'paper forget-me')).whenMessages(1);
    if (!question) throw new Error('It does not ask.');
    expect(messageText(question)).toContain('in every workspace');
    const [told] = await (await ada.press(question, 'Erase')).whenMessages(1);
    expect(messageText(told)).toContain('1 subscription, 1 saved paper, 0 ratings, 1 digest.');
    expect([await scene.followed(ada), await scene.saved(ada)]).toEqual([[], []]);
    expect(await scene.followed(grace)).toEqual(['agents']);
  });

  it('is shown nothing of it by an old button, and still ends what they follow there', async () => {
    await using scene = await openBot();
    const { fake, guild, channel, ada } = scene;
    await scene.give('feed add', { channel: channel.id });
    await (await ada.slash(channel, 'paper follow', { what: 'agents' })).whenMessages(1);
    const actions = [
      { label: 'Status', command: 'status', options: {} },
      { label: 'Unfollow', command: 'unfollow', options: { what: 'agents' } },
    ];
    const message = await sendTo(ada, scene, { kind: 'text', title: 'Yours', paragraphs: [], actions });
    const status = async () => messageText((await (await ada.press(message, 'Status')).whenMessages(1))[0]);
    expect(await status()).toContain('feed01');
    fake.leave(guild, ada);
    scene.clock.advance(2 * MINUTE_MS);
    expect(await status()).not.toContain('feed01');
    await (await ada.press(message, 'Unfollow')).whenMessages(1);
    expect(await scene.followed(ada)).toEqual([]);
  });
});
