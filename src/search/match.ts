import type { Condition, Query } from '../domain/query.ts';
import { stemOf } from '../text/terms.ts';
import type { Group, Variant } from './groups.ts';
import { topicTerm } from './put.ts';
import { typedWords } from './typed.ts';

/** What must hold of a paper, for SQL: FTS5 expressions and conditions over `papers`. */
export interface Demand {
  /** Must match; for FTS5. */
  matching?: string | undefined;
  /** May not match. */
  excluded?: string | undefined;
  /** Over the table `papers`. */
  conditions: string[];
  values: (string | number)[];
}

const TEXT = '{title summary abstract keywords}';

/** What a query demands, its free words aside. */
export function demandOf(query: Query): Demand {
  const { phrases, without, conditions } = query;
  const named = (excluded: boolean) => conditions.filter(({ isExcluded }) => isExcluded === excluded);
  return {
    matching: joined([...phrases.map(phraseIn), ...named(false).map(nameIn)], ' AND '),
    excluded: joined([...without.map(phraseIn), ...named(true).map(nameIn)], ' OR '),
    ...boundsOf(query),
  };
}

/** FTS5 opens an iterator for each word of each part; more than so many parts or words nobody means. */
const MOST_PARTS = 32;
const MOST_WORDS = 16;

function joined(parts: readonly string[], by: string): string | undefined {
  const different = [...new Set(parts)].slice(0, MOST_PARTS);
  return different.length === 0 ? undefined : different.map((part) => `(${part})`).join(by);
}

/** What nothing is called matches nothing. */
const NOTHING = 'nothing0';

/** Also as one word: `"fine-tuning"` is `finetuning`. */
function phraseIn(phrase: string): string {
  const words = typedWords(phrase, MOST_WORDS);
  const inOne = words.length > 1 ? ` OR "${stemOf(words.join(''))}"` : '';
  return `${TEXT} : ("${words.map(stemOf).join(' ') || NOTHING}"${inOne})`;
}

function nameIn({ field, value }: Condition): string {
  if (field === 'topic') return `topics : "${topicTerm(value)}"`;
  const words = typedWords(value, MOST_WORDS);
  return `${field === 'author' ? 'authors' : 'organization'} : "${words.join(' ') || NOTHING}"`;
}

function boundsOf({
  after,
  before,
  minVotes,
  maxVotes,
  hasCode,
}: Query): Pick<Demand, 'conditions' | 'values'> {
  const bounds: [string, string | number | undefined][] = [
    ['published >= ?', after],
    ['published < ?', before],
    ['votes >= ?', minVotes],
    ['votes <= ?', maxVotes],
    ['has_code = ?', hasCode === undefined ? undefined : Number(hasCode)],
  ];
  const given = bounds.filter(([, value]) => value !== undefined);
  return {
    conditions: given.map(([condition]) => condition),
    values: given.map(([, value]) => value as string | number),
  };
}

/** Terms hold letters and digits only, so that quoting is enough. */
function variantIn({ terms }: Variant): string {
  return `"${terms.join(' ')}"`;
}

/** What finds the papers that are worth ranking. */
export interface Seed {
  /** For FTS5. */
  expression: string;
  /** It finds so many that only the newest are looked at: on that one word nobody is the best. */
  isCommon: boolean;
}

/** Papers that the rarer words may find together; the other words only rank them. */
const MOST_POSTINGS = 4000;
/** Of more papers than this FTS5 takes too long to pick the best. */
const MOST_PICKED_FROM = 15_000;

/**
 * What finds the papers worth ranking: those with one of the rarer words. Words that stand nearly everywhere find too
 * much and say too little; when there are no others, a paper must have them all. Undefined without a word.
 */
export function seedOf(groups: readonly Group[]): Seed | undefined {
  const sized = groups
    .map(({ variants }) => ({
      expression: `(${variants.map(variantIn).join(' OR ')})`,
      papers: variants.reduce((sum, { papers }) => sum + papers, 0),
    }))
    .sort((one, other) => one.papers - other.papers);
  const [rarest] = sized;
  if (!rarest) return undefined;
  const joined = (some: typeof sized, by: string) => some.map(({ expression }) => expression).join(by);
  if (rarest.papers > MOST_POSTINGS)
    return { expression: joined(sized, ' AND '), isCommon: rarest.papers > MOST_PICKED_FROM };
  let postings = 0;
  const seeds = sized.filter(({ papers }) => {
    postings += papers;
    return postings <= MOST_POSTINGS;
  });
  return { expression: joined(seeds, ' OR '), isCommon: false };
}

/** The one that is there, or none. */
export function oneOrNone(expression: string | undefined): string[] {
  return expression === undefined ? [] : [expression];
}
