// Serves lists on the loopback interface, so that a person can see the bot run without the internet:
//
//   node scripts/run.mjs test/fakes/source-server-main.ts [--port N] [--now ISO] [--corpus] [--grows] [--style YEAR]
//
// Invented lists, or with --corpus the real ones of ../shared/corpus. Without --now time is the machine's, and the real
// lists are moved to the weekdays up to the end of next week, so that the bot finds one today and another tomorrow.
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { addDays, type Day } from '../../src/domain/calendar.ts';
import { hasDailyList, newestDay } from '../../src/domain/listing.ts';
import { type CorpusDay, readCorpus } from '../shared.ts';
import { startSourceServer } from './source-server.ts';
import { PAGE_STYLES, type PageStyle } from './source-server-pages.ts';
import type { ServedItem } from './source-server-papers.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8788' },
    now: { type: 'string' },
    corpus: { type: 'boolean', default: false },
    grows: { type: 'boolean', default: false },
    style: { type: 'string', default: '2026' satisfies PageStyle },
  },
});

/** The corpus on the weekdays that end `ahead` days after the newest open one; every paper says so too. */
function moved(corpus: readonly CorpusDay[], ahead: number): Map<Day, readonly unknown[]> {
  const lists = new Map<Day, readonly unknown[]>();
  let day = addDays(newestDay(systemClock.now()), ahead);
  for (const { items } of corpus.toReversed()) {
    while (!hasDailyList(day)) day = addDays(day, -1);
    const submittedOnDailyAt = `${day}T00:00:00.000Z`;
    const put = (item: ServedItem) => ({ ...item, paper: { ...item.paper, submittedOnDailyAt } });
    lists.set(day, (items as ServedItem[]).map(put));
    day = addDays(day, -1);
  }
  return lists;
}

const corpus = values.corpus ? readCorpus() : [];
if (values.corpus && corpus.length === 0) process.stderr.write('There is no ../shared/corpus here.\n');
const stoppedAt = values.now === undefined ? undefined : new Date(values.now).toISOString();
const asTheyWere = () => new Map(corpus.map(({ day, items }) => [day, items]));
const lists = stoppedAt === undefined ? moved(corpus, 11) : asTheyWere();
const server = await startSourceServer({
  port: Number(values.port),
  grows: values.grows,
  style: PAGE_STYLES.find((style) => style === values.style) ?? '2026',
  ...(corpus.length > 0 ? { lists } : {}),
  ...(stoppedAt === undefined ? {} : { now: () => stoppedAt }),
});

const what = corpus.length > 0 ? `${corpus.length} real lists` : 'invented lists';
process.stderr.write(`Serving ${what}; here it is ${stoppedAt ?? 'now'}. Ctrl-C stops it.\n`);
process.stdout.write(`HUGGING_FACE_URL=${server.url}\nARXIV_URL=${server.url}\n`);
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => void server.stop());
