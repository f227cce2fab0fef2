import type { Followable } from '../abilities.ts';
import { parseQuery } from '../domain/query.ts';
import type { InterestKind } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS } from '../domain/topic.ts';
import type { People, Workspace } from '../people.ts';
import type { Search } from '../search.ts';
import { visible } from '../text/characters.ts';
import { slipsBetween } from '../text/distance.ts';
import { wordsOf } from '../text/terms.ts';
import { authorKey, organizationKey } from './wishes.ts';

export interface FollowableDependencies {
  people: Pick<People, 'topics'>;
  search: Pick<Search, 'find' | 'suggest'>;
}

const MOST_SUGGESTIONS = 5;
/** As the source's logins are spelt. */
const LOGIN = /^[\w.-]{2,42}$/;
/** From this length on two slips are forgiven. */
const LONG_NAME = 8;
/** Nobody and nothing is called by so many characters. */
const MAX_NAME = 200;
const NAMED = /^\s*(topic|author|by|org|organization)\s*:\s*(.*)$/is;

/** Reads what somebody wants to follow: a topic by its slug or name, `author:…`, `org:…`. Errors: `StoreError`. */
export async function followable(
  workspace: Workspace,
  what: string,
  dependencies: FollowableDependencies,
): Promise<Followable> {
  const [, field = 'topic', name = what] = NAMED.exec(what) ?? [];
  const value = visible(name.replace(/\p{Cc}/gu, ' '))
    .replaceAll('"', '')
    .replace(/\s+/g, ' ')
    .trim();
  if (wordsOf(value).length === 0 || value.length > MAX_NAME) return { suggestions: [] };
  switch (kindOf(field)) {
    case 'author':
      return await author(value, dependencies);
    case 'organization':
      return await organization(value, dependencies);
    default:
      return await topic(workspace, value, dependencies);
  }
}

function kindOf(field: string): InterestKind {
  if (/^(author|by)$/i.test(field)) return 'author';
  return /^org/i.test(field) ? 'organization' : 'topic';
}

async function topic(
  workspace: Workspace,
  value: string,
  { people, search }: FollowableDependencies,
): Promise<Followable> {
  const topics = [...BUILT_IN_TOPICS, ...(await people.topics(workspace))];
  const said = wordsOf(value).join(' ');
  const names = (one: { slug: string; name: string }) =>
    [one.slug, one.name].map((name) => wordsOf(name).join(' '));
  const found = topics.find((one) => names(one).includes(said));
  if (found) {
    return { interest: { kind: 'topic', key: found.slug, label: found.name }, suggestions: [] };
  }
  const near = topics.filter((one) => names(one).some((name) => isNear(name, said)));
  const authors = await search.suggest(value, ['author'], MOST_SUGGESTIONS);
  const suggestions = [
    ...near.map(({ slug }) => slug),
    ...authors.map(({ value: name }) => `author:${name}`),
  ];
  return { suggestions: suggestions.slice(0, MOST_SUGGESTIONS) };
}

/** One holds the other, or a slip or two of the key lie between them. */
function isNear(name: string, said: string): boolean {
  const most = said.length < LONG_NAME ? 1 : 2;
  return name.includes(said) || said.includes(name) || slipsBetween(name, said, most) <= most;
}

async function author(value: string, { search }: FollowableDependencies): Promise<Followable> {
  const key = authorKey(value);
  const known = await search.suggest(value, ['author'], 2 * MOST_SUGGESTIONS);
  const same = known.find(({ value: name }) => authorKey(name) === key);
  if (same) return { interest: { kind: 'author', key, label: same.label }, suggestions: [] };
  const suggestions = known.slice(0, MOST_SUGGESTIONS).map(({ value: name }) => `author:${name}`);
  return { interest: { kind: 'author', key, label: value }, isUnseen: true, suggestions };
}

/** Organisations are known by their login at the source, which a paper of theirs tells. */
async function organization(value: string, { search }: FollowableDependencies): Promise<Followable> {
  const { found } = await search.find(parseQuery(`org:"${value}"`), { offset: 0, limit: 50 });
  const organizations = new Map(
    found.flatMap(({ paper }) => (paper.organization ? [[paper.organization.name, paper.organization]] : [])),
  );
  const said = wordsOf(value).join(' ');
  const all = [...organizations.values()];
  const same = all.find(({ name, displayName }) =>
    [name, displayName].some((one) => wordsOf(one).join(' ') === said),
  );
  if (same) {
    const key = organizationKey(same.name);
    return { interest: { kind: 'organization', key, label: same.displayName }, suggestions: [] };
  }
  const suggestions = all.slice(0, MOST_SUGGESTIONS).map(({ name }) => `org:${name}`);
  // A login may be followed before its first paper comes; other names lead nowhere.
  if (!LOGIN.test(value)) return { suggestions };
  const interest = { kind: 'organization' as const, key: organizationKey(value), label: value };
  return { interest, isUnseen: true, suggestions };
}
