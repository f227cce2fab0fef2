import { type Day, isDay } from './calendar.ts';

/** A name that a paper must carry, or must not. */
export interface Condition {
  field: 'author' | 'topic' | 'organization';
  value: string;
  isExcluded: boolean;
}

/**
 * What somebody looks for. Words say what it is about and rank; all else must hold.
 */
export interface Query {
  /** As they were typed, in order. */
  words: string[];
  /** Each stands in the paper as it is. */
  phrases: string[];
  /** Words and phrases none of which stands in the paper. */
  without: string[];
  conditions: Condition[];
  /** Published on this day or later. */
  after?: Day;
  /** Published before this day. */
  before?: Day;
  minVotes?: number;
  maxVotes?: number;
  hasCode?: boolean;
  /** Filters whose value cannot be read, as they were typed; they are among the words. Absent where there is none. */
  unread?: string[];
}

/** What somebody may say: it has a letter or a digit, as the index reads them. */
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** A part of a query: `-author:"yann lecun"`, `"in quotes"`, `word`. A quotation without an end ends with the text. */
const PART = /(-?)(?:([a-z]+):)?(?:"([^"]*)(?:"|$)|([^\s"]+))/giu;

/**
 * Reads a query: words, `"phrases"`, `-word`, `author:`, `topic:`, `org:`, `after:`, `before:` (a day, month or year),
 * `votes:>50` (also `>=`, `<`, `<=`, or a number alone for at least so many), `has:code`; a minus before any of them
 * turns it round. Every text is a query: a filter that cannot be read counts as words, and a part without a letter or
 * digit says nothing.
 */
export function parseQuery(text: string): Query {
  const query: Query = { words: [], phrases: [], without: [], conditions: [] };
  for (const [whole, minus, name, quoted, plain] of text.replaceAll(/[“”„]/g, '"').matchAll(PART)) {
    const value = (quoted ?? plain ?? '').trim();
    const isExcluded = minus === '-';
    if (!SAYS_SOMETHING.test(value.normalize('NFKD'))) continue;
    if (name !== undefined && readFilter(query, name.toLowerCase(), value, isExcluded)) continue;
    const said = name === undefined ? value : whole.replace(/^-/, '').replaceAll('"', '');
    if (name !== undefined && FILTERS.has(name.toLowerCase())) query.unread = [...(query.unread ?? []), said];
    if (isExcluded) query.without.push(said);
    else if (quoted !== undefined && name === undefined) query.phrases.push(said);
    else query.words.push(said);
  }
  return query;
}

const FIELDS: Readonly<Record<string, Condition['field']>> = {
  author: 'author',
  by: 'author',
  topic: 'topic',
  org: 'organization',
  organization: 'organization',
};

const FILTERS = new Set(['after', 'since', 'before', 'until', 'votes', 'has']);

/** True when it was one. */
function readFilter(query: Query, name: string, value: string, isExcluded: boolean): boolean {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field) {
    query.conditions.push({ field, value, isExcluded });
    return true;
  }
  switch (name) {
    case 'after':
    case 'since':
      return readDay(query, isExcluded ? 'before' : 'after', value);
    case 'before':
    case 'until':
      return readDay(query, isExcluded ? 'after' : 'before', value);
    case 'votes':
      return readVotes(query, value, isExcluded);
    case 'has':
      if (!/^(code|github)$/i.test(value)) return false;
      query.hasCode = !isExcluded;
      return true;
    default:
      return false;
  }
}

function readDay(query: Query, bound: 'after' | 'before', value: string): boolean {
  const day = /^\d{4}$/.test(value) ? `${value}-01-01` : /^\d{4}-\d\d$/.test(value) ? `${value}-01` : value;
  if (!isDay(day)) return false;
  query[bound] = day;
  return true;
}

const TURNED: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>', '': '<' };

function readVotes(query: Query, value: string, isExcluded: boolean): boolean {
  const [, sign = '', digits] = /^(>=|<=|>|<|=?)(\d{1,9})$/.exec(value) ?? [];
  if (digits === undefined) return false;
  const votes = Number(digits);
  switch (isExcluded ? TURNED[sign] : sign) {
    case '>':
      query.minVotes = votes + 1;
      return true;
    case '<':
      query.maxVotes = votes - 1;
      return true;
    case '<=':
      query.maxVotes = votes;
      return true;
    case '=':
      query.minVotes = votes;
      query.maxVotes = votes;
      return true;
    default:
      query.minVotes = votes;
      return true;
  }
}

/** True when nothing is asked for. */
export function isEmptyQuery(query: Query): boolean {
  const { words, phrases, without, conditions, unread: _, ...bounds } = query;
  return (
    [words, phrases, without, conditions].every(({ length }) => length === 0) &&
    Object.values(bounds).every((bound) => bound === undefined)
  );
}
