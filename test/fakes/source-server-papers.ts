import { addDays, type Day, type Instant, mondayOf, monthOf } from '../../src/domain/calendar.ts';
import { ageHours, FIRST_DAY, hasDailyList } from '../../src/domain/listing.ts';

/** An entry of a list as the API writes it. */
export interface ServedItem {
  paper: { id: string; title: string; upvotes: number } & Record<string, unknown>;
  [key: string]: unknown;
}

/** The lists that a server has, by day; items in the order served. */
export interface Shelf {
  /** As far as the list has grown at an instant; empty before it opens and on days without a list. */
  at(day: Day, now: Instant): ServedItem[];
  /** Every day from `first` to `last` with papers at that instant, oldest first. */
  days(first: Day, last: Day, now: Instant): Day[];
  /** The paper on the lists of a period; undefined when it is on none. */
  find(id: string, first: Day, last: Day, now: Instant): ServedItem | undefined;
}

/** The share of a list that is there so many hours after it opened, in steps (`huggingface-papers.md` §1.4). */
const GROWTH = [
  { hours: 0, share: 0.2 },
  { hours: 3, share: 0.55 },
  { hours: 6, share: 0.78 },
  { hours: 10, share: 0.9 },
  { hours: 16, share: 0.97 },
  { hours: 24, share: 1 },
] as const;

/** A shelf with given lists, or with invented ones for every weekday. */
export function createShelf(lists: ReadonlyMap<Day, readonly unknown[]> | undefined, grows: boolean): Shelf {
  const invented = new Map<Day, ServedItem[]>();
  function whole(day: Day): readonly ServedItem[] {
    if (lists) return (lists.get(day) ?? []) as ServedItem[];
    if (!hasDailyList(day) || day < FIRST_DAY) return [];
    const known = invented.get(day) ?? inventList(day);
    invented.set(day, known);
    return known;
  }
  function visible(day: Day, now: Instant): readonly ServedItem[] {
    const hours = ageHours(day, now);
    if (hours < 0) return [];
    return grows ? grown(whole(day), hours) : whole(day);
  }
  function days(first: Day, last: Day, now: Instant): Day[] {
    const found: Day[] = [];
    for (let day = first; day <= last; day = addDays(day, 1))
      if (visible(day, now).length > 0) found.push(day);
    return found;
  }
  return {
    at: (day, now) => structuredClone([...visible(day, now)]),
    days,
    find(id, first, last, now) {
      for (const day of days(first, last, now)) {
        const found = visible(day, now).find(({ paper }) => paper.id === id);
        if (found) return structuredClone(found);
      }
      return undefined;
    },
  };
}

function grown(items: readonly ServedItem[], hours: number): ServedItem[] {
  const share = GROWTH.findLast((step) => hours >= step.hours)?.share ?? 0;
  const joined = new Set(
    [...items]
      .sort((one, other) => hash(one.paper.id) - hash(other.paper.id))
      .slice(0, Math.ceil(items.length * share)),
  );
  const present = structuredClone(items.filter((item) => joined.has(item)));
  for (const { paper } of present) paper.upvotes = Math.round(paper.upvotes * share);
  return present.sort((one, other) => other.paper.upvotes - one.paper.upvotes);
}

/** 20 to 34 papers, the same ones whenever the day is asked for. */
export function inventList(day: Day): ServedItem[] {
  const size = 20 + (hash(day) % 15);
  return Array.from({ length: size }, (_, index) => inventItem(day, index)).sort(
    (one, other) => other.paper.upvotes - one.paper.upvotes,
  );
}

const SUBJECTS = ['Counting', 'Sorting', 'Naming', 'Folding', 'Painting', 'Measuring', 'Stacking'] as const;
const THINGS = [
  'Imaginary Widgets',
  'Paper Boats',
  'Blue Squares',
  'Empty Boxes',
  'Made-up Numbers',
] as const;

/** One paper that says of itself that it is invented. Which fields it has varies as it does at the source. */
function inventItem(day: Day, index: number): ServedItem {
  const seed = hash(`${day}/${index}`);
  const id = `${day.slice(2, 4)}${day.slice(5, 7)}.${String(Number(day.slice(8)) * 1000 + index).padStart(5, '0')}`;
  const subject = `${SUBJECTS[seed % SUBJECTS.length]} ${THINGS[seed % THINGS.length]}`;
  const title = `Invented Paper ${index + 1} of ${day}: ${subject}`;
  const summary = `This abstract is invented. It speaks of ${subject.toLowerCase()} and claims nothing about the world.`;
  const login = `member-${seed % 9}`;
  const organization =
    seed % 5 < 3 ? { _id: hex(seed), name: 'example-lab', fullname: 'Example Lab' } : undefined;
  const user = { _id: hex(seed), fullname: `Member ${seed % 9}`, isPro: false, type: 'user' };
  const paper = {
    id,
    authors: Array.from({ length: 1 + (seed % 6) }, (_, author) => ({
      _id: hex(seed + author),
      name: `Author ${author + 1}`,
      hidden: false,
    })),
    publishedAt: `${addDays(day, -1)}T00:00:00.000Z`,
    submittedOnDailyAt: `${day}T00:00:00.000Z`,
    title,
    submittedOnDailyBy: { ...user, user: login, name: login },
    summary,
    upvotes: Math.floor(160 / (1 + index)) + (seed % 4),
    discussionId: hex(seed),
    ...(seed % 2 === 0
      ? {
          githubRepo: `https://github.com/example-lab/invented-${index}${seed % 7 === 0 ? '/tree/main' : ''}`,
          githubStars: seed % 900,
        }
      : {}),
    ...(seed % 3 === 0 ? { projectPage: ` https://invented-${index}.example.org` } : {}),
    ...(seed % 4 !== 0
      ? { ai_summary: `An invented sentence on ${subject.toLowerCase()}.`, ai_keywords: ['widgets', subject] }
      : {}),
    ...(organization ? { organization } : {}),
  };
  return {
    paper,
    publishedAt: `${addDays(day, -2)}T20:00:00.000Z`,
    title,
    summary,
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
    numComments: seed % 5,
    submittedBy: { ...user, name: login, isHf: false, isMod: false },
    ...(organization ? { organization } : {}),
    isAuthorParticipating: seed % 2 === 0,
  };
}

/** First and last day of a listing's period. */
export function periodOf(kind: 'weekly' | 'monthly', key: string): [first: Day, last: Day] {
  if (kind === 'weekly') return [mondayOf(key), addDays(mondayOf(key), 6)];
  const inNextMonth = addDays(`${key}-28`, 7);
  return [`${key}-01`, addDays(`${monthOf(inNextMonth)}-01`, -1)];
}

/** A small number that depends on all of the text (FNV-1a). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}

function hex(seed: number): string {
  return seed.toString(16).padStart(24, '0');
}
