import { describe, expect, it } from 'vitest';
import { directTo, type Feed } from '../../src/domain/feed.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Interest, Subscription } from '../../src/domain/subscription.ts';
import type { WorkspaceTopic } from '../../src/domain/topic.ts';
import { authorKey, createWishes, organizationKey } from '../../src/topics/wishes.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { PLACE } from '../world.ts';

const SPLATTING = aPaper({
  id: '2611.00001',
  title: '3D Gaussian Splatting for Real-Time Scene Reconstruction',
  authors: [{ name: 'José Álvarez' }, { name: 'Bo Li' }],
  organization: { name: 'NVIDIA', displayName: 'NVIDIA Research' },
});
const WEATHER = aPaper({ id: '2611.00002', title: 'Weather over the sea', abstract: 'Rain and wind.' });

interface Kept {
  subscriptions?: readonly (Interest & { label?: string })[];
  topics?: readonly Pick<WorkspaceTopic, 'slug' | 'query'>[];
}

/** What a feed says of a paper when this is kept of its member and its workspace, and of nobody else. */
async function wants(feed: Feed, paper: Paper, { subscriptions = [], topics = [] }: Kept = {}) {
  const asked: unknown[] = [];
  const wishes = createWishes({
    async subscriptions(member) {
      asked.push(member);
      return subscriptions.map(
        (one): Subscription => ({ label: one.key, followedAt: feed.createdAt, ...one }),
      );
    },
    async topics(workspace) {
      asked.push(workspace);
      const more = { emoji: '📌', meaning: '', createdAt: feed.createdAt };
      return topics.map((one) => ({ name: `Our ${one.slug}`, ...more, ...one }));
    },
  });
  const told = (await wishes(feed))(paper);
  return { told, asked };
}

const DIGEST = aFeed({ isDigest: true, destination: directTo(PLACE, 'ada'), manager: 'ada' });
const byTopics = (...topics: string[]) => aFeed({ filters: { ...aFeed().filters, topics } });

describe('what a digest wants', () => {
  it('is nothing when its member follows nothing', async () => {
    expect((await wants(DIGEST, SPLATTING)).told).toBeUndefined();
  });

  it('is what they follow, each with its reason, in the order they began to', async () => {
    const subscriptions = [
      { kind: 'organization', key: organizationKey('nvidia'), label: 'NVIDIA' },
      { kind: 'author', key: authorKey('JOSE ALVAREZ'), label: 'José Álvarez' },
      { kind: 'topic', key: '3d', label: '3D' },
    ] as const;
    const { told, asked } = await wants(DIGEST, SPLATTING, { subscriptions });
    expect(told?.slice(0, 2)).toEqual(['from NVIDIA', 'by José Álvarez']);
    expect(told?.[2]).toMatch(/^3D: ".+" in the title/);
    expect(asked[0]).toEqual({ platform: 'terminal', workspace: 'terminal', id: 'ada' });
    expect((await wants(DIGEST, WEATHER, { subscriptions })).told).toBeUndefined();
  });

  it('are the whole names of authors and logins, not parts of them', async () => {
    const none = [
      { kind: 'author', key: 'alvarez' },
      { kind: 'author', key: 'jose' },
      { kind: 'organization', key: 'nvidi' },
      { kind: 'organization', key: 'nvidia research' },
    ] as const;
    for (const one of none)
      expect((await wants(DIGEST, SPLATTING, { subscriptions: [one] })).told, one.key).toBeUndefined();
  });

  it('are topics of the workspace by their query, and none that is there no longer', async () => {
    const subscriptions = [{ kind: 'topic', key: 'rain' }] as const;
    const topics = [{ slug: 'rain', query: 'rain -snow' }];
    expect((await wants(DIGEST, WEATHER, { subscriptions, topics })).told).toEqual([
      'Our rain: "rain" in the abstract',
    ]);
    expect((await wants(DIGEST, WEATHER, { subscriptions })).told).toBeUndefined();
  });

  it('is all of its list where it is wanted whole, and what they follow is a reason still', async () => {
    const whole: Feed = { ...DIGEST, isWhole: true };
    expect((await wants(whole, SPLATTING)).told).toEqual([]);
    const subscriptions = [{ kind: 'author', key: 'bo li', label: 'Bo Li' }] as const;
    expect((await wants(whole, SPLATTING, { subscriptions })).told).toEqual(['by Bo Li']);
    expect((await wants(whole, WEATHER, { subscriptions })).told).toEqual([]);
  });

  it('is not held back by filters', async () => {
    const subscriptions = [{ kind: 'author', key: 'bo li', label: 'Bo Li' }] as const;
    const filtered: Feed = { ...DIGEST, filters: { ...DIGEST.filters, exclude: ['splatting'] } };
    expect((await wants(filtered, SPLATTING, { subscriptions })).told).toEqual(['by Bo Li']);
  });
});

describe('what a feed wants', () => {
  it('is everything when it has no filter, and asks nobody', async () => {
    expect(await wants(aFeed(), WEATHER)).toEqual({ told: [], asked: [] });
  });

  it('are papers of one of its topics, built in or of its workspace', async () => {
    const topics = [{ slug: 'rain', query: 'rain' }];
    const feed = byTopics('rain', '3d');
    expect((await wants(feed, WEATHER, { topics })).told).toEqual([]);
    expect((await wants(feed, SPLATTING, { topics })).told).toEqual([]);
    expect((await wants(byTopics('audio'), SPLATTING, { topics })).told).toBeUndefined();
    expect((await wants(byTopics('rain'), SPLATTING, { topics })).told).toBeUndefined();
  });

  it('is nothing of a topic that is there no longer, rather than everything', async () => {
    expect((await wants(byTopics('rain'), WEATHER)).told).toBeUndefined();
  });

  it('are papers that pass its other filters too', async () => {
    const feed = byTopics('3d');
    const without: Feed = { ...feed, filters: { ...feed.filters, exclude: ['real-time'] } };
    expect((await wants(feed, SPLATTING)).told).toEqual([]);
    expect((await wants(without, SPLATTING)).told).toBeUndefined();
  });
});

describe('keys of names', () => {
  it.each([
    ['José Álvarez', 'jose alvarez'],
    ['  JOSE   alvarez ', 'jose alvarez'],
    ['Jose\u0301 A\u0301lvarez', 'jose alvarez'],
    ['J. R. R. Tolkien', 'j r r tolkien'],
    ['李飞飞', '李飞飞'],
    ["O'Brien", authorKey('O’Brien')],
  ])('%s is %s', (name, key) => {
    expect(authorKey(name)).toBe(key);
  });
});
