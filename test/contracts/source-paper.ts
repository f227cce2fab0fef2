import { expect } from 'vitest';
import { isDay } from '../../src/domain/calendar.ts';
import { type Paper, parsePaperId } from '../../src/domain/paper.ts';

const isText = (value: unknown) => typeof value === 'string' && value !== '' && value === value.trim();
const isLine = (value: unknown) => isText(value) && !/[\r\n\t]| {2}/.test(value as string);
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isLink = (value: unknown) => isLine(value) && /^https?:\/\/[^/@]+/.test(value as string);
const isInstant = (value: unknown) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
const isNamed = (value: unknown) => isLine((value as { name?: unknown }).name);

/** What each property of a paper must be; those without `?` in `Paper` must be there. */
const RULES: { [Key in keyof Required<Paper>]: (value: unknown) => boolean } = {
  id: (value) => typeof value === 'string' && parsePaperId(value) === value,
  title: isLine,
  upvotes: isCount,
  url: isLink,
  arxivUrl: isLink,
  pdfUrl: isLink,
  keywords: (value) => Array.isArray(value) && value.every(isLine) && new Set(value).size === value.length,
  abstract: isText,
  authors: (value) => Array.isArray(value) && value.length > 0 && value.every(isNamed),
  publishedAt: isInstant,
  listedOn: (value) => isDay(String(value)),
  comments: isCount,
  thumbnailUrl: isLink,
  organization: (value) => isNamed(value) && isLine((value as { displayName?: unknown }).displayName),
  submittedBy: isLine,
  githubUrl: (value) => isLink(value) && /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/.test(String(value)),
  githubStars: isCount,
  projectUrl: isLink,
  summary: isText,
};
const ALWAYS: readonly (keyof Paper)[] = ['id', 'title', 'upvotes', 'url', 'arxivUrl', 'pdfUrl', 'keywords'];

/** Everything about a paper that is not as `domain/paper.ts` wants it, each as `property: value`. */
function flawsOf(paper: Paper): string[] {
  const missing = ALWAYS.filter((key) => !(key in paper)).map((key) => `${key} is missing`);
  const wrong = Object.entries(paper)
    .filter(([key, value]) => !(RULES[key as keyof Paper]?.(value) ?? false))
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return [...missing, ...wrong];
}

/** Fails on the first paper that is not as `domain/paper.ts` wants it. */
export function expectPapers(papers: readonly Paper[]): void {
  for (const paper of papers) expect(flawsOf(paper), paper.id).toEqual([]);
}
