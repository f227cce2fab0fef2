import { describe, expect, it } from 'vitest';
import { isAddressRefused } from '../../../../adapters/email/posting/failures.ts';
import { MINUTE_MS } from '../../../../src/domain/calendar.ts';
import {
  CardRejectedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  PaperwireError,
} from '../../../../src/errors.ts';
import type { Stage } from '../../../fakes/mail/index.ts';
import { aLetter, errorOf, NOW, setScene } from './scene.ts';

const PLACE = { platform: 'email', channel: '@reader@example.org' };

/** What is to come of one answer: by its error, and by what the operator is told. */
interface Meaning {
  error: 'later' | 'not now' | 'unclear' | 'address' | 'message';
  /** A part of the sentence; absent where there is nothing for the operator to mend. */
  trouble?: string;
}

/** The error of each, and what it carries. */
const ERRORS = {
  later: [DeliveryThrottledError, { retryAfterMs: 15 * MINUTE_MS }],
  'not now': [DeliveryUnavailableError, { mayHaveArrived: false }],
  unclear: [DeliveryUnavailableError, { mayHaveArrived: true }],
  address: [CardRejectedError, { limit: expect.stringMatching(/^5/) }],
  message: [CardRejectedError, { limit: expect.stringMatching(/^5/) }],
} as const satisfies Record<Meaning['error'], unknown>;

const ANSWERS: readonly [Stage, number, string, Meaning][] = [
  ['greeting', 421, '4.3.2 Come back later', { error: 'not now' }],
  [
    'greeting',
    554,
    '5.7.1 You are on a list',
    { error: 'not now', trouble: 'does not let us in: 554 5.7.1 You' },
  ],
  ['login', 454, '4.7.0 Nobody can say who you are', { error: 'not now' }],
  [
    'login',
    535,
    '5.7.8 Wrong',
    { error: 'not now', trouble: 'the user and the password of SMTP_URL: 535 5.7.8' },
  ],
  ['sender', 451, '4.3.0 Not now', { error: 'not now' }],
  ['sender', 452, '4.3.1 The disk is full', { error: 'not now' }],
  [
    'sender',
    553,
    '5.7.1 Not yours',
    { error: 'not now', trouble: 'takes no mail from papers@example.org: 553' },
  ],
  ['recipient', 421, '4.4.5 Too busy', { error: 'not now' }],
  ['recipient', 450, '4.2.1 The mailbox is busy', { error: 'later' }],
  ['recipient', 451, '4.7.1 Strangers wait', { error: 'later' }],
  ['recipient', 452, '4.2.2 The mailbox is full', { error: 'later' }],
  ['recipient', 550, '5.1.1 Nobody of that name', { error: 'address' }],
  ['recipient', 550, 'Nobody of that name', { error: 'address' }],
  ['recipient', 550, '5.4.1 Nobody of that name', { error: 'address' }],
  ['recipient', 552, '5.2.2 The mailbox is full for good', { error: 'address' }],
  ['recipient', 556, '5.1.10 The domain takes no mail', { error: 'address' }],
  ['recipient', 530, '5.7.0 Log in first', { error: 'address' }],
  ['recipient', 550, '5.7.1 You may not', { error: 'address' }],
  ['recipient', 553, '5.1.8 Your own domain is unknown', { error: 'address' }],
  ['recipient', 503, 'First something else', { error: 'address' }],
  ['recipient', 555, '5.5.2 Not written so', { error: 'address' }],
  ['end', 421, '4.3.2 Closing', { error: 'not now' }],
  ['end', 451, '4.3.0 Not now', { error: 'later' }],
  ['end', 550, '5.1.1 Nobody of that name after all', { error: 'address' }],
  ['end', 554, 'It failed', { error: 'address' }],
  ['end', 552, '5.3.4 Too long', { error: 'message' }],
  ['end', 552, '5.2.3 Too long for this mailbox', { error: 'message' }],
  ['end', 554, '5.6.0 Not in this form', { error: 'message' }],
  ['end', 554, '5.7.1 It looks unwanted', { error: 'address' }],
  ['end', 354, 'Go on', { error: 'unclear' }],
];

describe('what a mail server answers', () => {
  it.each(ANSWERS)('at the %s: %i %s', async (stage, code, text, { error, trouble }) => {
    const { fake, post, reports } = await setScene();
    fake.fail(stage, { kind: 'answer', code, text }, { times: 1 });
    const failure = await errorOf(post.send(aLetter()));
    const [kind, carried] = ERRORS[error];
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ ...PLACE, ...carried, message: `The mail server says: ${code} ${text}` });
    expect(isAddressRefused(failure)).toBe(error === 'address');
    expect(reports).toEqual(trouble === undefined ? [] : [expect.stringContaining(trouble)]);
    expect(fake.mails).toEqual([]);
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(1);
    expect(reports.at(-1)).toBeUndefined();
  });

  it.each(['recipient', 'end'] as const)(
    'is about us once three addresses in a row were refused by policy at the %s, until a mail goes out',
    async (stage) => {
      const { fake, post, reports } = await setScene();
      const mend = fake.fail(stage, { kind: 'answer', code: 550, text: '5.7.1 It looks unwanted' });
      const codeFor = async (to: string) => {
        const error = await errorOf(post.send(aLetter({ to: `${to}@example.org` })));
        return error instanceof PaperwireError ? error.code : error;
      };
      for (const to of ['ada', 'ada', 'ada', 'ada', 'ben', 'ben'])
        expect([to, await codeFor(to)]).toEqual([to, 'card-rejected']);
      expect(reports).toEqual([]);
      for (const to of ['cid', 'ada']) expect(await codeFor(to)).toBe('delivery-unavailable');
      expect(reports).toEqual(['The mail server refuses what we send: 550 5.7.1 It looks unwanted']);
      mend();
      expect(await codeFor('dan')).toBeUndefined();
      fake.fail(stage, { kind: 'answer', code: 550, text: '5.7.1 It looks unwanted' });
      for (const to of ['cid', 'ada']) expect(await codeFor(to)).toBe('card-rejected');
      expect(reports.slice(1)).toEqual([undefined]);
    },
  );

  it.each([
    ['one address', ['ada', 'ada', 'ada', 'ada'], 0],
    ['everybody', ['ada', 'ben', 'cid', 'ada'], 1],
  ])('is told to the operator where %s is to wait for long: %j, %i times', async (_who, names, times) => {
    const { fake, post, clock, reports } = await setScene();
    fake.fail('recipient', { kind: 'answer', code: 451, text: '4.7.1 Strangers wait' });
    for (const name of names) {
      const error = await errorOf(post.send(aLetter({ to: `${name}@example.org` })));
      expect(error).toBeInstanceOf(DeliveryThrottledError);
      clock.advance(6 * MINUTE_MS);
    }
    const told = `No mail has gone out since ${NOW}. The mail server says: 451 4.7.1 Strangers wait`;
    expect(reports).toEqual(Array(times).fill(told));
  });

  it('leaves the connection to other mails after one was refused', async () => {
    const { fake, post } = await setScene();
    for (const stage of ['sender', 'recipient', 'end'] as const) {
      fake.fail(stage, { kind: 'answer', code: 550, text: '5.1.1 No' }, { times: 1 });
      await errorOf(post.send(aLetter()));
      await post.send(aLetter());
    }
    expect(fake.mails).toHaveLength(3);
    expect(fake.heard.filter((command) => command === 'RSET')).toHaveLength(3);
    // The second is for a mail that comes while the first is made ready.
    expect(fake.connections.opened).toBe(2);
  });

  it('is told in one line that anybody can read', async () => {
    const { fake, post } = await setScene();
    const text = '5.1.1 No \u001b[31mKäthe\u0007 \u202ehere';
    fake.fail('recipient', { kind: 'answer', code: 550, text }, { times: 1 });
    const error = (await errorOf(post.send(aLetter()))) as CardRejectedError;
    expect(error.limit).toBe('550 5.1.1 No [31mKäthe here');
    expect(error.message).toBe(`The mail server says: ${error.limit}`);
  });
});
