import type { Feed } from '../domain/feed.ts';
import type { Member } from '../domain/member.ts';
import type { Paper } from '../domain/paper.ts';
import { parseQuery } from '../domain/query.ts';
import { type Reason, reasonText } from '../domain/reason.ts';
import type { Interest, Subscription } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS, type TopicSlug, type WorkspaceTopic } from '../domain/topic.ts';
import type { People, Workspace } from '../people.ts';
import { wordsOf } from '../text/terms.ts';
import { builtInTopicsOf, classifyOnce } from './classify.ts';
import { matchQuery } from './matches.ts';
import { passes } from './passes.ts';

/** Says why a paper is wanted; undefined when it is not, no reason where none need be told. */
type Wants = (paper: Paper) => readonly string[] | undefined;
/** Says why a paper belongs to something, in words for its follower; undefined when it does not. */
type Belongs = (paper: Paper) => string | undefined;

/** What feeds want: their filters, and of a digest what its member follows. Errors of each call: `StoreError`. */
export function createWishes(
  people: Pick<People, 'subscriptions' | 'topics'>,
): (feed: Feed) => Promise<Wants> {
  return async (feed) => {
    if (!feed.isDigest) return await filtersOf(feed, people);
    const { platform, workspace } = feed.destination;
    // Whoever it is for: it may come in a thread of theirs instead of directly.
    const wants = await followedBy({ platform, workspace, id: feed.manager }, people);
    return feed.isWhole ? (paper) => wants(paper) ?? [] : wants;
  };
}

async function filtersOf({ filters, destination }: Feed, people: Pick<People, 'topics'>): Promise<Wants> {
  const topics = filters.topics.length > 0 ? await topicsIn(destination, people) : new Map();
  const wanted = filters.topics.flatMap((slug) => topics.get(slug) ?? []);
  const isOnTopic: (paper: Paper) => boolean =
    filters.topics.length === 0
      ? () => true
      : (paper) => wanted.some((reason) => reason(paper) !== undefined);
  return (paper) => (passes(paper, filters) && isOnTopic(paper) ? [] : undefined);
}

async function followedBy(member: Member, people: Pick<People, 'subscriptions' | 'topics'>): Promise<Wants> {
  const followed = await people.subscriptions(member);
  const hasTopics = followed.some(({ kind }) => kind === 'topic');
  const topics = hasTopics ? await topicsIn(member, people) : new Map();
  const reasons = followed.flatMap((one) => reasonFor(one, topics) ?? []);
  return (paper) => {
    const told = reasons.flatMap((reason) => reason(paper) ?? []);
    return told.length > 0 ? told : undefined;
  };
}

/** Nothing for a topic that is there no longer. */
function reasonFor(followed: Subscription, topics: ReadonlyMap<TopicSlug, Belongs>): Belongs | undefined {
  const { kind, key, label } = followed;
  switch (kind) {
    case 'topic':
      return topics.get(key);
    case 'author':
      return (paper) => (authorKeysOf(paper).has(key) ? `by ${label}` : undefined);
    case 'organization':
      return ({ organization }) =>
        organization && organizationKey(organization.name) === key ? `from ${label}` : undefined;
    default:
      return kind satisfies never;
  }
}

/** The key of an author: names that differ in case and accents only are one. */
export function authorKey(name: string): Interest['key'] {
  return wordsOf(name).join(' ');
}

const keysOfAuthors = new WeakMap<Paper, ReadonlySet<Interest['key']>>();

/** Made once for all who follow authors. */
function authorKeysOf(paper: Paper): ReadonlySet<Interest['key']> {
  const keys = keysOfAuthors.get(paper) ?? new Set((paper.authors ?? []).map(({ name }) => authorKey(name)));
  keysOfAuthors.set(paper, keys);
  return keys;
}

/** The key of an organisation, out of its login at the source. */
export function organizationKey(login: string): Interest['key'] {
  return login.toLowerCase();
}

/** Every topic that a workspace knows, with what says whether a paper belongs to it. */
async function topicsIn(
  { platform, workspace }: Workspace,
  people: Pick<People, 'topics'>,
): Promise<Map<TopicSlug, Belongs>> {
  const own = await people.topics({ platform, workspace });
  return new Map([
    ...BUILT_IN_TOPICS.map(({ slug, name }) => [slug, builtIn(slug, name)] as const),
    ...own.map((topic) => [topic.slug, ownTopic(topic)] as const),
  ]);
}

function builtIn(slug: TopicSlug, name: string): Belongs {
  return (paper) => {
    const match = classifyOnce(paper).find((one) => one.slug === slug);
    return match && told(name, match.because);
  };
}

function ownTopic({ query, name }: WorkspaceTopic): Belongs {
  const parsed = parseQuery(query);
  return (paper) => {
    const because = matchQuery(parsed, paper, builtInTopicsOf);
    return because && told(name, because);
  };
}

/** `Agents: "tool use" in the title`. */
function told(name: string, because: readonly Reason[]): string {
  const reasons = because.slice(0, 2).map((one) => reasonText(one));
  return reasons.length === 0 ? name : `${name}: ${reasons.join(', ')}`;
}
