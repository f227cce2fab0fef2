import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { aLetter, errorOf, setScene } from './scene.ts';

/** It leads to this machine, and nobody knows that: what is sent there is sent as to any other. */
const ELSEWHERE = { host: '0.0.0.0' };

const known = getCACertificates('default');
afterEach(() => setDefaultCACertificates(known));

function trust(cert: string): void {
  setDefaultCACertificates([...known, cert]);
}

describe('with a password', () => {
  it.each(['always', 'starttls'] as const)(
    'a mail is encrypted by a certificate that proves something (%s)',
    async (tls) => {
      const { fake, post, reports } = await setScene({ mail: { tls }, url: ELSEWHERE });
      trust(fake.cert);
      await post.send(aLetter());
      expect(fake.mails).toMatchObject([{ isSafe: true }]);
      expect(reports).toEqual([undefined]);
    },
  );

  it.each(['always', 'starttls'] as const)('nothing is said to whoever proves nothing (%s)', async (tls) => {
    const { fake, post, reports } = await setScene({ mail: { tls }, url: ELSEWHERE });
    expect(await errorOf(post.send(aLetter()))).toMatchObject({
      ...{ code: 'delivery-unavailable', mayHaveArrived: false },
    });
    expect(fake.heard.filter((command) => !/^(EHLO|STARTTLS)/.test(command))).toEqual([]);
    expect(reports).toEqual([
      expect.stringMatching(/^No safe connection to the mail server can be made: .*self-signed/),
    ]);
  });

  it('nothing is said to a server that does not encrypt', async () => {
    const { fake, post, reports } = await setScene({ mail: { tls: 'never' }, url: ELSEWHERE });
    expect(await errorOf(post.send(aLetter()))).toMatchObject({ mayHaveArrived: false });
    expect(fake.heard.filter((command) => !/^(EHLO|STARTTLS)/.test(command))).toEqual([]);
    expect(reports).toEqual([expect.stringMatching(/^No safe connection/)]);
  });
});

describe('without a password', () => {
  it('a mail is encrypted where the server can, by whatever certificate', async () => {
    const { fake, post } = await setScene({ mail: { tls: 'starttls', needsLogin: false }, url: ELSEWHERE });
    await post.send(aLetter());
    expect(fake.mails).toMatchObject([{ isSafe: true }]);
  });

  it('a mail goes openly where the server cannot', async () => {
    const { fake, post } = await setScene({ mail: { tls: 'never', needsLogin: false }, url: ELSEWHERE });
    await post.send(aLetter());
    expect(fake.mails).toMatchObject([{ isSafe: false }]);
  });

  it('smtps:// wants a certificate that proves something', async () => {
    const { fake, post } = await setScene({ mail: { needsLogin: false }, url: ELSEWHERE });
    expect(await errorOf(post.send(aLetter()))).toMatchObject({ mayHaveArrived: false });
    trust(fake.cert);
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(1);
  });
});

describe('to this machine itself', () => {
  it.each(['always', 'starttls', 'never'] as const)('a mail goes as the server can (%s)', async (tls) => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const { fake, post } = await setScene({ mail: { tls }, url: { host } });
      await post.send(aLetter());
      expect(fake.mails).toMatchObject([{ isSafe: tls !== 'never' }]);
    }
  });
});
