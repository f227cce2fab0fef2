import type { Query } from '../domain/query.ts';
import { stemOf, wordsOf } from '../text/terms.ts';
import type { Group, Variant } from './groups.ts';
import { topicTerm } from './put.ts';

/** What must hold of a paper, for SQL: an FTS5 expression and conditions over `papers`. */
export interface Demand {
  /** All of these must match. */
  matching: string[];
  /** None of these may match. */
  excluded: string[];
  /** Over the table `papers`. */
  conditions: string[];
  values: (string | number)[];
}

const TEXT = '{title summary abstract keywords}';

/** What a query demands, its free words aside. */
export function demandOf(query: Query): Demand {
  const { phrases, without, conditions } = query;
  const matching = phrases.flatMap(phraseIn);
  const excluded = without.flatMap(phraseIn);
  for (const { field, value, isExcluded } of conditions) {
    const expression = nameIn(field, value);
    (isExcluded ? excluded : matching).push(expression);
  }
  return { matching, excluded, ...boundsOf(query) };
}

/** Also as one word: `"fine-tuning"` is `finetuning`. Nothing for a phrase without a letter. */
function phraseIn(phrase: string): string[] {
  const stems = wordsOf(phrase).map(stemOf);
  if (stems.length === 0) return [];
  const joined = stems.length > 1 ? ` OR "${stemOf(wordsOf(phrase).join(''))}"` : '';
  return [`${TEXT} : ("${stems.join(' ')}"${joined})`];
}

/** What nobody can be called matches nobody. */
const NOBODY = 'nobody0';

function nameIn(field: 'author' | 'topic' | 'organization', value: string): string {
  if (field === 'topic') return `topics : "${topicTerm(value)}"`;
  const words = wordsOf(value);
  return `${field === 'author' ? 'authors' : 'organization'} : "${words.join(' ') || NOBODY}"`;
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
