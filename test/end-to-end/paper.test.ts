import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { withStore } from './bot-store.ts';
import { installProgram, NOBODY, type Program } from './program.ts';

let program: Program;
beforeAll(async () => {
  program = installProgram(NOBODY);
  await withStore(`sqlite:${program.folder}/data/test.db`, async (store) => {
    const destination = { platform: 'discord', workspace: 'lab', channel: '4711' } as const;
    await store.addFeed(aFeed({ destination }), systemClock.now());
  });
});
afterAll(() => program.remove());

const paper = (...args: string[]) => program.run(['paper', ...args]);
/** Lines are broken where the terminal ends. */
const whole = (text: string) => text.replace(/\s+/g, ' ');

describe('paper, in a terminal', () => {
  it.each([
    [['search'], '--query is missing: ', "paperwire paper search 'gaussian splatting'"],
    [['show'], '--paper is missing: its arXiv id', 'paperwire paper show 2608.19880'],
    [
      ['feed', 'remove'],
      '--id is missing: the feed, as "paperwire paper feed list" names it',
      'paperwire paper feed remove k4t2m9',
    ],
    [['topics', 'add', 'Tides'], '--query is missing: ', "--name 'weather models' --query weather"],
  ])('%j: says what to write, and exit 2', async (args, missing, example) => {
    const { code, out, err } = await paper(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(missing);
    expect(err).toContain(`Write it like: `);
    expect(err).toContain(example);
  });

  it('help names commands and options as they are typed there', async () => {
    const all = await paper('help');
    expect(whole(all.out)).toContain('"paperwire paper <command>", its options as "--name value"');
    const one = await paper('search', '--help');
    expect(one.out).toMatch(/^--query +/m);
    expect(one.out).toContain('Example: paperwire paper search --query "gaussian splatting"');
    expect(`${all.out}${one.out}`).not.toContain('/paper ');
  });

  it('help about feeds says which are meant, and where their editions are shown', async () => {
    for (const args of [
      ['feed', '--help'],
      ['feed', 'pause', '--help'],
    ])
      expect(whole((await paper(...args)).out)).toContain(
        'the feeds of this terminal: their editions are shown',
      );
  });

  it('a feed of another workspace is told with where it is set', async () => {
    const { code, out, err } = await paper('feed', 'pause', '--id', 'feed01');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('There is no feed "feed01" here. "paperwire paper feed list" shows');
    expect(err).toContain('Feed feed01 posts on discord, in 4711, and is set there: "/paper feed pause".');
  });

  it('without a feed of its own says that there are others, until it has one', async () => {
    expect((await paper('feed', 'list')).err).toContain('"paperwire status" shows all.');
    const none = await paper('feed', 'pause');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('"paperwire status" shows all.')]);
    const added = await paper('feed', 'add');
    expect(whole(added.out)).toContain('shown in the terminal where "paperwire start" runs.');
    await paper('feed', 'add', '--time', '17:30');
    const which = await paper('feed', 'pause');
    expect([which.code, which.err]).toEqual([2, expect.stringMatching(/^Say which one with --id: \w+ \(/)]);
    const unchanged = await paper('feed', 'edit', '--id', 'nope');
    expect(unchanged.err).toContain('for example --time 17:30');
  }, 120_000);

  it('a value that does not fit is told with its option', async () => {
    const { code, err } = await paper('today', '--limit', '99');
    expect([code, err]).toEqual([2, expect.stringMatching(/^--limit is a whole number from 1 to /)]);
  });
});
