import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ofDkim } from '../../../adapters/email/examining/dkim.ts';
import { ofDmarc } from '../../../adapters/email/examining/dmarc.ts';
import { ofSpf } from '../../../adapters/email/examining/spf.ts';
import { ofReturn, ofReverse } from '../../../adapters/email/examining/ways-back.ts';
import { type Zone, zoneLookup } from './records.ts';

const DOMAIN = 'papers.example.org';

describe('SPF', () => {
  const spf = (zone: Zone) => ofSpf(DOMAIN, zoneLookup(zone));
  const at = (...texts: string[]) => spf({ [`TXT ${DOMAIN}`]: texts });

  it.each([
    'v=spf1 include:mail.example.net -all',
    'v=spf1 ip4:192.0.2.1 ~all',
    'V=SPF1 redirect=_spf.example.net',
    'v=spf1 mx -all',
  ])('%s is well', async (record) => {
    expect(await at('some-site-verification=1', record, 'v=spf10 +all')).toEqual([
      { state: 'fine', sentence: `The SPF record of ${DOMAIN} is there: ${record}` },
    ]);
  });

  it.each([
    [[], 'wrong', 'has no SPF record', 'Publish a TXT record at papers.example.org'],
    [['v=spf1 mx -all', 'v=spf1 a -all'], 'wrong', 'has 2 SPF records', 'one of them'],
    [['v=spf1 mx +all'], 'wrong', 'lets everybody send', '-all'],
    [['v=spf1 mx all'], 'wrong', 'lets everybody send', '-all'],
    [['v=spf1 mx ?all'], 'warning', 'does not say what of other servers', '-all'],
    [['v=spf1 mx'], 'warning', 'does not say what of other servers', '-all'],
  ])('%j is %s', async (texts, state, sentence, mend) => {
    expect(await at(...texts)).toEqual([
      { state, sentence: expect.stringContaining(sentence), mend: expect.stringContaining(mend) },
    ]);
  });

  it('a record that is longer than one string is read whole', async () => {
    const record = `v=spf1 ${'ip4:192.0.2.1 '.repeat(30)}-all`;
    expect(await at(record)).toMatchObject([{ state: 'fine' }]);
  });

  it.each([
    [10, 'fine'],
    [11, 'wrong'],
  ])('%d lookups in all are %s, also where records lead to records', async (count, state) => {
    const inner = Array.from({ length: count - 2 }, (_, index) => `include:s${index}.example.net`).join(' ');
    const found = await spf({
      [`TXT ${DOMAIN}`]: ['v=spf1 ip4:192.0.2.1 mx include:all.example.net -all'],
      'TXT all.example.net': [`v=spf1 ${inner} ~all`],
      'TXT s0.example.net': ['v=spf1 ip6:2001:db8::1 ~all'],
    });
    expect(found).toMatchObject([{ state }]);
  });

  it('records that lead in a circle come to an end', async () => {
    const found = await spf({
      [`TXT ${DOMAIN}`]: ['v=spf1 include:b.example.net -all'],
      'TXT b.example.net': [`v=spf1 include:${DOMAIN} -all`],
    });
    expect(found).toMatchObject([{ state: 'wrong', sentence: expect.stringContaining('10 lookups') }]);
  });

  it('what DNS does not answer is no fault of the record', async () => {
    await expect(spf({ [`TXT ${DOMAIN}`]: { code: 'ETIMEOUT' } })).rejects.toThrow('ETIMEOUT');
  });
});

describe('DKIM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (key = privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64');
  const name = `paperwire._domainkey.${DOMAIN}`;
  const dkim = { domain: DOMAIN, selector: 'paperwire', privateKey: pem() };
  const at = (texts: string[], given = dkim, sender = DOMAIN) =>
    ofDkim(given, sender, zoneLookup({ [`TXT ${name}`]: texts }));

  it.each([
    `v=DKIM1; k=rsa; p=${spki}`,
    `p=${spki}`,
    `v=DKIM1; k=rsa; p=${spki.slice(0, 100)} ${spki.slice(100)};`,
    `v=DKIM1; p=${pkcs1}; t=s`,
  ])('the public half of the key is well: %#', async (record) => {
    expect(await at([record])).toEqual([
      { state: 'fine', sentence: `The DKIM record at ${name} holds the public half of DKIM_KEY_FILE.` },
    ]);
  });

  it('no record, and the one to publish is told', async () => {
    const [finding] = await at([]);
    expect(finding).toMatchObject({ state: 'wrong', sentence: expect.stringContaining(name) });
    const [, record = ''] = /(v=DKIM1;.*)$/.exec(finding?.mend ?? '') ?? [];
    expect(await at([record])).toMatchObject([{ state: 'fine' }]);
  });

  it.each(['v=DKIM1; p=', `v=DKIM1; p=${spki.replace('A', 'B')}`])(
    'another key, or one that was taken back: %#',
    async (record) => {
      expect(await at([record])).toMatchObject([
        {
          state: 'wrong',
          sentence: expect.stringContaining('another key'),
          mend: expect.stringContaining(spki),
        },
      ]);
    },
  );

  it('nothing of the private half is told', async () => {
    const told = JSON.stringify([await at([]), await at(['p=AAAA']), await at([`p=${spki}`])]);
    expect(told).not.toContain('PRIVATE');
    expect(told).not.toContain(pem().split('\n')[3]);
  });

  it('a record on trial, and a short key', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const record = `t=y:s; p=${short.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
    expect(await at([record], { ...dkim, privateKey: pem(short.privateKey) })).toMatchObject([
      { state: 'fine' },
      { state: 'warning', sentence: expect.stringContaining('on trial') },
      { state: 'warning', sentence: 'The DKIM key has 1024 bits.' },
    ]);
  });

  it.each([
    ['papers.example.org', 'fine'],
    ['example.org', 'fine'],
    ['news.papers.example.org', 'fine'],
    ['example.net', 'warning'],
    ['xpapers.example.org', 'warning'],
  ])('a signature for another domain than the sender’s: %s is %s', async (sender, state) => {
    expect((await at([`p=${spki}`], dkim, sender)).at(-1)).toMatchObject({ state });
  });

  it('without a key it is said where else to look', async () => {
    expect(await ofDkim(undefined, DOMAIN, zoneLookup({}))).toMatchObject([
      { state: 'warning', mend: expect.stringContaining('DKIM_KEY_FILE') },
    ]);
  });
});

describe('DMARC', () => {
  const dmarc = (zone: Zone) => ofDmarc(DOMAIN, zoneLookup(zone));

  it.each([`_dmarc.${DOMAIN}`, '_dmarc.example.org'])('is well at %s', async (name) => {
    expect(await dmarc({ [`TXT ${name}`]: ['v=DMARC1; p=none; rua=mailto:dmarc@example.org'] })).toEqual([
      { state: 'fine', sentence: expect.stringContaining(`at ${name} is there: v=DMARC1; p=none`) },
    ]);
  });

  it('the nearest counts', async () => {
    const found = await dmarc({
      [`TXT _dmarc.${DOMAIN}`]: ['v=DMARC1; p=reject'],
      'TXT _dmarc.example.org': ['v=DMARC1'],
    });
    expect(found).toMatchObject([{ state: 'fine' }]);
  });

  it.each([
    [['v=spf1 -all', 'v=DMARC11; p=none'], 'warning', 'has no DMARC record'],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'wrong', 'There are 2 DMARC records'],
    [['v=DMARC1; rua=mailto:a@example.org'], 'wrong', 'names no policy'],
    [['v=DMARC1; p=maybe'], 'wrong', 'names no policy'],
  ])('%j is %s', async (texts, state, sentence) => {
    expect(await dmarc({ [`TXT _dmarc.${DOMAIN}`]: texts })).toEqual([
      { state, sentence: expect.stringContaining(sentence), mend: expect.any(String) },
    ]);
  });

  it('nobody is asked about all names under an end such as org', async () => {
    expect(await dmarc({ 'TXT _dmarc.org': ['v=DMARC1; p=none'] })).toMatchObject([{ state: 'warning' }]);
  });
});

describe('the ways back', () => {
  it.each<[Zone, string, string]>([
    [{ [`MX ${DOMAIN}`]: ['20 b.example.org', '10 a.example.org'] }, 'fine', 'takes mail at a.example.org'],
    [{ [`A ${DOMAIN}`]: ['192.0.2.1'] }, 'fine', 'takes mail itself'],
    [{ [`AAAA ${DOMAIN}`]: ['2001:db8::1'] }, 'fine', 'takes mail itself'],
    [{ [`MX ${DOMAIN}`]: ['0 '], [`A ${DOMAIN}`]: ['192.0.2.1'] }, 'wrong', 'says that it takes no mail'],
    [{}, 'warning', 'do not come back'],
  ])('to the sender’s domain: %j is %s', async (zone, state, sentence) => {
    expect(await ofReturn(DOMAIN, zoneLookup(zone))).toMatchObject([
      { state, sentence: expect.stringContaining(sentence) },
    ]);
  });

  const HOST = 'mail.example.org';
  const forward: Zone = { [`A ${HOST}`]: ['192.0.2.1'], [`AAAA ${HOST}`]: ['2001:db8::1'] };
  const back: Zone = { 'PTR 192.0.2.1': [HOST], 'PTR 2001:db8::1': ['other.example.org', HOST] };

  it('from the server’s addresses to a name and back', async () => {
    const found = await ofReverse(HOST, zoneLookup({ ...forward, ...back }));
    expect(found).toEqual([
      { state: 'fine', sentence: `${HOST} has a name that leads back to it: ${HOST}.` },
    ]);
  });

  it.each<[Zone, string]>([
    [{}, '192.0.2.1, 2001:db8::1 of'],
    [{ 'PTR 192.0.2.1': [HOST] }, '2001:db8::1 of'],
    [{ ...back, 'PTR 192.0.2.1': ['elsewhere.example.org'] }, '192.0.2.1 of'],
  ])('an address without such a name: %j', async (zone, sentence) => {
    expect(await ofReverse(HOST, zoneLookup({ ...forward, ...zone }))).toMatchObject([
      { state: 'warning', sentence: expect.stringContaining(sentence) },
    ]);
  });

  it('an address itself may be given, and of a name that is nowhere nothing is said', async () => {
    const zone = { 'PTR 192.0.2.1': [HOST], [`A ${HOST}`]: ['192.0.2.1'] };
    expect(await ofReverse('192.0.2.1', zoneLookup(zone))).toMatchObject([{ state: 'fine' }]);
    expect(await ofReverse('nowhere.example.org', zoneLookup({}))).toEqual([]);
  });
});
