import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../../src/domain/calendar.ts';
import { DeliveryUnavailableError } from '../../../../src/errors.ts';
import type { FakeMail, MailOptions, Stage } from '../../../fakes/mail/index.ts';
import { aLetter, DRAWN, errorOf, NOW, setScene } from './scene.ts';

/** More than lies between two programs of one machine. */
const HUGE = { ...DRAWN, text: { letter: 'A quokka learns to read.\r\n'.repeat(600_000), end: '' } };
const WAYS = ['always', 'starttls', 'never'] as const satisfies MailOptions['tls'][];
const BEFORE_THE_DOT = ['greeting', 'login', 'sender', 'recipient', 'body'] as const satisfies Stage[];

function unavailable(mayHaveArrived: boolean) {
  return { code: 'delivery-unavailable', platform: 'email', channel: '@reader@example.org', mayHaveArrived };
}

/** The mail waits for an answer that does not come. */
async function untilStuck(fake: FakeMail, stage: Stage): Promise<void> {
  const isThere = () => fake.attempts.some((one) => one.stage === stage);
  const isConnected = () => fake.connections.open > 0;
  await fake.until(stage === 'greeting' || stage === 'login' ? isConnected : isThere);
}

/** A mail whose body is not sent whole before its server has taken the first of it. */
function aLetterFor(stage: Stage) {
  return aLetter(stage === 'body' ? { drawn: HUGE } : {});
}

describe.each(WAYS)('a connection that breaks (TLS: %s)', (tls) => {
  it.each(BEFORE_THE_DOT)('at the %s: the mail surely did not arrive', async (stage) => {
    const { fake, post } = await setScene({ mail: { tls } });
    fake.fail(stage, { kind: 'drop' }, { times: 1 });
    const error = await errorOf(post.send(aLetterFor(stage)));
    expect(error).toBeInstanceOf(DeliveryUnavailableError);
    expect(error).toMatchObject(unavailable(false));
    expect(fake.mails).toEqual([]);
  });

  it.each([
    ['before the mail was kept', {}],
    ['after the mail was kept', { isKept: true }],
  ] as const)('after the dot, %s: nobody can tell', async (_when, kept) => {
    const { fake, post } = await setScene({ mail: { tls } });
    fake.fail('end', { kind: 'drop', ...kept }, { times: 1 });
    expect(await errorOf(post.send(aLetter()))).toMatchObject(unavailable(true));
    expect(fake.mails).toHaveLength('isKept' in kept ? 1 : 0);
    expect(fake.attempts).toHaveLength(1);
  });

  it('after the dot of a mail that is longer than a connection takes at once: nobody can tell', async () => {
    const { fake, post } = await setScene({ mail: { tls, parses: false } });
    fake.fail('end', { kind: 'drop', isKept: true }, { times: 1 });
    expect(await errorOf(post.send(aLetterFor('body')))).toMatchObject(unavailable(true));
    expect(fake.mails).toHaveLength(1);
  });
});

describe('a connection that breaks', () => {
  it.each(['127.0.0.1', 'localhost'])(
    'before it is there: the mail surely did not arrive (%s)',
    async (host) => {
      const { fake, post, reports } = await setScene({ url: { host } });
      await fake.stop();
      expect(await errorOf(post.send(aLetter()))).toMatchObject({
        ...unavailable(false),
        message: expect.stringContaining('ECONNREFUSED'),
      });
      expect(reports).toEqual([]);
    },
  );

  it('again and again is told to the operator after a quarter of an hour, until a mail goes out', async () => {
    const { fake, post, clock, reports } = await setScene();
    const mend = fake.fail('greeting', { kind: 'drop' });
    await errorOf(post.send(aLetter()));
    clock.advance(15 * MINUTE_MS);
    await errorOf(post.send(aLetter()));
    expect(reports).toEqual([]);
    clock.advance(1);
    await errorOf(post.send(aLetter()));
    const words = `^No mail has gone out since ${NOW}\\. The mail server gave no answer \\(.+\\)\\.$`;
    expect(reports).toEqual([expect.stringMatching(new RegExp(words))]);
    mend();
    await post.send(aLetter());
    expect(reports.slice(1)).toEqual([undefined]);
  });

  it.each(['sender', 'recipient', 'body'] as const)(
    'that has rested, at the %s: the mail goes by another one',
    async (stage) => {
      const { fake, post } = await setScene({ mail: { parses: false } });
      await post.send(aLetter());
      fake.fail(stage, { kind: 'drop' }, { times: 1 });
      await post.send(aLetterFor(stage));
      expect(fake.mails).toHaveLength(2);
      expect(fake.attempts).toHaveLength(3);
    },
  );

  it('that has rested, and is ended by its server in words: the mail goes by another one', async () => {
    const { fake, post } = await setScene();
    await post.send(aLetter());
    fake.fail('sender', { kind: 'answer', code: 421, text: '4.7.0 Enough for one connection' }, { times: 1 });
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(2);
    expect(fake.connections.opened).toBe(2);
  });

  it('that has rested, after the dot: the mail goes no second time', async () => {
    const { fake, post } = await setScene();
    await post.send(aLetter());
    fake.fail('end', { kind: 'drop', isKept: true }, { times: 1 });
    expect(await errorOf(post.send(aLetter()))).toMatchObject(unavailable(true));
    expect(fake.mails).toHaveLength(2);
  });
});

describe('a mail server that says nothing', () => {
  it.each(BEFORE_THE_DOT)(
    'at the %s: the mail is given up in time, and surely did not arrive',
    async (stage) => {
      const { fake, post, clock } = await setScene();
      fake.fail(stage, { kind: 'hang' }, { times: 1 });
      const sent = errorOf(post.send(aLetterFor(stage)));
      await untilStuck(fake, stage);
      clock.advance(15 * SECOND_MS);
      expect(await sent).toMatchObject({ ...unavailable(false), message: 'The mail server is too slow.' });
      await fake.until(() => fake.connections.open === 0);
      expect(fake.mails).toEqual([]);
    },
  );

  it('after the dot: is waited for', async () => {
    const { fake, post, clock } = await setScene();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.fail('end', { kind: 'wait', until: promise }, { times: 1 });
    const sent = post.send(aLetter());
    await untilStuck(fake, 'end');
    clock.advance(29 * SECOND_MS);
    resolve();
    await sent;
    expect(fake.mails).toHaveLength(1);
  });
});

describe.each(WAYS)('a mail that is given up (TLS: %s)', (tls) => {
  const reason = new Error('Stopped.');

  it('before: does not connect', async () => {
    const { fake, post } = await setScene({ mail: { tls } });
    await expect(post.send(aLetter(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(fake.connections.opened).toBe(0);
  });

  it.each(['greeting', 'login'] as const)('at the %s: gives the reason', async (stage) => {
    const { fake, post } = await setScene({ mail: { tls } });
    const stop = new AbortController();
    fake.fail(stage, { kind: 'hang' }, { times: 1 });
    const sent = errorOf(post.send(aLetter(), stop.signal));
    await untilStuck(fake, stage);
    stop.abort(reason);
    expect(await sent).toBe(reason);
    await fake.until(() => fake.connections.open === 0);
    expect(fake.attempts).toEqual([]);
  });

  it.each([
    ['sender', false],
    ['recipient', false],
    ['body', false],
    ['end', true],
  ] as const)('at the %s: says whether it may have arrived', async (stage, mayHaveArrived) => {
    const { fake, post } = await setScene({ mail: { tls } });
    const stop = new AbortController();
    fake.fail(stage, { kind: 'hang' }, { times: 1 });
    const sent = errorOf(post.send(aLetterFor(stage), stop.signal));
    await untilStuck(fake, stage);
    stop.abort(reason);
    expect(await sent).toMatchObject({ ...unavailable(mayHaveArrived), message: 'The mail was given up.' });
    await fake.until(() => fake.connections.open === 0);
    expect(fake.mails).toEqual([]);
  });

  it('leaves the next one its way', async () => {
    const { fake, post } = await setScene({ mail: { tls } });
    const stop = new AbortController();
    fake.fail('recipient', { kind: 'hang' }, { times: 1 });
    const sent = errorOf(post.send(aLetter(), stop.signal));
    await untilStuck(fake, 'recipient');
    stop.abort(reason);
    await sent;
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(1);
  });
});
