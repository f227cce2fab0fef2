import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/adapter.ts';
import { addMs, HOUR_MS } from '../../../../src/domain/calendar.ts';
import { PAPER_CARD } from '../../../contracts/adapter-cards.ts';
import type { Channel } from '../../../fakes/discord/index.ts';
import { fake, HEADING, open, titles } from './posting-scene.ts';

describe('a thread that is closed half-way', () => {
  type Scene = Awaited<ReturnType<typeof open>>;
  const closings: [string, (thread: Channel) => void][] = [
    ['deleted', (thread) => fake.removeChannel(thread)],
    ['locked', (thread) => fake.archive(thread, { isLocked: true })],
    [
      'locked and open',
      (thread) => {
        fake.archive(thread, { isLocked: true });
        fake.unarchive(thread);
      },
    ],
  ];

  /** What the line does when it is asked for the message again: once, with the same. */
  async function sendAgain(adapter: Scene['adapter'], message: Message): Promise<string> {
    await expect(adapter.send(message)).rejects.toMatchObject({
      code: 'delivery-throttled',
      retryAfterMs: 0,
    });
    return await adapter.send(message);
  }

  /** Its rest stands in the channel, where it is found and brought up to date. */
  async function expectBeside({ create, message, clock, channel }: Scene, first: string, messageId: string) {
    expect(titles(channel)).toHaveLength(2);
    const paper = message(PAPER_CARD, 'slot#2', first);
    const since = addMs(clock.now(), -HOUR_MS);
    expect(await create().find(paper, since)).toEqual({ kind: 'found', messageId });
    const { payload } = message({ ...PAPER_CARD, notes: ['Newer'] }, 'slot#2', first);
    await create().edit?.({ ...paper, payload, messageId });
    expect(titles(channel).join()).toContain('Newer');
  }

  it.each(closings)('%s leaves the rest to the channel', async (_, close) => {
    const scene = await open();
    const { adapter, message, channel } = scene;
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    close(fake.threads(channel)[0] as Channel);
    await expectBeside(scene, first, await sendAgain(adapter, message(PAPER_CARD, 'slot#2', first)));
    await adapter.send(message(PAPER_CARD, 'slot#3', first));
    expect(titles(channel)).toHaveLength(3);
  });

  it.each(closings)('%s leaves the rest to the channel after a restart too', async (_, close) => {
    const scene = await open();
    const { adapter, create, message, channel } = scene;
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    close(fake.threads(channel)[0] as Channel);
    await expectBeside(scene, first, await sendAgain(create(), message(PAPER_CARD, 'slot#2', first)));
  });

  it('is opened by the next message where it was only folded away', async () => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    await adapter.send(message(PAPER_CARD, 'slot#1', first));
    const [thread] = fake.threads(channel) as [Channel];
    fake.archive(thread);
    await adapter.send(message(PAPER_CARD, 'slot#2', first));
    expect([titles(channel).length, titles(thread).length]).toEqual([1, 2]);
  });

  it.each([160006, 160007])('is not needed where no more may be open (%i)', async (code) => {
    const scene = await open();
    const { adapter, message } = scene;
    const mend = fake.fail('POST /channels/*/messages/*/threads', { kind: 'status', status: 400, code });
    const first = await adapter.send(message(HEADING, 'slot#0'));
    const messageId = await adapter.send(message(PAPER_CARD, 'slot#2', first));
    mend();
    await expectBeside(scene, first, messageId);
  });

  it.each([false, true])(
    'as a post of a forum leaves the rest to new posts; restarted: %s',
    async (isNew) => {
      const { adapter, create, message, channel, clock } = await open('forum');
      const first = await adapter.send(message(HEADING, 'slot#0'));
      fake.archive(fake.threads(channel)[0] as Channel, { isLocked: true });
      const paper = message(PAPER_CARD, 'slot#1', first);
      const sender = isNew ? create() : adapter;
      const messageId = await sendAgain(sender, paper);
      // Nothing compares a new post with an earlier one.
      expect(sender.repeatableForMs(paper)).toBe(0);
      const since = addMs(clock.now(), -HOUR_MS);
      expect(await create().find(paper, since)).toEqual({ kind: 'found', messageId });
      const { payload } = message({ ...PAPER_CARD, notes: ['Newer'] }, 'slot#1', first);
      await create().edit?.({ ...paper, payload, messageId });
      expect(titles(fake.channel(messageId) as Channel).join()).toContain('Newer');
    },
  );
});
