import { describe, expect, it } from 'vitest';
import type { Message } from '../../../fakes/discord/index.ts';
import { messageText } from '../../../fakes/discord/index.ts';
import { directTexts, eventually, MONDAY, TUESDAY } from '../bot-scene.ts';
import { follows, openScene, scene } from '../watched-bot.ts';

describe('a follow by an emoji', () => {
  /** Ada follows by an emoji and is asked; her question. */
  async function asked(): Promise<Message> {
    await openScene();
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
    await openScene();
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
