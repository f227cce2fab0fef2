import { REASON_TEXTS } from '../../domain/reason.ts';
import { count } from './count.ts';

export const listing = {
  titles: {
    daily: (weekday: string, day: string) => `Papers of ${weekday}, ${day}`,
    weekly: (week: string) => `Papers of the week ${week}`,
    monthly: (month: string) => `Papers of the month ${month}`,
    trending: 'Trending papers',
    search: (query: string) => `Papers for “${query}”`,
  },
  weekdays: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
  sample: 'A sample of papers, as no real list can be had',
  papers: (papers: number) => count(papers, 'paper'),
  papersOf: (shown: number, all: number) => `${shown} of ${count(all, 'paper')}`,
  soFar: (papers: string) => `${papers} so far: the list is still short`,
  fromArchive: 'from the archive',
  fromSample: 'from the sample',
  kinds: { daily: 'daily', weekly: 'weekly', monthly: 'monthly' },
  forms: { daily: 'a day as YYYY-MM-DD', weekly: 'an ISO week as YYYY-Www', monthly: 'a month as YYYY-MM' },
  noPeriod: (given: string, form: string, example: string) =>
    `"${given}" is not ${form} (for example ${example}).`,
  early: (kind: string, period: string, first: string) =>
    `There is no ${kind} list of ${period}: the first one is ${first}.`,
  late: (kind: string, period: string, newest: string) =>
    `There is no ${kind} list of ${period} yet: the newest one is ${newest}.`,
  none: 'No papers.',
  noMore: 'There are no more.',
  notYet: 'The source lists no papers there (yet).',
};

export const paper = {
  noId: (given: string) =>
    `"${given}" is no arXiv id. Give one such as 2608.19880, or a link to arXiv or Hugging Face papers.`,
  unknown: (id: string) => `Neither Hugging Face nor arXiv knows a paper ${id}. Is the id complete?`,
  topicBecause: (topic: string, reasons: string) => `${topic}, because: ${reasons}`,
  reasons: REASON_TEXTS,
};

export const search = {
  empty: 'Say what to look for, for example: /paper search query:"diffusion transformers".',
  tooLong: (most: number, length: number) => `Shorten the query to ${most} characters; it has ${length}.`,
  title: (query: string) => `Search: ${query}`,
  none: 'No papers. Try other or fewer words.',
  noMore: (most: number) =>
    `There is no more: only the best ${most} are ranked. Say more of what you look for.`,
  unknown: (id: string) => `Nobody knows a paper ${id}.`,
  readAs: (given: string, taken: string) => `"${given}" was read as "${taken}".`,
  notes: {
    'unread-filter': (part: string) => `"${part}" is no filter that can be read; it was taken for words.`,
    'unknown-topic': (topic: string) =>
      `There is no topic "${topic}"; "/paper topics list" shows what there is.`,
    'archive-closed': () => 'The archive could not be searched; this is what Hugging Face has.',
    'source-closed': () => 'Hugging Face could not be asked; this is what the archive has.',
    'source-late': () => 'Hugging Face did not answer in time; this is what there is without it.',
    indexing: () => 'The index of the archive is still being built; there may be more.',
    sample: () => 'These are papers of the bundled sample, as no real ones can be had.',
  },
  page: (number: number, papers: string) => `Page ${number}: ${papers}`,
  andMore: (papers: string) => `${papers} and more`,
};

export const similar = {
  title: (id: string) => `Like ${id}`,
  none: 'The archive has no paper like it yet.',
};

export const find = {
  title: 'Papers that the text names',
  none: 'The text names no paper: neither an arXiv id nor a link to arXiv or Hugging Face papers.',
  tooLong: (most: number, length: number) => `Shorten the text to ${most} characters; it has ${length}.`,
  unknown: (ids: string) => `Nobody knows ${ids}.`,
  unread: (ids: string) => `Just now nobody could be asked about ${ids}.`,
  first: (most: number) => `These are the first ${most}; the text names more.`,
};
