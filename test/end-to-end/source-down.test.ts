import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { addMs, DAY_MS, WEEKDAYS } from '../../src/domain/calendar.ts';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

const OFFLINE = { HUGGING_FACE_URL: NOBODY, ARXIV_URL: NOBODY };

let source: SourceServer;
let program: Program;
beforeAll(async () => {
  source = await startSourceServer();
  program = installProgram(source.url);
});
afterAll(async () => {
  await source.stop();
  program.remove();
});

describe('while the source is down', () => {
  it('fetch shows the sample or the archive, says so, and ends with 1', async () => {
    const sample = await program.run(['fetch', '--json'], { env: { ...OFFLINE, STORE_URL: 'memory:' } });
    expect([sample.code, sample.err]).toEqual([
      1,
      expect.stringMatching(/^The source could not be read\. This is the sample .* cannot be reached/),
    ]);
    expect(JSON.parse(sample.out).way).toBe('sample');
    const kept = { STORE_URL: 'sqlite:data/fetched.db' };
    expect(await program.run(['fetch'], { env: kept })).toMatchObject({ code: 0, err: '' });
    const archived = await program.run(['fetch'], { env: { ...OFFLINE, ...kept } });
    expect([archived.code, archived.err]).toEqual([
      1,
      'The source could not be read. This is what the archive has.\n',
    ]);
    expect(archived.out).not.toBe('');
  }, 120_000);

  it('start --once tells what waits and until when, at each look, and ends with 1', async () => {
    const now = systemClock.now();
    const feed = aFeed({
      destination: { platform: 'terminal', workspace: 'terminal', channel: 'terminal' },
      time: '00:00',
      zone: 'UTC',
      days: [...WEEKDAYS],
      createdAt: addMs(now, -3 * DAY_MS),
    });
    const url = `sqlite:${program.folder}/data/waiting.db`;
    await withStore(url, async (store) => void (await store.addFeed(feed, now)));
    const env = { ...OFFLINE, STORE_URL: url };
    const [first, second] = [
      await program.run(['start', '--once'], { env }),
      await program.run(['start', '--once'], { env }),
    ];
    const minute = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC';
    const line = new RegExp(
      `^${feed.id} \\S+: waiting\\. .*cannot be reached.* It is looked at again from ${minute} on, and waits until ${minute} at the latest\\.$`,
      'm',
    );
    expect([first.code, first.err]).toEqual([1, expect.stringMatching(line)]);
    expect([second.code, second.err]).toEqual([1, expect.stringMatching(line)]);
    const dry = await program.run(['post', '--feed', feed.id, '--dry-run'], { env });
    expect([dry.code, dry.out]).toEqual([1, '']);
    expect(dry.err).toContain('cannot be reached');
  }, 120_000);
});
