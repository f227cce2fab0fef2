import { describe, expect, it } from 'vitest';
import { LONG, USUAL } from '../../contracts/adapter-cards.ts';
import { aPaper } from '../../fixtures/papers.ts';
import { FAULTS } from '../../syndication-checks/faults.ts';
import { archived, BASE, NOW, read, show } from './kit.ts';
import { ENDINGS, type Ending, type ReadEntry, readByOthers, readExactly } from './read-back.ts';

const ROBOT = aPaper({
  ...USUAL,
  id: '2611.00001',
  title: 'A robot policy for manipulation & navigation',
  abstract: 'We teach a robot.\n\nIt learns manipulation from video, for p < 0.05.',
  authors: [{ name: 'Ada Lovelace' }, { name: 'Jürgen O’Neill' }, { name: 'לאה גולדברג' }],
  publishedAt: '2026-11-20T00:00:00.000Z',
  projectUrl: 'https://example.com/?a=1&b=2',
});
const OLD = aPaper({ id: 'hep-th/9901001', title: 'An old paper', abstract: 'Short. And more.' });
const BARE = aPaper({ id: '2611.00003', title: '' });
const PAPERS = archived([ROBOT, OLD, BARE]);
const ADDRESSES = ['/feeds/daily', '/feeds/topic/robotics', '/feeds/search'] as const;

function addressOf(path: (typeof ADDRESSES)[number], ending: Ending): string {
  return `${path}.${ending}${path === '/feeds/search' ? '?q=robots' : ''}`;
}

const EACH = ADDRESSES.flatMap((path) => ENDINGS.map((ending) => [addressOf(path, ending), ending] as const));

describe.each(EACH)('%s', (address, ending) => {
  it('keeps the rules of its format', async () => {
    const papers = archived([...PAPERS.map(({ paper }) => paper), aPaper({ id: '2611.00009', ...LONG })]);
    expect(FAULTS[ending](await read(show(papers), address))).toEqual([]);
  });

  it('keeps them without any paper, and stays the same', async () => {
    const shown = show([]);
    const source = await read(shown, address);
    expect(FAULTS[ending](source)).toEqual([]);
    expect(readExactly(ending, source).entries).toEqual([]);
    // The day of the first list there ever was; JSON Feed dates entries only.
    expect(source).toMatch(
      { atom: /2023-05-04T00:00:00/, rss: /Thu, 04 May 2023/, json: /"items":\[\]/ }[ending],
    );
    shown.clock.advance(86_400_000);
    expect(await read(shown, address)).toBe(source);
  });

  it('is its own address, and leads to a page', async () => {
    const { url, pageUrl } = readExactly(ending, await read(show(PAPERS), address));
    expect(url).toBe(BASE + address);
    expect(pageUrl.replace(BASE, '')).toMatch(/^\/(days|topics\/robotics|search\?q=robots)$/);
  });
});

const EXPECTED: Pick<ReadEntry, 'id' | 'url' | 'title' | 'authors' | 'topics' | 'seenAt'>[] = [
  {
    id: 'https://arxiv.org/abs/2611.00001',
    url: `${BASE}/papers/2611.00001`,
    title: 'A robot policy for manipulation & navigation',
    authors: ['Ada Lovelace', 'Jürgen O’Neill', 'לאה גולדברג'],
    topics: ['Robotics'],
    seenAt: '2026-11-23T08:00:00.000Z',
  },
  {
    id: 'https://arxiv.org/abs/hep-th/9901001',
    url: `${BASE}/papers/hep-th/9901001`,
    title: 'An old paper',
    authors: [],
    topics: [],
    seenAt: '2026-11-23T07:00:00.000Z',
  },
  {
    id: 'https://arxiv.org/abs/2611.00003',
    url: `${BASE}/papers/2611.00003`,
    title: '2611.00003',
    authors: [],
    topics: [],
    seenAt: '2026-11-23T06:00:00.000Z',
  },
];

describe.each(ENDINGS)('entries in %s', (ending) => {
  const entries = async () => readExactly(ending, await read(show(PAPERS), `/feeds/daily.${ending}`)).entries;

  it('are read back as what they are', async () => {
    expect(await entries()).toMatchObject(EXPECTED);
  });

  it('say in plain text what a paper is about, and the whole in HTML', async () => {
    const [robot, old, bare] = await entries();
    expect(robot?.summary).toBe(USUAL.summary);
    expect(robot?.content).toContain('<p>It learns manipulation from video, for p &lt; 0.05.</p>');
    expect(robot?.content).toContain('Ada Lovelace, Jürgen O’Neill, \u2068לאה גולדברג\u2069');
    expect(robot?.content).toContain(
      '<a href="https://example.com/?a=1&amp;b=2" rel="noreferrer">Project</a>',
    );
    for (const label of ['Page', 'arXiv', 'PDF', 'Code']) expect(robot?.content).toContain(`>${label}</a>`);
    expect(old?.summary).toBe('Short.');
    expect(bare?.summary).toBe('');
    expect(bare?.content).toContain('Its abstract is not known yet.');
  });

  it('do not look changed when somebody votes, comments or likes the code', async () => {
    const liked = PAPERS.map(({ paper, ...rest }) => ({
      ...rest,
      paper: { ...paper, upvotes: paper.upvotes + 99, comments: 7, githubStars: 5000 },
    }));
    const address = `/feeds/daily.${ending}`;
    // The archive puts more votes first.
    expect(await read(show(liked.reverse()), address)).toBe(await read(show(PAPERS), address));
  });
});

describe.each(['atom', 'rss'] as const)('another reader of %s', (ending) => {
  it('reads the same', async () => {
    const source = await read(show(PAPERS), `/feeds/topic/robotics.${ending}`);
    const theirs = readByOthers(source);
    const ours = readExactly(ending, source);
    expect({ ...theirs, entries: [] }).toEqual({ ...ours, entries: [] });
    // Who has no authors is signed by the maker in Atom.
    const unsigned = ending === 'atom' ? ['Paperwire'] : [];
    const signed = EXPECTED.map((entry) => ({
      ...entry,
      authors: entry.authors.length > 0 ? entry.authors : unsigned,
    }));
    expect(theirs.entries).toMatchObject(signed);
    expect(theirs.entries[0]?.summary).toBe(USUAL.summary);
  });
});

describe('what a document holds', () => {
  it('is named after what it brings', async () => {
    const titles = await Promise.all(
      ['daily.json', 'topic/agents.json', 'topic/3d.json', 'search.json?q=gaussian+splats'].map(
        async (name) => readExactly('json', await read(show(PAPERS), `/feeds/${name}`)).title,
      ),
    );
    expect(titles).toEqual([
      'Daily papers · Paperwire',
      'Papers about agents · Paperwire',
      'Papers about 3D · Paperwire',
      'Papers that match “gaussian splats” · Paperwire',
    ]);
  });

  it('is what the archive gives for five lists, a topic, a query', async () => {
    const shown = show(PAPERS);
    for (const address of ['daily.atom', 'topic/agents.rss', 'search.json?q=topic:agents']) {
      await read(shown, `/feeds/${address}`);
    }
    expect(shown.archive.asked).toEqual(['newest 5', 'topic agents 0 50', 'search topic:agents 0 50']);
  });

  it('comes newest first, and no paper twice', async () => {
    const [first, second, third] = PAPERS;
    if (!first || !second || !third) throw new Error('There are three papers.');
    const twice = [third, first, { ...second, firstSeenAt: first.firstSeenAt }, third];
    const { entries } = readExactly('json', await read(show(twice), '/feeds/daily.json'));
    expect(entries.map(({ title }) => title)).toEqual(['An old paper', ROBOT.title, '2611.00003']);
  });

  it('holds at most a hundred of very many authors, and says how many there are', async () => {
    const many = archived([aPaper({ ...LONG, id: '2611.00005' })]);
    const [entry] = readExactly('json', await read(show(many), '/feeds/daily.json')).entries;
    expect(entry?.authors).toHaveLength(100);
    expect(entry?.content).toContain('and 114 more');
  });

  it('says which filters were read as words', async () => {
    const shown = show(PAPERS);
    shown.archive.said = { unread: ['votes:many'] };
    const document = JSON.parse(await read(shown, '/feeds/search.json?q=votes:many'));
    expect(document.description).toContain('Read as words: votes:many.');
  });

  it('has addresses that begin as it was asked for', async () => {
    const gate = { baseUrl: (request: Request) => new URL(request.url).origin };
    const { app } = show(PAPERS, { gate });
    const [one, other] = await Promise.all(
      ['http://localhost:8787', 'http://papers:8787'].map(async (base) =>
        readExactly('rss', await (await app.request(`${base}/feeds/daily.rss`)).text()),
      ),
    );
    expect(one?.entries[0]?.url).toBe('http://localhost:8787/papers/2611.00001');
    expect(other?.entries[0]?.url).toBe('http://papers:8787/papers/2611.00001');
    expect(other?.url).toBe('http://papers:8787/feeds/daily.rss');
  });

  it('is dated by its newest entry', async () => {
    const document = await read(show(PAPERS), '/feeds/daily.atom');
    expect(document).toMatch(/<updated>2026-11-23T08:00:00\.000Z<\/updated>\s+<entry>/);
    expect(document).not.toContain(NOW);
  });
});
