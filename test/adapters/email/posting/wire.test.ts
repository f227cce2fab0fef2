import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraw } from '../../../../adapters/email/cards/draw.ts';
import { render } from '../../../../adapters/email/cards/payload.ts';
import { messageIdOf } from '../../../../adapters/email/posting/message-id.ts';
import { createPost, type Letter } from '../../../../adapters/email/posting/post.ts';
import { systemClock } from '../../../../src/clock.ts';
import { ConfigError } from '../../../../src/errors.ts';
import { silentLog } from '../../../../src/log.ts';
import {
  aHostileCard,
  aList,
  HOSTILE_TEXTS,
  LONG,
  PAPER_CARD,
  USUAL,
} from '../../../contracts/adapter-cards.ts';
import { readSignature } from '../../../fakes/mail/dkim.ts';
import type { FakeMail, Mail } from '../../../fakes/mail/index.ts';
import { whole } from '../../../mail-checks/whole.ts';
import { drawnIn } from '../bench.ts';
import { aLetter, DRAWN, errorOf, FROM, LINKS, setScene } from './scene.ts';

/** The head of a mail by names, each value unfolded; the lines as they came. */
function headOf({ raw }: Mail): {
  names: string[];
  get: (name: string) => string | undefined;
  lines: string[];
} {
  const text = raw.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const fields = head
    .split(/\r\n(?![ \t])/)
    .map((field) => field.split(/:\s*/, 1).concat(field.replace(/^[^:]*:\s*/, '')));
  return {
    names: fields.map(([name = '']) => name.toLowerCase()).sort(),
    get: (name) =>
      fields.find(([own]) => own?.toLowerCase() === name.toLowerCase())?.[1]?.replace(/\r\n/g, ''),
    lines: head.split('\r\n'),
  };
}

const HEADERS = [
  ...[
    'auto-submitted',
    'content-type',
    'date',
    'from',
    'list-id',
    'list-unsubscribe',
    'list-unsubscribe-post',
  ],
  ...['message-id', 'mime-version', 'reply-to', 'subject', 'to'],
];

async function sendOne(
  letter: Letter,
  given: Parameters<typeof setScene>[0] = {},
): Promise<[Mail, FakeMail]> {
  const { fake, post } = await setScene(given);
  await post.send(letter);
  const [mail] = fake.mails;
  if (!mail) throw new Error('No mail arrived.');
  return [mail, fake];
}

describe('the head of a mail', () => {
  it('says whom it is from and for, and how to end it by one press', async () => {
    const [mail] = await sendOne(aLetter({ messageId: 'feed@2026-11-23#0' }));
    const { names, get } = headOf(mail);
    expect(names).toEqual(HEADERS);
    expect(get('From')).toBe(FROM);
    expect(get('Reply-To')).toBe(FROM);
    expect(get('To')).toBe('reader@example.org');
    expect(get('Date')).toBe('Mon, 23 Nov 2026 09:00:00 +0000');
    expect(get('Message-ID')).toBe(messageIdOf('feed@2026-11-23#0', 'example.org'));
    expect(get('List-Unsubscribe')).toBe(`<${LINKS.unsubscribe}>`);
    expect(get('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(get('List-Id')).toBe('<paperwire.example.org>');
    expect(get('Auto-Submitted')).toBe('auto-generated');
    expect([mail.from, mail.to]).toEqual(['papers@example.org', 'reader@example.org']);
  });

  it('says of no list where nothing more will come', async () => {
    const { links: _, ...letter } = aLetter();
    const [mail] = await sendOne(letter);
    expect(headOf(mail).names).toEqual(HEADERS.filter((name) => !name.startsWith('list-')));
  });

  it('carries a long link whole, in one line', async () => {
    const unsubscribe = `${LINKS.unsubscribe}${'Aa0-_'.repeat(100)}`;
    const [mail] = await sendOne(aLetter({ links: { ...LINKS, unsubscribe } }));
    expect(headOf(mail).lines).toContain(`List-Unsubscribe: <${unsubscribe}>`);
  });

  it('names a sender with letters beyond ASCII, or without a name', async () => {
    const [named] = await sendOne(aLetter(), { from: 'Päper "wire", Inc. <papers@example.org>' });
    expect(named.parsed.from?.value).toEqual([{ name: 'Päper "wire", Inc.', address: 'papers@example.org' }]);
    const [unnamed] = await sendOne(aLetter(), { from: 'papers@bücher.example' });
    expect(headOf(unnamed).get('From')).toBe('papers@xn--bcher-kva.example');
    expect(headOf(unnamed).get('Message-ID')).toMatch(/^<[\da-f]{40}@xn--bcher-kva\.example>$/);
  });

  it('cannot be added to by a subject, whatever stands in it', async () => {
    const { fake, post } = await setScene();
    const subjects = [
      ...HOSTILE_TEXTS,
      'One\r\nBcc: all@example.org',
      'One\n\n<b>body</b>',
      '=?utf-8?q?=0D=0ABcc:_x?=',
    ];
    for (const subject of subjects) await post.send(aLetter({ drawn: { ...DRAWN, subject } }));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), async (subject) => {
        await post.send(aLetter({ drawn: { ...DRAWN, subject: `x${subject}` } }));
      }),
    );
    for (const mail of fake.mails) {
      const { names, lines } = headOf(mail);
      expect(names).toEqual(HEADERS);
      for (const line of lines) expect(line).toMatch(/^[\t\x20-\x7e]{1,998}$/);
      expect(mail.to).toBe('reader@example.org');
      expect(drawnIn(mail)).toMatchObject({ html: whole(DRAWN).html });
    }
  });
});

describe('an address', () => {
  it.each([
    'reader@example.org\r\nBcc: all@example.org',
    'reader@example.org>\r\nRCPT TO:<all@example.org',
    'reader@example.org, all@example.org',
    'reader@example.org;all@example.org',
    'Reader <reader@example.org>',
    '"reader"@example.org',
    '"a b, c"@example.org',
    'all: reader@example.org;',
    'reader@example.org SIZE=1',
    'reader(all@example.org)@example.org',
    'reader',
    '@example.org',
    '',
  ])('that is more, or less, than one is written to nobody: %j', async (to) => {
    const { fake, post } = await setScene();
    const error = await errorOf(post.send(aLetter({ to })));
    expect(error).toMatchObject({ code: 'delivery-refused', reason: 'gone', channel: `@${to}` });
    expect(fake.connections.opened).toBe(0);
  });

  it('of a domain in other letters is asked for in ASCII', async () => {
    const [mail, fake] = await sendOne(aLetter({ to: 'reader@bücher.example' }));
    expect(fake.heard).toContain('RCPT TO:<reader@xn--bcher-kva.example>');
    expect(headOf(mail).get('To')).toBe('reader@xn--bcher-kva.example');
    expect(mail.isInternational).toBe(false);
  });

  it('with other letters before its @ goes to a server that takes it', async () => {
    const [mail] = await sendOne(aLetter({ to: 'käthe@example.org' }));
    expect(mail.isInternational).toBe(true);
    expect(mail.to).toBe('käthe@example.org');
    expect(Buffer.from(headOf(mail).get('To') ?? '', 'latin1').toString()).toBe('käthe@example.org');
  });

  it('with other letters before its @ is refused where the server takes none', async () => {
    const { fake, post } = await setScene({ mail: { isInternational: false } });
    expect(await errorOf(post.send(aLetter({ to: 'käthe@example.org' })))).toMatchObject({
      ...{ code: 'delivery-refused', reason: 'forbidden', channel: '@käthe@example.org' },
      message: expect.stringMatching(/^The mail server takes no address .*SMTPUTF8.*\.$/),
    });
    expect(fake.attempts).toEqual([]);
    await post.send(aLetter());
    expect(fake.mails).toHaveLength(1);
  });
});

describe('what was drawn', () => {
  const draw = createDraw();

  it('arrives as it is', async () => {
    const { fake, post } = await setScene();
    const cards = [aList(10, () => USUAL), aList(50, () => LONG), PAPER_CARD];
    const drawn = cards.flatMap((card) => render(card)).map((payload) => draw(payload, LINKS));
    for (const one of drawn) await post.send(aLetter({ drawn: one }));
    expect(fake.mails.map(drawnIn)).toEqual(drawn.map(whole));
  });

  it('arrives as it is, whatever stands in it', async () => {
    const { fake, post } = await setScene();
    await fc.assert(
      fc.asyncProperty(aHostileCard, async (card) => {
        fake.forget();
        const drawn = render(card).map((payload) => draw(payload, LINKS));
        for (const one of drawn) await post.send(aLetter({ drawn: one }));
        expect(fake.mails.map(drawnIn)).toEqual(drawn.map(whole));
      }),
    );
  });

  it('keeps dots that begin a line, and lines longer than SMTP takes', async () => {
    const text = `.\n..\n.x\n${'word '.repeat(1000).trim()}\n.\n`;
    const html = `<p>\n.\n</p>${'<b>x</b>'.repeat(1000)}\n.\n`;
    // Wherever what all readers get alike ends, the line that goes on with each one's own is no longer either.
    for (const at of [0, 1, 7, 73, 74, 75, 76, 77, 78, 500, text.length]) {
      const cut = (all: string) => ({ letter: all.slice(0, at), end: all.slice(at) });
      const [mail] = await sendOne(aLetter({ drawn: { ...DRAWN, text: cut(text), html: cut(html) } }));
      expect(drawnIn(mail)).toEqual({ ...DRAWN, text, html });
      const raw = mail.raw.toString('latin1');
      for (const line of raw.slice(raw.indexOf('\r\n\r\n')).split('\r\n'))
        expect(line.length).toBeLessThanOrEqual(76);
    }
  });
});

describe('a signature', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkimWith = (key: KeyObject, type: 'pkcs1' | 'pkcs8' = 'pkcs8') => ({
    ...{ domain: 'example.org', selector: 'autumn' },
    privateKey: key.export({ type, format: 'pem' }).toString(),
  });

  it.each(['pkcs1', 'pkcs8'] as const)('proves who sent all that a reader relies on (%s)', async (type) => {
    const drawn = createDraw()(render(aList(10, () => USUAL))[0] as never, LINKS);
    const [mail] = await sendOne(aLetter({ drawn }), { dkim: dkimWith(rsa.privateKey, type) });
    expect(readSignature(mail.raw, rsa.publicKey)).toEqual({
      ...{ domain: 'example.org', selector: 'autumn' },
      signed: expect.arrayContaining(HEADERS),
    });
    expect(drawnIn(mail)).toEqual(whole(drawn));
  });

  it('proves nothing once something was changed', async () => {
    const [{ raw }] = await sendOne(aLetter(), { dkim: dkimWith(rsa.privateKey) });
    const changed = (from: string, to: string) =>
      Buffer.from(raw.toString('latin1').replace(from, to), 'latin1');
    const faultOf = (bytes: Buffer) => readSignature(bytes, rsa.publicKey)?.fault;
    expect(faultOf(raw)).toBeUndefined();
    expect(faultOf(changed('Quokkas', 'Wombats'))).toBe('the body was changed');
    expect(faultOf(changed('email/unsubscribe', 'email/elsewhere'))).toBe('the head was changed');
    expect(faultOf(changed('One-Click', 'Two-Click'))).toBe('the head was changed');
    expect(faultOf(changed('Papers of', 'Wombats of'))).toBe('the head was changed');
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(readSignature(raw, other.publicKey)?.fault).toBe('the head was changed');
  });

  it('is none without a key', async () => {
    const [mail] = await sendOne(aLetter());
    expect(readSignature(mail.raw, rsa.publicKey)).toBeUndefined();
  });

  it.each([
    ['another kind', dkimWith(generateKeyPairSync('ed25519').privateKey)],
    ['no key', { ...dkimWith(rsa.privateKey), privateKey: 'no key' }],
  ])('is not promised with a key of %s', (_kind, dkim) => {
    const config = { smtpUrl: 'smtp://127.0.0.1', from: FROM, clock: systemClock, log: silentLog };
    expect(() => createPost({ ...config, dkim })).toThrow(ConfigError);
  });
});

describe('a Message-ID', () => {
  it('is the same for the same delivery, and another for another', () => {
    const id = messageIdOf('mail-1@2026-11-23#0', 'example.org');
    expect(id).toMatch(/^<[\da-f]{40}@example\.org>$/);
    expect(messageIdOf('mail-1@2026-11-23#0', 'example.org')).toBe(id);
    expect(messageIdOf('mail-1@2026-11-23#1', 'example.org')).not.toBe(id);
    expect(messageIdOf(id, 'example.com')).toBe(id);
  });

  it('is made anew of what only looks like one', () => {
    for (const id of ['<a@b>\r\nBcc: <c@d>', '<a b@c>', '<@c>', '<a@b><c@d>']) {
      expect(messageIdOf(id, 'example.org')).toMatch(/^<[\da-f]{40}@example\.org>$/);
    }
  });
});
