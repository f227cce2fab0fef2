import { expect, it } from 'vitest';
import { addMs, MINUTE_MS } from '../../../../src/domain/calendar.ts';
import type { Message } from '../../../fakes/discord/index.ts';
import { type BotScene, directTexts, MONDAY, openBot } from '../bot-scene.ts';

/** A feed whose channel closed to the bot since it was set up, and what its manager was told of it. */
async function closeChannel({ give, channel, fake, tickAt, grace }: BotScene): Promise<Message> {
  await give('feed add', { channel: channel.id, limit: 3 });
  fake.permit(channel, 'bot', { deny: ['SendMessages'] });
  await tickAt(MONDAY);
  const [told, ...others] = fake.messages(grace.dm());
  if (!told || others.length > 0) throw new Error('The manager was not told once.');
  return told;
}

it('a manager is told where and what is missing, mends it and has the edition by one press', async () => {
  await using scene = await openBot();
  const { fake, channel, grace, tickAt, clock } = scene;
  const told = await closeChannel(scene);
  const [text = ''] = directTexts(scene, grace);
  expect(text).toContain(`<#${channel.id}>`);
  expect(text).toContain('lacks the permission Send Messages');
  expect(text).not.toContain('doctor');
  const early = await grace.press(told, 'Resume');
  expect(JSON.stringify(early.messages[0]?.components)).toContain('lacks the permission Send Messages');
  expect((await scene.feeds())[0]?.state).toBe('suspended');
  fake.permit(channel, 'bot', { allow: ['SendMessages'] });
  await grace.press(told, 'Resume');
  await tickAt(addMs(clock.now(), MINUTE_MS));
  expect(fake.messages(channel)).toHaveLength(1);
  expect(directTexts(scene, grace).join()).toContain('All clear for feed feed01');
});

it.each(['deleted', 'locked'])('an edition whose thread is %s half-way comes whole', async (how) => {
  await using scene = await openBot();
  const { fake, channel, give, tickAt, clock } = scene;
  await give('feed add', { layout: 'cards', channel: channel.id, limit: 5 });
  let papers = 0;
  fake.onMessage((message, what) => {
    const isPaper = what === 'posted' && message.type === 0 && message.channel.parentId === channel.id;
    if (!isPaper) return;
    papers += 1;
    if (papers !== 2) return;
    if (how === 'deleted') fake.removeChannel(message.channel);
    else fake.archive(message.channel, { isLocked: true });
  });
  const slots = await tickAt(MONDAY);
  expect(slots).toMatchObject([{ state: 'posted' }]);
  expect((await scene.feeds())[0]?.state).toBe('active');
  // The heading, and what came after the second paper.
  expect(fake.messages(channel)).toHaveLength(1 + 3);
  await tickAt(addMs(clock.now(), MINUTE_MS));
  expect(fake.messages(channel)).toHaveLength(1 + 3);
});
