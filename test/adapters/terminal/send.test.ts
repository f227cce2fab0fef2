import { describe, expect, it } from 'vitest';
import { createTerminalAdapter } from '../../../adapters/terminal/index.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { directTo } from '../../../src/domain/feed.ts';
import { CardRejectedError, DeliveryUnavailableError } from '../../../src/errors.ts';
import { TEXT_CARD } from '../../contracts/adapter-cards.ts';

const DESTINATION = { platform: 'terminal', workspace: 'terminal', channel: 'window' } as const;

function adapterThat(write: (text: string) => void | Promise<void>, columns = () => 80) {
  return createTerminalAdapter({ write, columns, isTty: true, hasColor: true, hasLinks: false });
}

function deliver(write: (text: string) => void | Promise<void>, payload?: Json) {
  const adapter = adapterThat(write);
  const rendered = adapter.render(TEXT_CARD)[0] ?? null;
  return adapter.send({ id: 'slot#0', destination: DESTINATION, payload: payload ?? rendered });
}

describe('sending to a terminal', () => {
  it('answers with the id of the delivery, after one write of the whole card', async () => {
    const written: string[] = [];
    expect(await deliver((text) => void written.push(text))).toBe('slot#0');
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/An answer.*\n\n$/s);
  });

  it('lays the card out for the window as it is when it is written', async () => {
    const written: string[] = [];
    let columns = 80;
    const adapter = adapterThat(
      (text) => void written.push(text),
      () => columns,
    );
    const payload = adapter.render({ ...TEXT_CARD, paragraphs: ['word '.repeat(20)] })[0] ?? null;
    columns = 30;
    await adapter.send({ id: 'slot#0', destination: DESTINATION, payload });
    expect(Math.max(...(written[0] ?? '').split('\n').map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  it.each(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])(
    '%s: nobody reads it',
    async (code) => {
      const cause = Object.assign(new Error('write failed'), { code });
      const error = await deliver(() => Promise.reject(cause)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DeliveryUnavailableError);
      expect(error).toMatchObject({ platform: 'terminal', channel: 'window', mayHaveArrived: false, cause });
      expect(String(error)).toContain(code);
    },
  );

  it.each([Object.assign(new Error('full'), { code: 'ENOSPC' }), new Error('odd'), 'text', undefined])(
    'may have been written in part: %s',
    async (cause) => {
      const write = () => {
        throw cause;
      };
      await expect(deliver(write)).rejects.toMatchObject({
        code: 'delivery-unavailable',
        mayHaveArrived: true,
      });
    },
  );

  it.each<{ payload: Json }>([
    { payload: 'text' },
    { payload: 7 },
    { payload: {} },
    { payload: [] },
    { payload: { kind: 'list' } },
    { payload: { kind: 'poem', title: 'x' } },
  ])('refuses what is no card: %j', async ({ payload }) => {
    const written: string[] = [];
    const sending = deliver((text) => void written.push(text), payload);
    await expect(sending).rejects.toBeInstanceOf(CardRejectedError);
    expect(written).toEqual([]);
  });

  it('may have been written where it is stopped in the middle', async () => {
    const stop = new AbortController();
    const reason = new Error('Stopped.');
    const adapter = adapterThat(() => new Promise(() => {}));
    const payload = adapter.render(TEXT_CARD)[0] ?? null;
    const sending = adapter.send({ id: 'x', destination: DESTINATION, payload }, stop.signal);
    stop.abort(reason);
    await expect(sending).rejects.toMatchObject({
      code: 'delivery-unavailable',
      message: 'The terminal did not take the message (stopped in the middle).',
      mayHaveArrived: true,
      cause: reason,
    });
  });

  it('shows what is for the operator alone like the rest', async () => {
    const written: string[] = [];
    const adapter = adapterThat((text) => void written.push(text));
    const payload = adapter.render(TEXT_CARD)[0] ?? null;
    await adapter.send({ id: 'one', destination: DESTINATION, payload });
    await adapter.send({ id: 'two', destination: directTo(DESTINATION, 'operator'), payload });
    expect(written[1]).toBe(written[0]);
  });
});
