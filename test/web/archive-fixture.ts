import type { Day } from '../../src/domain/calendar.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { BUILT_IN_TOPICS } from '../../src/domain/topic.ts';
import type { ArchivedPaper } from '../../src/store.ts';
import { builtInPaperTopics } from '../../src/topics/of-paper.ts';
import type { ArchiveView, PapersView } from '../../src/view.ts';

/** An archive of these lists, by day; a search finds every paper whose title holds the text. */
export function anArchive(lists: Readonly<Record<Day, readonly Paper[]>>): ArchiveView {
  const days = Object.keys(lists).sort().reverse();
  const all = days.flatMap((day) => (lists[day] ?? []).map((paper) => archived(paper, day)));
  const found = (
    papers: ArchivedPaper[],
    { offset, limit }: { offset: number; limit: number },
  ): PapersView => ({
    papers: papers.slice(offset, offset + limit),
    hasMore: papers.length > offset + limit,
    corrections: [],
    unread: [],
    isComplete: true,
  });
  return {
    async days(limit, before = '9999-12-31') {
      const full = days.filter((day) => day < before && lists[day]?.length !== 0);
      return full.slice(0, limit).map((day) => ({ day, size: lists[day]?.length ?? 0 }));
    },
    async day(day) {
      const papers = lists[day];
      if (!papers) return undefined;
      const previous = days.find((one) => one < day);
      const next = days.findLast((one) => one > day);
      return {
        day,
        fetchedAt: `${day}T20:00:00.000Z`,
        papers: papers.map((paper) => archived(paper, day)),
        ...(previous === undefined ? {} : { previous }),
        ...(next === undefined ? {} : { next }),
      };
    },
    async paper(id) {
      const known = all.find(({ paper }) => paper.id === id);
      if (!known) return undefined;
      const seenOn = known.listings.map((listing) => ({ kind: 'daily' as const, key: listing.slice(6) }));
      const others = all.filter((one) => one !== known).map(({ paper }) => paper);
      return { ...known, seenOn, topics: builtInPaperTopics(known.paper), similar: others.slice(0, 5) };
    },
    async topic(slug, page) {
      const topic = BUILT_IN_TOPICS.find((one) => one.slug === slug);
      const papers = all.filter(({ paper }) =>
        builtInPaperTopics(paper).some((one) => one.topic.slug === slug),
      );
      return topic && { topic, ...found(papers, page) };
    },
    async search(text, page) {
      return found(
        all.filter(({ paper }) => paper.title.includes(text)),
        page,
      );
    },
    async newest(count) {
      return days
        .slice(0, count)
        .map((day) => ({ day, papers: all.filter(({ listings }) => listings[0] === `daily:${day}`) }));
    },
    topicsOf: async (papers) =>
      new Map(papers.map((paper) => [paper.id, builtInPaperTopics(paper).map(({ topic }) => topic)])),
  };
}

function archived(paper: Paper, day: Day): ArchivedPaper {
  return { paper, firstSeenAt: `${day}T06:00:00.000Z`, listings: [`daily:${day}`] };
}
