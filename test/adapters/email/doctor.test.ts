import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailTools, type EmailToolsConfig, type Finding } from '../../../adapters/email/doctor.ts';
import { silentLog } from '../../../src/log.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { type FakeMail, type MailOptions, startMail } from '../../fakes/mail/index.ts';
import { type Zone, zoneLookup } from './records.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
const DOMAIN = 'papers.example.org';
const PUBLIC_URL = 'https://papers.example.org';
const HOOK_SECRET = 'not-for-messages';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const DKIM = {
  domain: DOMAIN,
  selector: 'paperwire',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const ALL_WELL: Zone = {
  [`TXT ${DOMAIN}`]: ['v=spf1 mx -all'],
  [`TXT paperwire._domainkey.${DOMAIN}`]: [
    `v=DKIM1; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  ],
  [`TXT _dmarc.${DOMAIN}`]: ['v=DMARC1; p=reject'],
  [`MX ${DOMAIN}`]: ['10 mail.example.org'],
};

let fake: FakeMail;
async function open(options: MailOptions = {}): Promise<void> {
  fake = await startMail(options);
}
beforeEach(() => open());
afterEach(async () => {
  await fake.stop();
});
async function reopen(options: MailOptions): Promise<void> {
  await fake.stop();
  await open(options);
}

function tools(given: Partial<EmailToolsConfig> = {}, zone: Zone = ALL_WELL) {
  return createEmailTools({
    ...{ smtpUrl: fake.url, from: `Paperwire <papers@${DOMAIN}>`, dkim: DKIM },
    ...{ publicUrl: PUBLIC_URL, hookSecret: HOOK_SECRET, lookup: zoneLookup(zone) },
    knock: async () => 400,
    ...{ clock, log: silentLog },
    ...given,
  });
}

/** What is found; no secret is in it. */
async function look(given: Partial<EmailToolsConfig> = {}, zone?: Zone): Promise<Finding[]> {
  const found = await tools(given, zone).examine();
  for (const secret of [HOOK_SECRET, 'p@ss', 'p%40ss', 'PRIVATE'])
    expect(JSON.stringify(found)).not.toContain(secret);
  return found;
}

const sick = (findings: Finding[]) => findings.filter(({ state }) => state !== 'fine');

describe('the doctor', () => {
  it('finds nothing where everything is as it should be, and sends nothing', async () => {
    const found = await look();
    expect(sick(found)).toEqual([]);
    expect(found.map(({ sentence }) => sentence.replace(/“.*”/, '“…”'))).toEqual([
      `The mail server at 127.0.0.1:${fake.port} answers: “…”.`,
      'What is sent is encrypted (TLSv1.3); the certificate is for localhost and ends on 2049-12-31.',
      'The server takes user and password.',
      `The server takes mail from papers@${DOMAIN}.`,
      `The SPF record of ${DOMAIN} is there: v=spf1 mx -all`,
      `The DKIM record at paperwire._domainkey.${DOMAIN} holds the public half of DKIM_KEY_FILE.`,
      `The DMARC record at _dmarc.${DOMAIN} is there: v=DMARC1; p=reject`,
      `${DOMAIN} takes mail at mail.example.org, so that answers and bounces come back.`,
      `${PUBLIC_URL}/email answers, and so does what takes bounces ("paperwire doctor email --hook").`,
    ]);
    expect(fake.mails).toEqual([]);
    expect(fake.attempts.map(({ from, to }) => [from, to])).toEqual([[`papers@${DOMAIN}`, []]]);
    await fake.until(() => fake.connections.open === 0);
  });

  it('says of a domain that is not in DNS that it is not there, and of its records nothing', async () => {
    const found = sick(await look({}, {}));
    expect(found).toEqual([
      {
        state: 'wrong',
        sentence: `${DOMAIN} is not in DNS: receivers refuse what comes from there.`,
        mend: expect.stringContaining('MAIL_FROM'),
      },
    ]);
  });

  it('and by STARTTLS', async () => {
    await reopen({ tls: 'starttls' });
    const found = await look();
    expect(sick(found)).toEqual([]);
    expect(found[1]?.sentence).toContain('encrypted (TLSv1.3)');
  });

  it('and where no login is needed on this machine', async () => {
    await reopen({ tls: 'never', needsLogin: false });
    const found = await look();
    expect(sick(found)).toEqual([]);
    expect(found[1]?.sentence).toBe('What is sent is not encrypted, and does not leave this machine.');
  });

  it.each(['always', 'starttls'] as const)(
    'a certificate that proves nothing (%s), and gives no password',
    async (tls) => {
      await reopen({ tls });
      const found = await look({ smtpUrl: fake.urlWith({ host: '0.0.0.0' }) });
      expect(sick(found)[0]).toEqual({
        state: 'wrong',
        sentence:
          'The certificate of 0.0.0.0 proves nothing (DEPTH_ZERO_SELF_SIGNED_CERT). The password was not given.',
        mend: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
      });
      expect(fake.attempts).toEqual([]);
    },
  );

  it('one by which mail goes all the same, as nothing secret is said', async () => {
    await reopen({ tls: 'starttls', needsLogin: false });
    const found = await look({ smtpUrl: fake.urlWith({ host: '0.0.0.0' }) });
    expect(found[1]).toMatchObject({ state: 'warning', sentence: expect.stringContaining('all the same') });
    expect(found[2]?.sentence).toBe(`The server takes mail from papers@${DOMAIN}.`);
  });

  it('a server elsewhere that offers no encryption', async () => {
    await reopen({ tls: 'never' });
    const found = await look({ smtpUrl: fake.urlWith({ host: '0.0.0.0' }) });
    expect(found[1]).toMatchObject({
      state: 'wrong',
      sentence: expect.stringContaining('offers no encryption'),
    });
    await reopen({ tls: 'never', needsLogin: false });
    const open = await look({ smtpUrl: fake.urlWith({ host: '0.0.0.0' }) });
    expect(open[1]).toMatchObject({
      state: 'warning',
      sentence: expect.stringContaining('offers no encryption'),
    });
  });

  it('a password that is not taken, and a port that is spoken to in the wrong way', async () => {
    const [wrong] = sick(await look({ smtpUrl: fake.urlWith({ login: 'paperwire:another' }) }));
    expect(wrong?.sentence).toBe(
      'The server does not take user and password: “535 5.7.8 This is not the password”.',
    );
    await reopen({ tls: 'starttls' });
    const [port] = sick(await look({ smtpUrl: fake.url.replace('smtp:', 'smtps:') }));
    expect(port).toMatchObject({
      state: 'wrong',
      sentence: expect.stringContaining('could not be talked to.'),
      mend: expect.stringContaining('a server that listens at 587 wants smtp://'),
    });
  });

  it('a sender that is not taken', async () => {
    fake.fail('sender', { kind: 'answer', code: 553, text: '5.7.1 Not yours' });
    expect(sick(await look())).toMatchObject([
      { state: 'wrong', sentence: `The server takes no mail from papers@${DOMAIN}: “553 5.7.1 Not yours”.` },
    ]);
  });

  it('records that are missing, each with what to publish', async () => {
    const zone = { [`NS ${DOMAIN}`]: ['ns.example.org'] };
    expect(sick(await look({}, zone)).map(({ state, mend }) => [state, mend?.split(':')[0]])).toEqual([
      ['wrong', `Publish a TXT record at ${DOMAIN}, such as "v=spf1 include`],
      ['wrong', `Publish a TXT record at paperwire._domainkey.${DOMAIN}`],
      ['warning', `Publish a TXT record at _dmarc.${DOMAIN}`],
      ['warning', `Have ${DOMAIN} take mail (an MX record), or send from a domain that does.`],
    ]);
  });

  it('what DNS does not tell, and how to look oneself, is nothing wrong', async () => {
    const zone = { ...ALL_WELL, [`TXT ${DOMAIN}`]: { code: 'ETIMEOUT' } };
    expect(sick(await look({}, zone))).toEqual([
      {
        state: 'warning',
        sentence: 'SPF could not be looked up (ETIMEOUT).',
        mend: `Look where DNS is reached: dig TXT ${DOMAIN}`,
      },
    ]);
  });

  it('asks DNS nothing of a domain that the world does not know', async () => {
    const lookup = new Proxy({} as EmailToolsConfig['lookup'], {
      get: () => () => Promise.reject(new Error('was asked')),
    });
    expect(sick(await look({ from: 'papers@localhost', lookup }))).toMatchObject([
      { state: 'warning', sentence: expect.stringContaining('localhost is no domain that the world knows') },
    ]);
  });

  it.each([
    [async () => 404, 'answers 404, where this bot answers 400'],
    [
      () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
      'cannot be reached from here (ECONNREFUSED)',
    ],
    [() => Promise.reject(new Error(`no way to ${HOOK_SECRET}`)), 'cannot be reached from here.'],
  ])('pages that do not lead here: %#', async (knock, sentence) => {
    expect(sick(await look({ knock }))).toMatchObject([
      {
        state: 'wrong',
        sentence: expect.stringContaining(sentence),
        mend: expect.stringContaining('/email'),
      },
    ]);
  });

  it('knocks where bounces are told', async () => {
    const knocked: string[] = [];
    await look({
      async knock(url) {
        knocked.push(url);
        return 400;
      },
    });
    expect(knocked).toEqual([tools().hookUrl]);
    expect(tools().hookUrl).toBe(`${PUBLIC_URL}/email/reports/${HOOK_SECRET}`);
  });
});

describe('a mail to look at', () => {
  it('goes the way of every mail, signed and without what belongs to an edition', async () => {
    const [finding, ...others] = await tools().tryOut('Ada@Example.NET');
    expect(others).toEqual([]);
    expect(finding).toEqual({
      state: 'fine',
      sentence: 'The server took a test for ada@example.net: look whether it arrives, and how.',
    });
    const [mail] = fake.mails;
    expect([fake.mails.length, mail?.to]).toEqual([1, 'ada@example.net']);
    expect(mail?.parsed.subject).toContain('A test by Paperwire');
    expect(mail?.parsed.text).toContain('Authentication-Results');
    expect(mail?.parsed.headers.has('dkim-signature')).toBe(true);
    expect(mail?.parsed.headers.has('list')).toBe(false);
    await fake.until(() => fake.connections.open === 0);
  });

  it('each is another one', async () => {
    await tools().tryOut('ada@example.net');
    await tools().tryOut('ada@example.net');
    expect(new Set(fake.mails.map(({ parsed }) => parsed.messageId)).size).toBe(2);
  });

  it('to what is no address is not tried', async () => {
    expect(await tools().tryOut('ada@example.net, bo@example.net')).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining('is no e-mail address') },
    ]);
    expect(fake.connections.opened).toBe(0);
  });

  it('that is refused says why', async () => {
    fake.fail('recipient', { kind: 'answer', code: 550, text: '5.1.1 No such user' });
    expect(await tools().tryOut('ada@example.net')).toMatchObject([
      { state: 'wrong', sentence: expect.stringContaining('5.1.1 No such user'), mend: expect.any(String) },
    ]);
  });
});
