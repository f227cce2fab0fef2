// Serves lists on the loopback interface, so that a person can see the bot run without the internet:
//
//   node scripts/run.mjs test/fakes/source-server-main.ts [--port N] [--now ISO] [--corpus] [--grows] [--style YEAR]
//
// --corpus serves the real lists of ../shared/corpus instead of invented ones; without --now time then stands at the
// end of the newest of them, else it is the machine's.
import { parseArgs } from 'node:util';
import type { Day, Instant } from '../../src/domain/calendar.ts';
import { readCorpus } from '../shared.ts';
import { startSourceServer } from './source-server.ts';
import { PAGE_STYLES, type PageStyle } from './source-server-pages.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8788' },
    now: { type: 'string' },
    corpus: { type: 'boolean', default: false },
    grows: { type: 'boolean', default: false },
    style: { type: 'string', default: '2026' },
  },
});

const lists: ReadonlyMap<Day, readonly unknown[]> | undefined = values.corpus
  ? new Map(readCorpus().map(({ day, items }) => [day, items]))
  : undefined;
const newest = [...(lists?.keys() ?? [])].at(-1);
const given = values.now ?? (newest === undefined ? undefined : `${newest}T20:00:00.000Z`);
const stoppedAt: Instant | undefined = given === undefined ? undefined : new Date(given).toISOString();
const server = await startSourceServer({
  port: Number(values.port),
  grows: values.grows,
  style: PAGE_STYLES.find((style) => style === values.style) ?? ('2026' satisfies PageStyle),
  ...(lists ? { lists } : {}),
  ...(stoppedAt === undefined ? {} : { now: () => stoppedAt }),
});

const what = lists ? `${lists.size} real lists up to ${newest}` : 'invented lists';
process.stderr.write(`Serving ${what}; for this server it is ${stoppedAt ?? 'now'}. Ctrl-C stops it.\n`);
process.stdout.write(`HUGGING_FACE_URL=${server.url}\nARXIV_URL=${server.url}\n`);
process.once('SIGINT', () => void server.stop());
process.once('SIGTERM', () => void server.stop());
