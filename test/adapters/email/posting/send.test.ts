import { describe, expect, it } from 'vitest';
import { createDraw } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import type { Letter } from '../../../../adapters/email/posting/post.ts';
import { type SendNeeds, send } from '../../../../adapters/email/posting/send.ts';
import type { Message } from '../../../../src/adapter.ts';
import { DAY_MS } from '../../../../src/domain/calendar.ts';
import type { Json } from '../../../../src/domain/delivery.ts';
import { CardRejectedError, StoreError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import { TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { whole } from '../../../mail-checks/whole.ts';
import { drawnIn } from '../bench.ts';
import { createMemoryMailboxes } from '../memory-mailboxes.ts';
import { errorOf, LINKS, NOW, setScene } from './scene.ts';

const ADDRESS = 'reader@example.org';
const [PAYLOAD] = render(TEXT_CARD) as unknown as [Json];
const NOBODY = { kind: 'answer', code: 550, text: '5.1.1 Nobody of that name' } as const;
const UNWANTED = { kind: 'answer', code: 550, text: '5.7.1 It looks unwanted' } as const;

function aMessage(given: Partial<Message> = {}): Message {
  const destination = { platform: 'email', workspace: 'mail', channel: `@${ADDRESS}` } as const;
  return { id: 'mail-1@2026-11-23#0', destination, payload: PAYLOAD, ...given };
}

function anotherMessage(to: string): Message {
  return aMessage({ destination: { platform: 'email', workspace: 'mail', channel: `@${to}` } });
}

async function setUp() {
  const scene = await setScene();
  const mailboxes = createMemoryMailboxes();
  const clock = createFakeClock(NOW);
  const needs: SendNeeds = {
    ...{ post: scene.post, draw: createDraw(), links: { of: () => LINKS }, mailboxes, domain: 'example.org' },
    ...{ clock, log: silentLog },
  };
  return { ...scene, clock, mailboxes, needs };
}

describe('a mail of an edition', () => {
  it('is drawn with the links of its reader, under the id of its delivery', async () => {
    const { fake, needs, mailboxes } = await setUp();
    const id = await send(aMessage(), needs);
    expect(fake.mails.map(drawnIn)).toEqual([whole(createDraw()(PAYLOAD as never, LINKS))]);
    expect(fake.mails[0]?.parsed.messageId).toBe(id);
    expect(await send(aMessage(), needs)).toBe(id);
    expect(mailboxes.writes).toBe(0);
  });

  it('has the same id each time, and another one than what somebody who subscribed anew gets in its place', async () => {
    const { fake, needs } = await setUp();
    const [again] = render({ ...TEXT_CARD, title: 'Quokkas on another day' }) as unknown as [Json];
    const [first, repeated, other] = [
      await send(aMessage(), needs),
      await send(aMessage({ payload: JSON.parse(JSON.stringify(PAYLOAD)) as Json }), needs),
      await send(aMessage({ payload: again }), needs),
    ];
    expect(repeated).toBe(first);
    expect(other).not.toBe(first);
    expect(await send(aMessage({ id: 'mail-2@2026-11-23#0' }), needs)).not.toBe(first);
    expect(fake.mails.map(({ parsed }) => parsed.messageId).slice(0, 3)).toEqual([first, first, other]);
  });

  it.each([null, 'text', {}, { form: 2, card: TEXT_CARD }, { form: 1, card: { kind: 'song' } }])(
    'of a form that is not ours is rejected: %j',
    async (payload) => {
      const { fake, needs, mailboxes } = await setUp();
      const error = await errorOf(send(aMessage({ payload: payload as Json }), needs));
      expect(error).toMatchObject({ code: 'card-rejected', limit: 'the payload is one of ours' });
      expect([fake.connections.opened, mailboxes.writes]).toEqual([0, 0]);
    },
  );

  it('goes to one address and to no channel', async () => {
    const { fake, needs } = await setUp();
    const destination = { platform: 'email', workspace: 'mail', channel: 'everybody' } as const;
    const error = await errorOf(send(aMessage({ destination }), needs));
    expect(error).toMatchObject({ code: 'delivery-refused', reason: 'gone', channel: 'everybody' });
    expect(fake.connections.opened).toBe(0);
  });
});

describe('an address that refuses mail', () => {
  it('is closed with the third in a row, tried once a week, and open again with one that goes out', async () => {
    const { fake, clock, needs, mailboxes } = await setUp();
    const mend = fake.fail('recipient', NOBODY);
    const codes: unknown[] = [];
    for (let tries = 0; tries < 4; tries += 1) codes.push(await errorOf(send(aMessage(), needs)));
    expect(codes).toMatchObject([
      { code: 'card-rejected', limit: '550 5.1.1 Nobody of that name' },
      { code: 'card-rejected' },
      { code: 'delivery-refused', reason: 'gone', message: expect.stringContaining('3 mails in a row') },
      { code: 'delivery-refused', reason: 'gone' },
    ]);
    expect(fake.attempts.filter(({ hasFailed }) => hasFailed)).toHaveLength(3);
    expect(await mailboxes.get(ADDRESS)).toEqual({ refusals: 3, changedAt: NOW });
    mend();
    clock.advance(7 * DAY_MS - 1);
    expect(await errorOf(send(aMessage(), needs))).toMatchObject({ code: 'delivery-refused' });
    clock.advance(1);
    await send(aMessage(), needs);
    expect(await mailboxes.get(ADDRESS)).toBeUndefined();
    fake.fail('end', NOBODY, { times: 1 });
    expect(await errorOf(send(aMessage(), needs))).toMatchObject({ code: 'card-rejected' });
    expect(await mailboxes.get(ADDRESS)).toMatchObject({ refusals: 1 });
  });

  it.each([
    ['time', { kind: 'answer', code: 451, text: '4.7.1 Strangers wait' } as const],
    ['length', { kind: 'answer', code: 552, text: '5.3.4 Too long' } as const],
  ])('is not blamed for what is about %s', async (_what, fault) => {
    const { fake, needs, mailboxes } = await setUp();
    fake.fail('end', fault);
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await errorOf(send(aMessage(), needs))).not.toMatchObject({ code: 'delivery-refused' });
    }
    expect(await mailboxes.get(ADDRESS)).toBeUndefined();
  });

  it('by policy is closed too, while others get theirs', async () => {
    const { fake, needs, mailboxes } = await setUp();
    for (const code of ['card-rejected', 'card-rejected', 'delivery-refused']) {
      fake.fail('end', UNWANTED, { times: 1 });
      expect(await errorOf(send(aMessage(), needs))).toMatchObject({ code });
    }
    expect(await mailboxes.get(ADDRESS)).toEqual({ refusals: 3, changedAt: NOW });
    await send(anotherMessage('other@example.org'), needs);
    expect(fake.mails).toHaveLength(1);
  });

  it('by policy is not blamed where all are refused so', async () => {
    const { fake, needs, mailboxes } = await setUp();
    fake.fail('recipient', UNWANTED);
    for (const to of ['ada@example.org', 'ben@example.org'])
      expect(await errorOf(send(anotherMessage(to), needs))).toBeInstanceOf(CardRejectedError);
    expect(await errorOf(send(aMessage(), needs))).toMatchObject({
      ...{ code: 'delivery-unavailable', mayHaveArrived: false },
    });
    expect(await mailboxes.get(ADDRESS)).toBeUndefined();
  });

  it('is not blamed for a connection that broke', async () => {
    const { fake, needs, mailboxes } = await setUp();
    fake.fail('end', { kind: 'drop' }, { times: 4 });
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await errorOf(send(aMessage(), needs))).toMatchObject({ mayHaveArrived: true });
    }
    expect(mailboxes.writes).toBe(0);
  });
});

describe('an address that is blocked', () => {
  it.each(['bounced', 'complained'] as const)('is written to no more (%s)', async (blocked) => {
    const { fake, needs, mailboxes } = await setUp();
    mailboxes.put(ADDRESS, { refusals: 0, blocked, changedAt: NOW });
    const error = await errorOf(send(aMessage(), needs));
    expect(error).toMatchObject({ code: 'delivery-refused', reason: 'gone', channel: `@${ADDRESS}` });
    expect(fake.connections.opened).toBe(0);
  });

  it.each([
    ['goes out', undefined],
    ['is refused', NOBODY],
  ] as const)('while a mail is under way stays so where that %s', async (_how, fault) => {
    const { fake, needs, mailboxes } = await setUp();
    mailboxes.put(ADDRESS, { refusals: 1, changedAt: NOW });
    if (fault) fake.fail('end', fault);
    const blocked = { refusals: 1, blocked: 'complained', changedAt: NOW } as const;
    const post = {
      async send(letter: Letter, signal?: AbortSignal) {
        await needs.post.send(letter, signal).finally(() => mailboxes.put(ADDRESS, blocked));
      },
    };
    await errorOf(send(aMessage(), { ...needs, post }));
    expect(await mailboxes.get(ADDRESS)).toEqual(blocked);
  });
});

describe('where what is known of addresses cannot be read or kept', () => {
  const failure = new StoreError('read');

  it('nothing leaves', async () => {
    const { fake, needs, mailboxes } = await setUp();
    mailboxes.failWith(failure);
    const error = await errorOf(send(aMessage(), needs));
    expect(error).toMatchObject({ code: 'delivery-unavailable', mayHaveArrived: false, cause: failure });
    expect(fake.connections.opened).toBe(0);
  });

  it('what became of a mail is told all the same', async () => {
    const { fake, needs, mailboxes } = await setUp();
    mailboxes.put(ADDRESS, { refusals: 2, changedAt: NOW });
    const post = {
      async send(letter: Letter, signal?: AbortSignal) {
        mailboxes.failWith(failure);
        await needs.post.send(letter, signal);
      },
    };
    expect(await send(aMessage(), { ...needs, post })).toMatch(/^<.*@example\.org>$/);
    mailboxes.failWith(undefined);
    fake.fail('recipient', NOBODY, { times: 1 });
    expect(await errorOf(send(aMessage(), { ...needs, post }))).toMatchObject({ code: 'delivery-refused' });
  });

  it('an aborted signal goes before all', async () => {
    const { needs, mailboxes } = await setUp();
    mailboxes.failWith(failure);
    const reason = new Error('Stopped.');
    expect(await errorOf(send(aMessage(), needs, AbortSignal.abort(reason)))).toBe(reason);
  });
});
