import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Finding } from '../../src/finding.ts';
import { type FakeDiscord, startDiscord } from '../fakes/discord/index.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';
import { eventually, running, stop } from './running.ts';

let program: Program;
let source: SourceServer;
let fake: FakeDiscord;
beforeAll(async () => {
  source = await startSourceServer();
  fake = await startDiscord();
});
beforeEach(() => {
  program = installProgram(source.url);
  onTestFinished(() => program.remove());
});
afterAll(async () => {
  await source.stop();
  await fake.stop();
});

async function examined(
  env: Record<string, string> = {},
): Promise<{ code: number | null; findings: Finding[] }> {
  const { code, out, err } = await program.run(['doctor', '--json'], { env });
  expect(err).toBe('');
  return { code, findings: JSON.parse(out).findings };
}

/** How what was found begins. */
function told(findings: readonly Finding[], state: Finding['state']): string[] {
  return findings.filter((one) => one.state === state).map(({ sentence }) => sentence);
}

describe('doctor', () => {
  it('looks at the whole installation, and needs none of it to be there', async () => {
    const { code, out, err } = await program.run(['doctor']);
    expect([code, err]).toEqual([0, '']);
    const marks = out.split('\n').filter(Boolean);
    expect(marks.every((line) => line.startsWith('✓ '))).toBe(true);
    for (const words of [
      'Node',
      'configuration',
      'The store (sqlite) opens',
      'No queue',
      'The source answers',
    ])
      expect(out).toContain(words);
    expect(out).toMatch(/Requests left in these minutes: api \d+, pages \d+, search \d+/);
    expect(out).toContain('No chat platform is set up');
  });

  it('names every bad variable, and looks no further', async () => {
    const env = { LOG_LEVEL: 'loud', HTTP_PORT: 'x', ALARM_URL: 'example.org/s3cr3t' };
    const { code, findings } = await examined(env);
    expect(code).toBe(1);
    const wrong = told(findings, 'wrong');
    expect(wrong.map((sentence) => sentence.split(':')[0]).sort()).toEqual(Object.keys(env).sort());
    expect(JSON.stringify(findings)).not.toContain('s3cr3t');
  });

  it('warns of an .env that others can read', async () => {
    writeFileSync(join(program.folder, '.env'), 'LOG_LEVEL=warn\n', { mode: 0o644 });
    const { code, findings } = await examined();
    expect(code).toBe(0);
    expect(findings).toContainEqual({
      state: 'warning',
      sentence: 'Others on this machine can get at .env (mode 644).',
      mend: 'chmod 600 .env',
    });
    rmSync(join(program.folder, '.env'));
  });

  it('says that a store does not open, and looks at the rest all the same', async () => {
    writeFileSync(join(program.folder, 'notes.txt'), 'These are notes. '.repeat(60), { mode: 0o600 });
    const env = { STORE_URL: 'sqlite:notes.txt', HUGGING_FACE_URL: NOBODY, ARXIV_URL: NOBODY };
    const { code, findings } = await examined(env);
    expect(code).toBe(1);
    expect(told(findings, 'wrong')).toEqual([
      expect.stringContaining('not a Paperwire database'),
      expect.stringContaining('No papers can be had.'),
    ]);
    expect(findings.at(-1)?.sentence).toContain('No chat platform');
  });

  it('looks at each platform that is set up as it does by its name', async () => {
    const guild = fake.addGuild({ name: 'Lab' });
    const channel = fake.addChannel(guild, { name: 'papers' });
    const destination = { platform: 'discord', workspace: guild.id, channel: channel.id } as const;
    const url = `sqlite:${program.folder}/data/test.db`;
    await withStore(
      url,
      async (store) => void (await store.addFeed(aFeed({ destination }), systemClock.now())),
    );
    const env = { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.url };
    const well = await examined(env);
    expect(well.code).toBe(0);
    expect(told(well.findings, 'fine')).toEqual(expect.arrayContaining(['Discord takes the token.']));
    const alone = JSON.parse((await program.run(['doctor', 'discord', '--json'], { env })).out);
    expect(well.findings).toEqual(expect.arrayContaining(alone.findings.slice(-1)));
    const ill = await examined({ ...env, DISCORD_TOKEN: 'another-secret' });
    expect([ill.code, told(ill.findings, 'wrong')]).toEqual([1, ['Discord does not take the token.']]);
    const without = await examined();
    expect(told(without.findings, 'warning')).toEqual([
      '1 feed on discord cannot be posted: it is not set up here.',
    ]);
  });

  it('tells our own bot from one over another store, and from another program at the port', async () => {
    const bot = running(program.spawn(['start']));
    onTestFinished(async () => {
      bot.kill('SIGKILL');
      await bot.ended;
    });
    await eventually(() => /127\.0\.0\.1:\d+/.test(bot.said()), 'it starts');
    const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(bot.said()) ?? [];
    const ours = await examined({ HTTP_PORT: port });
    expect(told(ours.findings, 'wrong')).toEqual([]);
    expect(JSON.stringify(ours.findings)).toContain(`Our bot runs at http://127.0.0.1:${port}`);
    const elsewhere = await examined({ HTTP_PORT: port, STORE_URL: 'sqlite:data/another.db' });
    expect([elsewhere.code, told(elsewhere.findings, 'warning')]).toEqual([
      0,
      [`A Paperwire runs at http://127.0.0.1:${port}, but not over the store that was looked at here.`],
    ]);
    await stop(bot);
    const free = await examined({ HTTP_PORT: port });
    expect(told(free.findings, 'fine')).toContain(`Port ${port} is free: no bot runs here.`);
  }, 120_000);

  it('says that another program has the port', async () => {
    const other = createServer((_request, response) => void response.end('{"status":"ok"}')).listen(
      0,
      '127.0.0.1',
    );
    onTestFinished(() => void other.close());
    await eventually(() => other.listening, 'it listens');
    const { port } = other.address() as AddressInfo;
    const { code, findings } = await examined({ HTTP_PORT: String(port) });
    expect([code, told(findings, 'wrong')]).toEqual([
      1,
      [expect.stringContaining(`${port} is taken by another program`)],
    ]);
  });
});
