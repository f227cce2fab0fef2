import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { type Ended, installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
let server: SourceServer;

beforeAll(async () => {
  server = await startSourceServer();
  program = installProgram(server.url);
});
afterAll(async () => {
  await server.stop();
  program.remove();
});

function paperwire(args: string[], env: Record<string, string> = {}, until?: RegExp): Promise<Ended> {
  return program.run(args, { env, ...(until ? { until } : {}) });
}

describe('fetch', () => {
  it('prints one JSON document of the promised shape', async () => {
    const { code, out } = await paperwire(['fetch', '--json']);
    expect(code).toBe(0);
    const fetched = JSON.parse(out);
    expect(Object.keys(fetched)).toEqual(['listing', 'state', 'way', 'fetchedAt', 'papers', 'warnings']);
    expect(fetched).toMatchObject({ listing: { kind: 'daily' }, way: 'api' });
    expect(fetched.papers.length).toBeGreaterThan(0);
    for (const paper of fetched.papers) {
      expect(paper).toMatchObject({
        id: expect.any(String),
        title: expect.any(String),
        upvotes: expect.any(Number),
        keywords: expect.any(Array),
      });
      expect(Object.values(paper)).not.toContain(null);
    }
  });

  it.each(['api', 'hydration', 'markup'])('by %s only, and not completed from elsewhere', async (way) => {
    const { out } = await paperwire(['fetch', '--json', '--way', way]);
    const { papers, way: told } = JSON.parse(out);
    expect(told).toBe(way);
    expect(papers.some((paper: { abstract?: string }) => paper.abstract !== undefined)).toBe(
      way !== 'markup',
    );
  });

  it.each([
    [['fetch', '--day', '2025-13-40'], '"2025-13-40" is not a day'],
    [['fetch', '--day', 'tomorrow'], '"tomorrow" is not a day'],
    [['fetch', '--day', '2999-01-01'], 'There is no daily list of 2999-01-01 yet'],
    [['fetch', '--week', '2026-W99'], 'is not an ISO week'],
    [['fetch', '--way', 'window'], '"window" is no way in.'],
    [['fetch', '--fast'], "Unknown option '--fast'"],
    [['fetch', '--day'], '--day'],
    [['fetch', '--trending', '--search', 'x'], 'one listing at a time'],
    [['post'], 'Say which feed'],
    [['post', '--feed', 'x', '--now', 'noon'], '"noon" is no instant'],
    [['post', '--feed', 'nope'], 'There is no feed "nope"'],
    [['paper', 'dance'], 'There is no command "dance"'],
    [['paper', 'today', '--depth', '3'], 'has no option --depth'],
    [['start', 'now'], 'Unexpected argument'],
    [['dance'], 'There is no command "dance"'],
    [[], 'Which command?'],
  ])('wrong usage %j: a sentence and exit 2', async (args, sentence) => {
    const { code, out, err } = await paperwire(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('without the source', () => {
  const offline = { HUGGING_FACE_URL: NOBODY, ARXIV_URL: NOBODY, STORE_URL: 'memory:' };

  it('fetch and start show the sample, labelled', async () => {
    const { code, out } = await paperwire(['fetch', '--json'], offline);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      way: 'sample',
      warnings: [{ code: 'sample' }, { code: 'source' }],
    });
    const started = await paperwire(['start'], offline, /is running/);
    expect(started.out).toContain('A sample of papers, as no real list can be had');
  });

  it('a forced way fails with a sentence and exit 1', async () => {
    const { code, err } = await paperwire(['fetch', '--way', 'markup'], offline);
    expect(code).toBe(1);
    expect(err).toContain('cannot be reached');
  });

  it('the archive stands in once there is one', async () => {
    await paperwire(['fetch'], { STORE_URL: 'sqlite:data/archive.db' });
    const { out } = await paperwire(['fetch', '--json'], { ...offline, STORE_URL: 'sqlite:data/archive.db' });
    expect(JSON.parse(out)).toMatchObject({ way: 'archive', warnings: [{ code: 'archive' }] });
  });
});

describe('start', () => {
  it('shows the newest list each time, runs, and ends when told to', async () => {
    for (const time of ['first', 'second']) {
      const { code, out } = await paperwire(['start'], { STORE_URL: 'sqlite:data/start.db' }, /is running/);
      expect(out, time).toMatch(
        /^Papers of \w+day, \d{4}-\d\d-\d\d\n\d+ of \d+ papers|^Papers of \w+day, .*\n\d+ papers/,
      );
      expect(code, time).toBe(0);
    }
    const { out } = await paperwire(['status', '--json'], { STORE_URL: 'sqlite:data/start.db' });
    expect(JSON.parse(out).feeds).toHaveLength(1);
  });

  it('--once does what is due and no more', async () => {
    const { code, err } = await paperwire(['start', '--once'], { STORE_URL: 'sqlite:data/once.db' });
    expect([code, err]).toEqual([0, 'Nothing is due.\n']);
  });
});

describe('a feed from the command line', () => {
  const store = { STORE_URL: 'sqlite:data/feed.db' };

  it('is added, previewed, posted once, and shown', async () => {
    const added = await paperwire(['paper', 'feed', 'add', '--zone', 'UTC', '--limit', '2', '--json'], store);
    const { feed } = JSON.parse(added.out);
    const dry = await paperwire(['post', '--feed', feed.id, '--dry-run'], store);
    expect(dry.out).toContain('\n1. ');
    expect((await paperwire(['status', '--json'], store)).out).not.toContain('lastSlot');
    const posted = await paperwire(['post', '--feed', feed.id], store);
    expect(posted.out).toBe(dry.out);
    const again = await paperwire(['post', '--feed', feed.id], store);
    expect(again.out).toBe('');
    const status = JSON.parse((await paperwire(['status', '--json'], store)).out);
    expect(status.feeds[0].lastSlot.state).toMatch(/posted/);
  });
});

describe('a wrong configuration', () => {
  it('is listed whole and ends with 78', async () => {
    const wrong = {
      LOG_LEVEL: 'loud',
      STORE_URL: 'mysql:x',
      HUGGING_FACE_URL: 'x',
      ALARM_URL: 'example.org/hook-s3cr3t',
      ARCHIVE_DAYS: '7',
    };
    const { code, out, err } = await paperwire(['status'], wrong);
    expect([code, out]).toEqual([78, '']);
    for (const variable of Object.keys(wrong)) expect(err).toContain(`${variable}: `);
    expect(err).not.toContain('s3cr3t');
  });

  it.each(['ten', '-90', '29', '90.5', '1e9'])('ARCHIVE_DAYS=%s is refused', async (days) => {
    const { code, err } = await paperwire(['status'], { ARCHIVE_DAYS: days });
    expect([code, err]).toEqual([78, expect.stringContaining('ARCHIVE_DAYS: ')]);
  });

  it.each(['ftp://example.org/hook', 'https://ada:s3cr3t@example.org/hook', 'hook'])(
    'ALARM_URL=%s is refused, and not repeated where it holds a secret',
    async (url) => {
      const { code, err } = await paperwire(['status'], { ALARM_URL: url });
      expect([code, err]).toEqual([78, expect.stringContaining('ALARM_URL: ')]);
      expect(err).not.toContain('s3cr3t');
    },
  );

  it('may come from .env', async () => {
    const env = join(program.folder, '.env');
    writeFileSync(env, 'LOG_LEVEL=shout\n');
    const { code, err } = await paperwire(['status']);
    rmSync(env);
    expect([code, err]).toEqual([78, expect.stringContaining('LOG_LEVEL: "shout" is not one of')]);
  });

  it('a store that is no database is told in a sentence', async () => {
    writeFileSync(
      join(program.folder, 'notes.txt'),
      'These are notes, and more than a hundred bytes of them. '.repeat(20),
    );
    const { code, err } = await paperwire(['status'], { STORE_URL: 'sqlite:notes.txt' });
    expect(code).toBe(1);
    expect(err).toContain('not a Paperwire database');
    expect(err).not.toContain('    at ');
  });
});

describe('help', () => {
  it.each([
    ['--help'],
    ['start', '--help'],
    ['fetch', '--help'],
    ['post', '--help'],
    ['status', '--help'],
    ['paper', '--help'],
    ['delivery', '--help'],
    ['mailbox', '--help'],
    ['export', '--help'],
    ['import', '--help'],
  ])('%s %s', async (...args) => {
    const { code, out } = await paperwire(args.filter((word) => word !== undefined));
    expect(code).toBe(0);
    expect(out).toMatch(/^(Usage: p|P)aperwire/);
  });

  it('--version', async () => expect((await paperwire(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/));
});
