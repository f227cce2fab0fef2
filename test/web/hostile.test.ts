import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import { safeUrl } from '../../src/html.ts';
import { plain } from '../../src/text/line.ts';
import { builtInPaperTopics } from '../../src/topics/of-paper.ts';
import type { ArchiveView, PapersView, PaperView } from '../../src/view.ts';
import { aHostileCard, HOSTILE_TEXTS } from '../contracts/adapter-cards.ts';
import { aPaper } from '../fixtures/papers.ts';
import { anArchive } from './archive-fixture.ts';
import { readStrictly, skeleton } from './html-faults.ts';
import { expectSound, openPages } from './pages.ts';
import { ALARMS, aStatus, DELIVERIES, FEEDS, SOURCE } from './status-fixture.ts';

const aHostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.constantFrom(
    '</title><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '-->]]>',
    'עברית',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Papers in which every text and address may be hostile. */
const somePapers: fc.Arbitrary<Paper[]> = fc.tuple(aHostileCard, aHostileText).map(([card, text]) => {
  const entries =
    card.kind === 'list'
      ? card.sections.flatMap((section) => section.entries)
      : card.kind === 'paper'
        ? [card.entry]
        : [];
  const papers = entries.map(({ paper }) => paper);
  const worst = { title: text, abstract: `${text}\n${text}`, submittedBy: text, keywords: [text] };
  return [...papers, aPaper({ id: '2612.00001', listedOn: text, ...worst })];
});

const word = (text: string) => (plain(text) === '' ? '' : 'word');
/** As long as the text where that decides how it is shown. */
const lines = (text: string) =>
  text
    .split(/\r\n?|[\n\u0085\u2028\u2029\v\f]/)
    .map(word)
    .join('\n');

/** The same paper with nothing but plain words where it says something, and plain addresses where it has safe ones. */
function harmless(paper: Paper): Paper {
  const { title, abstract, summary, authors, organization, submittedBy, keywords } = paper;
  return {
    ...paper,
    title: word(title),
    keywords: keywords.map(word),
    ...(abstract === undefined ? {} : { abstract: lines(abstract) }),
    ...(summary === undefined ? {} : { summary: lines(summary) }),
    ...(authors ? { authors: authors.map(({ name }) => ({ name: word(name) })) } : {}),
    ...(organization
      ? {
          organization: {
            name: word(organization.name),
            displayName: word(organization.displayName) || organization.displayName,
          },
        }
      : {}),
    ...(submittedBy === undefined ? {} : { submittedBy: word(submittedBy) }),
    listedOn: 'word',
    ...harmlessAddresses(paper),
  };
}

function harmlessAddresses(paper: Paper): Pick<Paper, 'url' | 'arxivUrl' | 'pdfUrl'> & Partial<Paper> {
  const twin = (address: string) => {
    const safe = safeUrl(address);
    if (safe === undefined) return 'none';
    // Which of two are the same, and which too long to be shown, is to stay.
    const unique = `https://example.com/${Buffer.from(safe).toString('hex')}`;
    return safe.length <= 200 ? `https://example.com/${hash(safe)}` : unique.padEnd(201, 'a').slice(0, 400);
  };
  const { url, arxivUrl, pdfUrl, githubUrl, projectUrl } = paper;
  return {
    url: twin(url),
    arxivUrl: twin(arxivUrl),
    pdfUrl: twin(pdfUrl),
    ...(githubUrl === undefined ? {} : { githubUrl: twin(githubUrl) }),
    ...(projectUrl === undefined ? {} : { projectUrl: twin(projectUrl) }),
  };
}

function hash(text: string): string {
  return Buffer.from(text).toString('base64url').slice(-60);
}

/** An archive that shows these on each of its pages, with topics whose reasons quote `reason`. */
function archiveOf(papers: readonly Paper[], reason: string): ArchiveView {
  const archive = anArchive({ '2026-11-23': papers });
  const topics = builtInPaperTopics(
    aPaper({ id: '1', title: 'Language agents', abstract: 'Agents with tools.' }),
  );
  const because = [{ kind: 'title' as const, what: reason }];
  const all: PapersView = {
    papers: papers.map((paper) => ({ paper, firstSeenAt: '2026-11-23T00:00:00.000Z', listings: [] })),
    hasMore: true,
    corrections: [{ given: reason, taken: reason }],
    unread: [reason, `topic:${reason}`],
    isComplete: true,
  };
  return {
    ...archive,
    topicsOf: async (some) => new Map(some.map(({ id }) => [id, topics.map(({ topic }) => topic)])),
    search: async () => all,
    async paper(id): Promise<PaperView | undefined> {
      const known = await archive.paper(id);
      const seenOn = [
        { kind: 'search' as const, key: reason },
        { kind: 'daily' as const, key: reason },
      ];
      return known && { ...known, seenOn, topics: topics.map((one) => ({ ...one, because })) };
    },
  };
}

async function pagesOf(papers: readonly Paper[], said: string): Promise<string[]> {
  const { get } = openPages({ archive: archiveOf(papers, said) });
  const paths = [
    '/days/2026-11-23',
    `/search?q=${encodeURIComponent(`q${said.toWellFormed()}`)}`,
    ...papers.map(({ id }) => `/papers/${id}`),
  ];
  return await Promise.all(paths.map(async (path) => await (await get(path)).text()));
}

describe('what others have said', () => {
  it('adds no element and no attribute to a page of the archive, and turns nothing round', async () => {
    await fc.assert(
      fc.asyncProperty(somePapers, aHostileText, async (papers, text) => {
        const pages = await pagesOf(papers, text);
        const twins = await pagesOf(papers.map(harmless), word(text));
        for (const [index, page] of pages.entries()) {
          expectSound(page);
          expect(skeleton(readStrictly(page))).toEqual(skeleton(readStrictly(twins[index] ?? '')));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is shown as it is', async () => {
    const title = '<b>Bold</b> & "quoted" \'claims\'';
    const { see } = openPages({
      archive: anArchive({ '2026-11-23': [aPaper({ id: '2611.00001', title })] }),
    });
    for (const path of ['/days/2026-11-23', '/papers/2611.00001']) {
      const { main } = await see(path);
      expect(main).toContain(title);
    }
    const { $ } = await see('/papers/2611.00001');
    expect($('title').text()).toBe(`${title} · Paperwire`);
    expect($('meta[property="og:title"]').attr('content')).toBe(title);
  });

  it('adds nothing to what is said of a wrong address', async () => {
    const { get } = openPages();
    await fc.assert(
      fc.asyncProperty(aHostileText, async (text) => {
        const written = encodeURIComponent(text.toWellFormed());
        for (const path of ['/days/', '/papers/', '/topics/', '/days?before=', '/topics/agents?page=', '/']) {
          const page = await (await get(`${path}x${written}`)).text();
          expectSound(page);
          expect(load(page)('main').children().length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('adds nothing to the status page', async () => {
    const harmlessPage = await statusPage('word');
    await fc.assert(
      fc.asyncProperty(aHostileText, async (text) => {
        const page = await statusPage(text);
        expectSound(page);
        expect(skeleton(readStrictly(page))).toEqual(skeleton(readStrictly(harmlessPage)));
      }),
      { numRuns: 40 },
    );
  });
});

/** The status page with this in every text that comes from elsewhere. */
async function statusPage(text: string): Promise<string> {
  const place = { platform: 'slack' as const, workspace: text, channel: text };
  const feeds = FEEDS.map((one) => ({
    ...one,
    feed: { ...one.feed, destination: place },
    ...(one.lastSlot ? { lastSlot: { ...one.lastSlot, sentence: text } } : {}),
    ...(one.alarm ? { alarm: { ...one.alarm, sentence: text } } : {}),
  }));
  const status = aStatus({
    feeds: async () => ({ total: feeds.length, feeds }),
    deliveries: async () => ({
      counts: { planned: 0, sending: 0, refused: 0, uncertain: 2 },
      oldest: DELIVERIES.map((one) => ({ ...one, destination: place, reason: text })),
    }),
    alarms: async () => ALARMS.map((one) => ({ ...one, sentence: text, subject: text })),
    source: async () => ({
      ...SOURCE,
      ways: SOURCE.ways.map((one) => ({
        way: text,
        ...(one.failure ? { failure: { ...one.failure, sentence: text } } : {}),
      })),
    }),
  });
  const { get } = openPages({ status, checks: [{ name: text, isFine: false, sentence: text }] });
  return await (await get('/status')).text();
}
