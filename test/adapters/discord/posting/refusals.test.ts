import { describe, expect, it } from 'vitest';
import { MOST_INVALID } from '../../../../adapters/discord/posting/brake.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import { PAPER_CARD, TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { fake, HEADING, open } from './posting-scene.ts';

describe('a channel that refuses', () => {
  it('is told by the permission that is missing there, which Discord does not name', async () => {
    const { adapter, message, channel } = await open();
    await adapter.send(message(HEADING, 'slot#0'));
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    const refused = { code: 'delivery-refused', reason: 'forbidden' };
    const error = await adapter.send(message(HEADING, 'slot#1')).catch((cause: Error) => cause);
    expect(error).toMatchObject(refused);
    expect(error).toHaveProperty('message', expect.stringContaining('lacks the permission Send Messages'));
  });

  it.each(['CreatePublicThreads', 'SendMessagesInThreads'] as const)('%s, of a paper', async (name) => {
    const { adapter, message, channel } = await open();
    const first = await adapter.send(message(HEADING, 'slot#0'));
    for (const whom of ['everyone', 'bot'] as const) fake.permit(channel, whom, { deny: [name] });
    const words = name.replace(/[A-Z]/g, ' $&').trim().replace('In', 'in');
    const refused = adapter.send(message(PAPER_CARD, 'slot#1', first));
    await expect(refused).rejects.toThrow(`lacks the permission ${words}`);
  });

  it('is told in general where Discord cannot be asked', async () => {
    const { adapter, message, channel } = await open();
    fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    fake.fail('GET /channels/*', { kind: 'cut-before' });
    const refused = { code: 'delivery-refused', reason: 'forbidden' };
    const sending = adapter.send(message(HEADING, 'slot#1'));
    await expect(sending).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('It needs View Channel, Send Messages'),
    });
  });
});

describe('what protects the bot', () => {
  it('a token that is refused is not shown again for ten minutes', async () => {
    const { adapter, message, clock } = await open();
    fake.resetToken('another-token');
    const send = () => adapter.send(message(TEXT_CARD, 'slot#0'));
    for (let count = 0; count < 20; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false });
    expect(fake.invalidRequests).toBe(1);
    fake.resetToken('loopback-token');
    clock.advance(10 * MINUTE_MS);
    await expect(send()).resolves.toMatch(/^\d+$/);
  });

  it('all rests after 500 refused requests in ten minutes, and goes on by itself', async () => {
    const { adapter, message, clock } = await open();
    const mend = fake.fail('POST /channels/*/messages', { kind: 'status', status: 403, code: 50013 });
    const send = () => adapter.send(message(TEXT_CARD, 'slot#0'));
    for (let count = 0; count < MOST_INVALID; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-refused' });
    for (let count = 0; count < 100; count += 1)
      await expect(send()).rejects.toMatchObject({ code: 'delivery-throttled' });
    expect(fake.invalidRequests).toBe(MOST_INVALID);
    mend();
    clock.advance(10 * MINUTE_MS);
    await expect(send()).resolves.toMatch(/^\d+$/);
  });

  it('a refusal that is not Discord’s own closes no channel', async () => {
    const { adapter, message } = await open();
    fake.fail('POST /channels/*/messages', { kind: 'status', status: 403 }, { times: 1 });
    const sent = adapter.send(message(TEXT_CARD, 'slot#0'));
    await expect(sent).rejects.toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false });
  });

  it('a 5xx after Discord took the message does not post it twice', async () => {
    const { adapter, message, channel } = await open();
    fake.fail('POST /channels/*/messages', { kind: 'status', status: 502, isHandled: true }, { times: 1 });
    const one = message(TEXT_CARD, 'slot#0');
    await expect(adapter.send(one)).rejects.toMatchObject({ mayHaveArrived: true });
    const messageId = await adapter.send(one);
    expect(fake.messages(channel).map(({ id }) => id)).toEqual([messageId]);
  });
});
