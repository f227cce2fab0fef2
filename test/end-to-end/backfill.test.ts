import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { CLOSED_AFTER_HOURS, hasDailyList, ripeDays } from '../../src/domain/listing.ts';
import { inventList, type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { withStore } from './bot-store.ts';
import { type Ended, installProgram, NOBODY, type Program } from './program.ts';
import { textOf } from './text-of.ts';

let program: Program;
let server: SourceServer;
let stores = 0;

/** A week with five lists, which have closed long ago. */
const [MON, TUE, WED, FRI, SUN] = [
  '2026-08-17',
  '2026-08-18',
  '2026-08-19',
  '2026-08-21',
  '2026-08-23',
] as const;
const MONTHS = ['--from', '2026-03-02', '--to', FRI] as const;

beforeAll(async () => {
  server = await startSourceServer();
  program = installProgram(server.url);
});
afterAll(async () => {
  await server.stop();
  program.remove();
});

/** A store that is not there yet, and the program with it. */
function openPlace() {
  stores += 1;
  server.forget();
  server.setFault('all', undefined);
  server.setFault('list', undefined);
  server.setFault('page', undefined);
  const env = { STORE_URL: `sqlite:${program.folder}/backfill-${stores}.db` };
  return {
    backfill: (...args: string[]) => program.run(['backfill', ...args], { env }),
    /** The same, and it gets a signal once so many lists were asked for. */
    async interrupted(signal: NodeJS.Signals, lists: number, ...args: string[]): Promise<Ended> {
      const child = program.spawn(['backfill', ...args], env);
      const out = textOf(child.stdout);
      const err = textOf(child.stderr);
      const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
      await expect.poll(() => server.count('list'), { interval: 20, timeout: 20_000 }).toBe(lists);
      child.kill(signal);
      return { code: await closed, out: out(), err: err() };
    },
    archived: (day: Day) => withStore(env.STORE_URL, ({ listings }) => listings.get(`daily:${day}`)),
  };
}

const asked = () => server.requests.map(({ path }) => path.match(/\d{4}-\d\d-\d\d/)?.[0]);

describe('backfill', () => {
  it('fills the archive, says what it found, and asks nothing the second time', async () => {
    const { backfill, archived } = openPlace();
    const { code, out, err } = await backfill('--from', MON, '--to', WED, '--json');
    expect(code, err).toBe(0);
    const papers = [MON, TUE, WED].flatMap((day) => inventList(day)).length;
    const found = { from: MON, to: WED, days: 3, lists: 3, papers, withoutList: [], missing: [] };
    expect(JSON.parse(out)).toEqual({ ...found, newPapers: papers });
    expect(err).toBe('Looking for the lists of 3 days\n');
    expect(asked()).toEqual([MON, TUE, WED]);
    expect(server.mostAtOnce).toBe(1);
    expect((await archived(TUE))?.paperIds).toHaveLength(inventList(TUE).length);
    server.forget();
    const again = await backfill('--from', MON, '--to', WED, '--json');
    expect([again.code, JSON.parse(again.out)]).toEqual([0, { ...found, newPapers: 0 }]);
    const text = await backfill('--from', MON, '--to', WED);
    expect([text.code, text.out]).toEqual([
      0,
      `${MON} to ${WED}: 3 days, 3 lists with ${papers} papers, 0 of them new; 0 days without a list.\n`,
    ]);
    expect(asked()).toEqual([]);
  });

  it('goes up to the newest list that has closed, and asks for no weekend', async () => {
    const closed = () => ripeDays(new Date().toISOString(), CLOSED_AFTER_HOURS, 1)[0] ?? '';
    const newest = closed();
    const { backfill } = openPlace();
    const { code, out } = await backfill('--from', addDays(newest, -1), '--json');
    expect(code).toBe(0);
    // It may have closed meanwhile.
    expect([newest, closed()]).toContain(JSON.parse(out).to);
    expect(asked().every((day) => hasDailyList(day ?? ''))).toBe(true);
    server.forget();
    const weekend = await backfill('--from', '2026-08-22', '--to', SUN, '--json');
    expect([weekend.code, JSON.parse(weekend.out).days, asked()]).toEqual([0, 0, []]);
  });

  it('tells a day without a list from one that is missing: exit 1 until it is known', async () => {
    const { backfill, archived } = openPlace();
    const day = ['--from', MON, '--to', MON, '--json'];
    server.setFault('list', { kind: 'empty' });
    server.setFault('page', { kind: 'status', status: 404 });
    const doubtful = await backfill(...day);
    expect([doubtful.code, JSON.parse(doubtful.out)]).toMatchObject([1, { lists: 0, missing: [MON] }]);
    expect(doubtful.err).toContain(`${MON}: The daily list of ${MON} is empty (only api says so).`);
    server.setFault('page', { kind: 'empty' });
    const known = await backfill(...day);
    expect([known.code, JSON.parse(known.out)]).toMatchObject([0, { withoutList: [MON], missing: [] }]);
    expect((await archived(MON))?.paperIds).toEqual([]);
    server.forget();
    expect((await backfill(...day)).out).toBe(known.out);
    expect(server.count()).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: it ends with 130, and goes on where it was',
    async (signal) => {
      const { backfill, interrupted } = openPlace();
      const { code, out, err } = await interrupted(signal, 2, ...MONTHS, '--json');
      expect(code, err).toBe(130);
      expect(err).toContain('Interrupted. What was read is kept; give the same command again to go on.\n');
      const { days, lists, missing } = JSON.parse(out);
      expect(days - missing.length).toBe(lists);
      expect([1, 2]).toContain(lists);
      server.forget();
      expect((await backfill('--from', '2026-03-02', '--to', '2026-03-04')).code).toBe(0);
      expect(asked()).toEqual(['2026-03-02', '2026-03-03', '2026-03-04'].slice(lists));
    },
  );

  it('kill -9: it has lost the day in hand at most', async () => {
    const { backfill, interrupted, archived } = openPlace();
    // The third is asked for when the second is archived.
    expect((await interrupted('SIGKILL', 3, ...MONTHS)).code).toBe(null);
    expect((await archived('2026-03-03'))?.paperIds).toHaveLength(inventList('2026-03-03').length);
    server.forget();
    expect((await backfill('--from', '2026-03-02', '--to', '2026-03-04')).code).toBe(0);
    expect(['2026-03-04', undefined]).toContain(asked()[0]);
  });

  it('says that it waits for a source that cannot be reached', async () => {
    const env = { STORE_URL: 'memory:', HUGGING_FACE_URL: NOBODY, ARXIV_URL: NOBODY };
    const child = program.spawn(['backfill', '--from', MON, '--to', WED], env);
    const err = textOf(child.stderr);
    const closed = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(err, { timeout: 20_000 }).toContain('Trying again in 15 s.');
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(err()).toContain(`${MON}: Hugging Face does not show the daily list of ${MON}.`);
  });

  it.each([
    [[], 'Say from which day on'],
    [['--from'], '--from'],
    [['--from', '2026-02-30'], '"2026-02-30" is not a day'],
    [['--from', 'yesterday'], '"yesterday" is not a day'],
    [['--from', MON, '--to', '2026-8-20'], '"2026-8-20" is not a day'],
    [['--from', WED, '--to', MON], `--from ${WED} is after --to ${MON}.`],
    [['--from', '2023-05-03'], 'the first one is 2023-05-04'],
    [['--from', '2023-04-29', '--to', MON], 'the first one is 2023-05-04'],
    [['--from', MON, '--to', '2999-01-01'], 'There is no daily list of 2999-01-01 yet'],
    [['--from', '2999-01-05'], 'There is no daily list of 2999-01-05 yet'],
    [['--from', MON, MON], 'Unexpected argument'],
    [['--fast'], "Unknown option '--fast'"],
  ])('wrong usage %j: a sentence and exit 2', async (args, sentence) => {
    const { code, out, err } = await openPlace().backfill(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(server.count()).toBe(0);
  });

  it('has help', async () => {
    const { code, out } = await openPlace().backfill('--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: paperwire backfill --from/)]);
  });
});
