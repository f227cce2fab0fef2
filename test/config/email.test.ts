import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeFolder, problems } from './configs.ts';

const folder = makeFolder();

const MAIL = {
  SMTP_URL: 'smtps://papers%40example.org:pa%2Fss@mail.example.org',
  MAIL_FROM: 'Paperwire <papers@example.org>',
  PUBLIC_URL: 'https://papers.example.org/',
};

/** A private key in a file of its own. */
function keyFile(name: string, pem: string): string {
  const file = join(folder, name);
  writeFileSync(file, pem);
  return file;
}

const rsa = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

describe('e-mail', () => {
  it('is set up by none of its variables', () => {
    expect(readConfig({})).not.toHaveProperty('email');
  });

  it('is set up by a mail server, a sender and the address of the links', () => {
    const config = readConfig(MAIL);
    expect(config.email).toEqual({
      smtpUrl: MAIL.SMTP_URL,
      from: 'Paperwire <papers@example.org>',
      publicUrl: 'https://papers.example.org',
    });
    expect(config.web.hasPlayground).toBe(false);
  });

  it('never shows the password, in whatever form', () => {
    expect(readConfig(MAIL).secrets).toEqual(['pa%2Fss', 'pa/ss']);
    const SMTP_URL_FILE = keyFile('smtp', 'smtp://u:from-a-file@127.0.0.1:2525\n');
    const { SMTP_URL: _, ...rest } = MAIL;
    const config = readConfig({ ...rest, SMTP_URL_FILE });
    expect(config.email?.smtpUrl).toBe('smtp://u:from-a-file@127.0.0.1:2525');
    expect(config.secrets).toEqual(['from-a-file']);
  });

  it('shares its key with the other processes of a store', () => {
    const STORE_URL = 'redis://127.0.0.1';
    expect(problems({ ...MAIL, STORE_URL })).toEqual(['SECRET_KEY']);
    expect(problems({ ...MAIL, STORE_URL, SECRET_KEY: 'k'.repeat(32) })).toEqual([]);
  });

  it('wants all of it, and says each that is missing', () => {
    expect(problems({ SMTP_URL: MAIL.SMTP_URL })).toEqual(['MAIL_FROM', 'PUBLIC_URL']);
    expect(problems({ MAIL_FROM: MAIL.MAIL_FROM })).toEqual(['SMTP_URL']);
    expect(() => readConfig({ DKIM_SELECTOR: 'a', DKIM_DOMAIN: 'b.example' })).toThrow(
      /SMTP_URL: it is not set, but DKIM_SELECTOR, DKIM_DOMAIN;/,
    );
    expect(problems({ ...MAIL, SMTP_URL: '', SMTP_URL_FILE: join(folder, 'none') })).toEqual([
      'SMTP_URL_FILE',
    ]);
  });
});

describe('the mail server', () => {
  it.each([
    'smtp://127.0.0.1:2525',
    'smtp://[::1]',
    'smtps://u:p@mail.example.org:465/',
    'SMTP://mail.example.org',
  ])('may be %s', (SMTP_URL) => expect(readConfig({ ...MAIL, SMTP_URL }).email?.smtpUrl).toBe(SMTP_URL));

  it.each([
    ['mail.example.org', /no address of a mail server/],
    ['https://mail.example.org', /no address of a mail server/],
    ['smtp:', /no address of a mail server/],
    ['smtp://', /no address of a mail server/],
    ['smtp://user:secret@mail.example.org:smtp', /no address of a mail server/],
    ['smtp://user:sec ret@mail.example.org', /no address of a mail server/],
    ['smtp://user:secret@mail.example.org\n.evil.example', /no address of a mail server/],
    ['smtp://user:1#secret@mail.example.org', /something follows the host/],
    ['smtp://user:1?secret@mail.example.org', /something follows the host/],
    ['smtp://user:1/secret@mail.example.org', /something follows the host/],
    ['smtp://mail.example.org?secret=1', /something follows the host/],
    ['smtp://user@mail.example.org', /no password; give both/],
    ['smtp://:secret@mail.example.org', /no user or no password/],
    ['smtp://user:100%secret@mail.example.org', /write % itself as %25/],
  ])('may not be %j, and is not repeated', (SMTP_URL, sentence) => {
    const read = () => readConfig({ ...MAIL, SMTP_URL });
    expect(problems({ ...MAIL, SMTP_URL })).toEqual(['SMTP_URL']);
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(/secret/);
  });
});

describe('the sender', () => {
  it.each([
    ['papers@example.org', 'papers@example.org'],
    ['<papers@example.org>', 'papers@example.org'],
    ['Paperwire<papers@example.org>', 'Paperwire <papers@example.org>'],
    [
      '  Daily papers of Lab 3!  <new.papers+daily@papers.example.org>',
      'Daily papers of Lab 3! <new.papers+daily@papers.example.org>',
    ],
    ["L'Équipe 论文 <papers@Bücher.example>", "L'Équipe 论文 <papers@xn--bcher-kva.example>"],
    ['papers@localhost', 'papers@localhost'],
  ])('may be %j', (MAIL_FROM, from) => {
    expect(readConfig({ ...MAIL, MAIL_FROM }).email?.from).toBe(from);
  });

  it.each([
    'Paperwire',
    'papers@',
    '@example.org',
    'papers@127.0.0.1',
    'papers@example..org',
    'papers@example.org.',
    'papers@-example.org',
    '.papers@example.org',
    'pa pers@example.org',
    'päpers@example.org',
    `${'a'.repeat(65)}@example.org`,
    'a@example.org, b@example.org',
    'A <a@example.org>, B <b@example.org>',
    'Paperwire papers@example.org',
    '"Paperwire" <papers@example.org>',
    'Bank <bank@example.com> <papers@example.org>',
    'bank@example.com <papers@example.org>',
    '=?utf-8?q?Bank?= <papers@example.org>',
    'Group: papers@example.org;',
    'Paperwire\r\nBcc: all@example.org <papers@example.org>',
    'Paperwire <papers@example.org>\r\nBcc: all@example.org',
    'Paper\u202ewire <papers@example.org>',
    'Paper\u0000wire <papers@example.org>',
  ])('may not be %j', (MAIL_FROM) => {
    expect(problems({ ...MAIL, MAIL_FROM })).toEqual(['MAIL_FROM']);
  });
});

describe('the key that signs mails', () => {
  let pem: string;
  beforeAll(() => {
    pem = rsa(2048);
  });

  it('comes from a file, for the sender’s domain unless another is given', () => {
    const DKIM_KEY_FILE = keyFile('dkim.pem', `${pem}\n`);
    const config = readConfig({ ...MAIL, DKIM_KEY_FILE });
    const privateKey = pem.trim();
    expect(config.email?.dkim).toEqual({ domain: 'example.org', selector: 'paperwire', privateKey });
    expect(config.secrets).toContain(privateKey);
    const other = { DKIM_KEY: pem, DKIM_SELECTOR: 'K1.Mail', DKIM_DOMAIN: 'Mail.example.org' };
    expect(readConfig({ ...MAIL, ...other }).email?.dkim).toMatchObject({
      domain: 'mail.example.org',
      selector: 'k1.mail',
    });
  });

  it('is one that can sign mails', () => {
    const ed25519 = generateKeyPairSync('ed25519');
    const wrong: [string, RegExp][] = [
      ['no key', /holds no private key/],
      [ed25519.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /holds no private key/],
      [ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /of the kind ed25519/],
      [rsa(1008), /1008 bits/],
      [
        generateKeyPairSync('rsa', { modulusLength: 1024 })
          .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'word' })
          .toString(),
        /without a password/,
      ],
    ];
    for (const [index, [text, sentence]] of wrong.entries()) {
      const DKIM_KEY_FILE = keyFile(`wrong${index}.pem`, text);
      expect(problems({ ...MAIL, DKIM_KEY_FILE })).toEqual(['DKIM_KEY_FILE']);
      expect(() => readConfig({ ...MAIL, DKIM_KEY_FILE })).toThrow(sentence);
      expect(() => readConfig({ ...MAIL, DKIM_KEY_FILE })).not.toThrow(/PRIVATE KEY/);
    }
    expect(readConfig({ ...MAIL, DKIM_KEY: rsa(1024) }).email?.dkim?.selector).toBe('paperwire');
  });

  it('is there where anything else is said of it, and its names are such', () => {
    expect(problems({ ...MAIL, DKIM_SELECTOR: 'k1' })).toEqual(['DKIM_KEY_FILE']);
    expect(problems({ ...MAIL, DKIM_KEY: pem, DKIM_SELECTOR: 'k1 or k2' })).toEqual(['DKIM_SELECTOR']);
    expect(problems({ ...MAIL, DKIM_KEY: pem, DKIM_SELECTOR: '.k1' })).toEqual(['DKIM_SELECTOR']);
    expect(problems({ ...MAIL, DKIM_KEY: pem, DKIM_DOMAIN: 'https://example.org' })).toEqual(['DKIM_DOMAIN']);
    expect(problems({ ...MAIL, DKIM_KEY_FILE: join(folder, 'gone.pem') })).toEqual(['DKIM_KEY_FILE']);
  });
});
