import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeMail, startMail } from '../fakes/mail/index.ts';
import { emailEnv } from './email-setup.ts';
import { type Ended, installProgram, NOBODY, type Program } from './program.ts';
import { eventually, running, stop } from './running.ts';

/** A sender whose domain nobody asks DNS about. */
const FROM = 'Paperwire <papers@localhost>';

let program: Program;
let fake: FakeMail;
beforeAll(async () => {
  program = installProgram(NOBODY);
  fake = await startMail();
});
afterEach(() => fake.forget());
afterAll(async () => {
  await fake.stop();
  program.remove();
});

function paperwire(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return program.run(args, { env: { ...emailEnv(fake.url), MAIL_FROM: FROM, PUBLIC_URL: NOBODY, ...env } });
}

describe('doctor email', () => {
  it('says what is fine and what is not, with the mend, and shows no secret', async () => {
    const { code, out, err } = await paperwire(['doctor', 'email']);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('✓ What is sent is encrypted (TLSv1.3)');
    expect(out).toContain('✓ The server takes user and password.');
    expect(out).toContain('✓ The server takes mail from papers@localhost.');
    expect(out).toMatch(/! localhost is no domain that the world knows.*\n {2}Set MAIL_FROM/);
    expect(out).toMatch(
      /✗ http:\/\/127\.0\.0\.1:9\/email cannot be reached from here.*\n {2}Is the bot running/,
    );
    for (const secret of ['p@ss', 'p%40ss', '/email/reports/']) expect(out).not.toContain(secret);
  });

  it('finds a running bot, and that is all it takes', async () => {
    const bot = running(
      program.spawn(['start'], { ...emailEnv(fake.url), MAIL_FROM: FROM, PUBLIC_URL: NOBODY }),
    );
    try {
      await eventually(
        () => /http:\/\/127\.0\.0\.1:\d+/.test(bot.said()),
        `it starts: ${bot.said()}${bot.log()}`,
      );
      const [publicUrl = ''] = /http:\/\/127\.0\.0\.1:\d{2,}/.exec(bot.said().replaceAll(NOBODY, '')) ?? [];
      const { code, out } = await paperwire(['doctor', 'email', '--json'], { PUBLIC_URL: publicUrl });
      const { findings } = JSON.parse(out) as { findings: { state: string; sentence: string }[] };
      expect(findings.at(-1)).toMatchObject({ state: 'fine' });
      expect([code, findings.filter(({ state }) => state === 'wrong')]).toEqual([0, []]);
      await stop(bot);
    } finally {
      bot.kill('SIGKILL');
      await bot.ended;
    }
  });

  it('sends a mail to look at', async () => {
    const { out } = await paperwire(['doctor', 'email', '--send', 'ada@example.net']);
    expect(out).toContain('✓ The server took a test for ada@example.net');
    expect(fake.mails.map(({ to }) => to)).toEqual(['ada@example.net']);
  });

  it('trusts the signer that it is told to trust', async () => {
    const elsewhere = { SMTP_URL: fake.urlWith({ host: '0.0.0.0' }) };
    const unknown = await paperwire(['doctor', 'email'], elsewhere);
    expect(unknown.out).toContain('✗ The certificate of 0.0.0.0 proves nothing');
    const file = join(program.folder, 'signer.pem');
    writeFileSync(file, fake.cert);
    const known = await paperwire(['doctor', 'email'], { ...elsewhere, NODE_EXTRA_CA_CERTS: file });
    expect(known.out).toContain('✓ What is sent is encrypted');
  });

  it('prints the address for bounces only where it is asked for', async () => {
    const { code, out, err } = await paperwire(['doctor', 'email', '--hook']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:9\/email\/reports\/[\w-]{43}\n$/);
    const json = await paperwire(['doctor', 'email', '--hook', '--json']);
    expect(JSON.parse(json.out)).toEqual({ hookUrl: out.trim() });
    const other = await paperwire(['doctor', 'email', '--hook'], {
      SECRET_KEY: 'another-key-0123456789-abcdefghijkl',
    });
    expect(other.out).not.toBe(out);
    expect(fake.connections.opened).toBeGreaterThan(0);
  });

  it('without a mail server says where to begin and exits 78; with wrong usage a sentence and 2', async () => {
    const bare = await program.run(['doctor', 'email']);
    expect([bare.code, bare.out]).toEqual([78, '']);
    expect(bare.err).toContain('SMTP_URL');
    const discord = { DISCORD_TOKEN: 'a-token', DISCORD_API_URL: NOBODY };
    for (const args of [
      ['email', '--fast'],
      ['email', '--send'],
      ['discord', '--hook'],
      ['discord', '--send', 'a@example.net'],
    ]) {
      const wrong = await paperwire(['doctor', ...args], discord);
      expect([wrong.code, wrong.out], args.join(' ')).toEqual([2, '']);
      expect(wrong.err.trim().split('\n')).toHaveLength(1);
    }
  });
});
