import { Hono } from 'hono';
import { addMs, HOUR_MS, type Instant } from '../../../src/domain/calendar.ts';
import { listingId } from '../../../src/domain/listing.ts';
import type { Paper } from '../../../src/domain/paper.ts';
import { BUILT_IN_TOPICS, type Topic } from '../../../src/domain/topic.ts';
import { silentLog } from '../../../src/log.ts';
import type { ArchivedPaper } from '../../../src/store.ts';
import { builtInTopicsOf } from '../../../src/topics/classify.ts';
import type { ArchiveView, PapersView } from '../../../src/view.ts';
import { addSyndication, type SyndicationParts } from '../../../src/web/syndication/index.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';

export const NOW: Instant = '2026-11-23T09:00:00.000Z';
export const BASE = 'https://papers.example.org';
const DAY = '2026-11-23';

/** Papers as the archive has them: the first was seen last, an hour after the next. */
export function archived(papers: readonly Paper[]): ArchivedPaper[] {
  return papers.map((paper, index) => ({
    paper,
    firstSeenAt: addMs(NOW, -(index + 1) * HOUR_MS),
    listings: [listingId({ kind: 'daily', key: DAY })],
  }));
}

function topicOf(slug: string): Topic {
  const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
  if (!topic) throw new Error(`There is no topic ${slug}.`);
  return topic;
}

/** An archive that finds the same papers whatever it is asked, and notes what that was. */
export interface SmallArchive extends ArchiveView {
  papers: ArchivedPaper[];
  /** What is said of a search and of a topic's papers. */
  said: Partial<PapersView>;
  asked: string[];
}

function createSmallArchive(papers: ArchivedPaper[]): SmallArchive {
  const archive: SmallArchive = {
    papers,
    said: {},
    asked: [],
    days: async () => [{ day: DAY, size: archive.papers.length }],
    day: async () => undefined,
    paper: async () => undefined,
    async topic(slug, { offset, limit }) {
      archive.asked.push(`topic ${slug} ${offset} ${limit}`);
      const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
      return topic && { ...found(archive), topic };
    },
    async search(text, { offset, limit }) {
      archive.asked.push(`search ${text} ${offset} ${limit}`);
      return found(archive);
    },
    async newest(days) {
      archive.asked.push(`newest ${days}`);
      return [{ day: DAY, papers: archive.papers }];
    },
    topicsOf: async (papers) =>
      new Map(papers.map((paper) => [paper.id, [...builtInTopicsOf(paper)].map(topicOf)])),
  };
  return archive;
}

function found({ papers, said }: SmallArchive): PapersView {
  return { papers, hasMore: false, corrections: [], unread: [], isComplete: true, ...said };
}

export interface Shown {
  app: Hono;
  archive: SmallArchive;
  clock: FakeClock;
}

/** The routes over a small archive, in an app of their own where none is given. */
export function show(
  papers: ArchivedPaper[],
  { app = new Hono(), ...given }: Partial<SyndicationParts> & { app?: Hono } = {},
): Shown {
  const archive = createSmallArchive(papers);
  const clock = createFakeClock(NOW);
  addSyndication(app, { archive, clock, gate: { baseUrl: () => BASE }, log: silentLog, ...given });
  return { app, archive, clock };
}

/** The text of a document that must be there. */
export async function read({ app }: Pick<Shown, 'app'>, path: string): Promise<string> {
  const response = await app.request(path);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}
