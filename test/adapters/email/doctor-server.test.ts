import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ofServer, type ServerDependencies } from '../../../adapters/email/examining/server.ts';
import type { Finding } from '../../../src/finding.ts';
import { createFakeClock } from '../../fakes/clock.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
const LOGIN = { user: 'paperwire', password: 'not-for-messages' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What a server says to each command, by how it begins; `''` is its greeting. */
type Script = Readonly<Record<string, string | ((command: string) => string)>>;

const USUAL: Script = {
  '': '220 mail.example.org ESMTP',
  EHLO: '250-mail.example.org\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Ok',
  RSET: '250 2.0.0 Ok',
  QUIT: '221 2.0.0 Bye',
};

let server: Server | undefined;
afterEach(async () => {
  server?.close();
  if (server) await once(server, 'close');
  server = undefined;
});

/** A server that says what it is to say, and what it was told. */
async function serve(script: Script): Promise<{ port: number; told: string[] }> {
  const told: string[] = [];
  const answer = (command: string) => {
    const begins = Object.keys(script).filter((word) => word !== '' && command.startsWith(word));
    const said = script[begins.at(-1) ?? ''];
    return typeof said === 'function' ? said(command) : said;
  };
  server = createServer((socket) => {
    socket.on('error', () => {});
    const greeting = script[''];
    if (typeof greeting === 'string') socket.write(`${greeting}\r\n`);
    socket.on('data', (data) => {
      for (const command of data.toString().split('\r\n').filter(Boolean)) {
        told.push(command);
        const said = answer(command);
        if (said === 'hang up') socket.destroy();
        else socket.write(`${said}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, told };
}

async function look(
  script: Script,
  given: Partial<ServerDependencies> = {},
): Promise<{ found: Finding[]; told: string[] }> {
  const { port, told } = await serve({ ...USUAL, ...script });
  const address = { host: '127.0.0.1', port, isEncrypted: false };
  const own = { server: address, login: LOGIN, sender: 'papers@example.org', isLoopback: true, clock };
  const found = await ofServer({ ...own, ...given });
  expect(JSON.stringify(found)).not.toContain(LOGIN.password);
  return { found, told };
}

const sentences = (found: Finding[]) => found.map(({ sentence }) => sentence.replace(/:\d{4,5} /, ' '));

describe('a mail server on this machine', () => {
  it('is greeted, logged in to, and asked whether it takes the sender, and no mail follows', async () => {
    const { found, told } = await look({});
    expect(sentences(found)).toEqual([
      'The mail server at 127.0.0.1 answers: “220 mail.example.org ESMTP”.',
      'What is sent is not encrypted, and does not leave this machine.',
      'The server takes user and password.',
      'The server takes mail from papers@example.org.',
    ]);
    expect(found.map(({ state }) => state)).toEqual(['fine', 'fine', 'fine', 'fine']);
    expect(told.slice(0, 4)).toEqual([
      'EHLO [127.0.0.1]',
      `AUTH PLAIN ${base64(`\0${LOGIN.user}\0${LOGIN.password}`)}`,
      'MAIL FROM:<papers@example.org>',
      'RSET',
    ]);
  });

  it('needs no login where none is set up', async () => {
    const { port, told } = await serve(USUAL);
    const address = { host: '127.0.0.1', port, isEncrypted: false };
    const found = await ofServer({ server: address, sender: 'a@example.org', isLoopback: true, clock });
    expect(found.map(({ state }) => state)).toEqual(['fine', 'fine', 'fine']);
    expect(told.some((command) => command.startsWith('AUTH'))).toBe(false);
  });

  it('is logged in to word by word', async () => {
    const script = {
      EHLO: '250-mail.example.org\r\n250 AUTH LOGIN XOAUTH2',
      'AUTH LOGIN': `334 ${base64('Username:')}`,
      [base64(LOGIN.user)]: `334 ${base64('Password:')}`,
      [base64(LOGIN.password)]: '235 2.7.0 Welcome',
    };
    expect((await look(script)).found.map(({ state }) => state)).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  it('is logged in to by a proof that does not hold the password (the example of RFC 2195)', async () => {
    const script = {
      EHLO: '250-mail.example.org\r\n250 AUTH CRAM-MD5',
      'AUTH CRAM-MD5': '334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+',
      dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw: '235 2.7.0 Welcome',
    };
    const login = { user: 'tim', password: 'tanstaaftanstaaf' };
    expect((await look(script, { login })).found[2]?.state).toBe('fine');
  });
});

describe('what is wrong with a mail server', () => {
  const last = async (script: Script, given: Partial<ServerDependencies> = {}) => {
    const { found, told } = await look(script, given);
    return { finding: found.at(-1), told, count: found.length };
  };

  it('it takes nobody now', async () => {
    const { finding, told } = await last({ '': '554 5.3.2 Not now' });
    expect(finding).toMatchObject({
      state: 'wrong',
      sentence: expect.stringContaining('takes nobody now: “554 5.3.2 Not now”.'),
    });
    expect(told.filter((command) => command !== 'QUIT')).toEqual([]);
  });

  it('it does not take the password, and what it says is told', async () => {
    const { finding } = await last({
      AUTH: '535-5.7.8 Not accepted.\r\n535 5.7.8 See https://example.org/help',
    });
    expect(finding).toEqual({
      state: 'wrong',
      sentence:
        'The server does not take user and password: “535 5.7.8 Not accepted. 5.7.8 See https://example.org/help”.',
      mend: expect.stringContaining('SMTP_URL'),
    });
  });

  it('it offers no way to log in', async () => {
    const { finding } = await last({ EHLO: '250-mail.example.org\r\n250 AUTH XOAUTH2' });
    expect(finding).toMatchObject({
      state: 'wrong',
      sentence: expect.stringContaining('(it offers XOAUTH2)'),
    });
    const none = await last({ EHLO: '250 mail.example.org' });
    expect(none.finding).toMatchObject({
      state: 'wrong',
      sentence: expect.stringContaining('(it offers none)'),
    });
  });

  it('it takes no mail from the sender', async () => {
    const { finding, count } = await last({ MAIL: '553 5.7.1 Not owned by user' });
    expect(count).toBe(4);
    expect(finding).toEqual({
      state: 'wrong',
      sentence: 'The server takes no mail from papers@example.org: “553 5.7.1 Not owned by user”.',
      mend: expect.stringContaining('MAIL_FROM'),
    });
  });

  it('it wants a login that it was not given', async () => {
    const { finding } = await last({ MAIL: '530 5.7.0 Authentication required' });
    expect(finding).toMatchObject({ state: 'wrong', mend: expect.stringContaining('user and password') });
  });

  it('it speaks no TLS where that was expected', async () => {
    const { port } = await serve(USUAL);
    const address = { host: '127.0.0.1', port, isEncrypted: true };
    const found = await ofServer({ server: address, sender: 'a@example.org', isLoopback: true, clock });
    expect(sentences(found)).toEqual([
      expect.stringMatching(/could not be talked to\. It speaks no TLS there \(ERR_SSL_\w+\)\.$/),
    ]);
    expect(found[0]?.mend).toContain('wants smtp://');
  });

  it('it is elsewhere and offers no encryption: no password is given, and without one it is said', async () => {
    const { finding, told } = await last({}, { isLoopback: false });
    expect(finding).toMatchObject({ state: 'wrong', sentence: expect.stringContaining('was not given') });
    expect(told.some((command) => command.startsWith('AUTH'))).toBe(false);
  });

  it('it hangs up, answers nothing, or is no mail server at all', async () => {
    for (const script of [{ EHLO: 'hang up' }, { EHLO: '502 what?' }, { '': 'HTTP/1.1 400 Bad Request' }]) {
      expect((await last(script)).finding).toMatchObject({
        state: 'wrong',
        sentence: expect.stringContaining('could not be talked to.'),
        mend: expect.stringContaining('SMTP_URL'),
      });
    }
    const nowhere = { host: '127.0.0.1', port: 1, isEncrypted: false };
    expect((await last({}, { server: nowhere })).finding?.sentence).toContain('ECONNREFUSED');
  });

  it('it is silent for longer than anybody waits', async () => {
    const over = new AbortController();
    const patience = { ...clock, deadline: () => over.signal };
    const script: Script = {
      EHLO() {
        over.abort();
        return '250';
      },
    };
    expect((await last(script, { clock: patience })).finding?.sentence).toContain('no answer within 30 s');
  });

  it('what it says moves no cursor and breaks no line', async () => {
    const { finding } = await last({ MAIL: '550 \u001b[2JGone\u202e\u0007' });
    expect(finding?.sentence).toContain('“550 [2JGone”.');
  });
});
