import type { Paper } from '../domain/paper.ts';
import { wordsOf } from './terms.ts';

/** A file for a reference manager. */
interface CitationFile {
  name: string;
  mediaType: string;
  content: string;
}

/** Papers as a file for a reference manager, in their order. */
export function cite(papers: readonly Paper[], format: 'bibtex' | 'ris'): CitationFile {
  return format === 'ris'
    ? { name: 'saved.ris', mediaType: 'application/x-research-info-systems', content: risOf(papers) }
    : { name: 'saved.bib', mediaType: 'application/x-bibtex', content: bibtexOf(papers) };
}

/** Papers as BibTeX (UTF-8): one `@misc` each, with the fields that arXiv itself exports. */
export function bibtexOf(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return papers.map((paper, index) => bibtexEntry(paper, keys[index] as string)).join('\n');
}

function bibtexEntry(paper: Paper, key: string): string {
  const { id, title, authors = [], publishedAt, arxivUrl, abstract, keywords } = paper;
  const fields: [string, string | undefined][] = [
    ['title', `{${bibtexText(title)}}`],
    ['author', authors.map(({ name }) => bibtexName(name)).join(' and ') || undefined],
    ['year', publishedAt?.slice(0, 4)],
    ['month', publishedAt && String(Number(publishedAt.slice(5, 7)))],
    ['eprint', id],
    ['archiveprefix', 'arXiv'],
    ['url', arxivUrl],
    ['keywords', keywords.map(bibtexText).join(', ') || undefined],
    ['abstract', abstract === undefined ? undefined : bibtexText(abstract)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = {${value}}`]));
  return `@misc{${key},\n${lines.join(',\n')}\n}\n`;
}

const BIBTEX_SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** BibTeX counts braces even behind a backslash: what would end a field, or never end it, is written without them. */
const BRACES: Readonly<Record<string, string>> = { '{': '\\textbraceleft{}', '}': '\\textbraceright{}' };

/** Nothing in a text may end its field or act in TeX. */
function bibtexText(text: string): string {
  const line = oneLine(text);
  const signs = hasBracesInPairs(line) ? BIBTEX_SIGNS : { ...BIBTEX_SIGNS, ...BRACES };
  return line.replace(/[\\{}$&#_%~^]/g, (sign) => signs[sign] ?? sign);
}

function hasBracesInPairs(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** BibTeX takes a comma and the words "and" and "others" for its own; such a name is kept in one piece. */
function bibtexName(name: string): string {
  const text = bibtexText(name);
  return /,|\band\b|^others$/i.test(text) ? `{${text}}` : text;
}

/** Papers as RIS (https://en.wikipedia.org/wiki/RIS_(file_format), 2026-11-24): lines of a tag and a value. */
export function risOf(papers: readonly Paper[]): string {
  return papers.map(risEntry).join('');
}

function risEntry({
  id,
  title,
  authors = [],
  publishedAt,
  arxivUrl,
  pdfUrl,
  abstract,
  keywords,
}: Paper): string {
  const day = publishedAt?.slice(0, 10);
  const lines: [string, string | undefined][] = [
    // Zotero, Mendeley and EndNote read an unpublished work as a preprint or manuscript.
    ['TY', 'UNPB'],
    ['TI', title],
    ...authors.map(({ name }): [string, string] => ['AU', surnameFirst(name)]),
    ['PY', day?.slice(0, 4)],
    ['DA', day?.replaceAll('-', '/')],
    ['AB', abstract],
    ...keywords.map((keyword): [string, string] => ['KW', keyword]),
    ['PB', 'arXiv'],
    ['AN', `arXiv:${id}`],
    ['UR', arxivUrl],
    ['L1', pdfUrl],
    ['ER', ''],
  ];
  return lines
    .flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${oneLine(value)}\r\n`]))
    .join('');
}

const IS_SMALL = /^\p{Ll}/u;

/**
 * `Ludwig van Beethoven` as `van Beethoven, Ludwig`: the surname begins with the first small particle, or is the last
 * word. A name with a comma is in this order already; one with "and" is several people's, or a company's.
 */
function surnameFirst(name: string): string {
  const whole = oneLine(name);
  if (/,|\band\b/i.test(whole)) return whole;
  const parts = whole.split(' ');
  const last = parts.length - 1;
  const particle = parts.findIndex((part) => IS_SMALL.test(part));
  const isAllSmall = parts.every((part) => IS_SMALL.test(part));
  const from = particle === -1 || isAllSmall ? last : particle;
  const [given, surname] = [parts.slice(0, from).join(' '), parts.slice(from).join(' ')];
  return given === '' ? surname : `${surname}, ${given}`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** `beethoven2026symphony`, with a letter behind where it would come twice. */
function citationKeys(papers: readonly Paper[]): string[] {
  const taken = new Map<string, number>();
  return papers.map((paper) => {
    const key = keyOf(paper);
    const times = taken.get(key) ?? 0;
    taken.set(key, times + 1);
    return times === 0 ? key : `${key}-${times + 1}`;
  });
}

const ASCII_ONLY = /[^a-z0-9]/g;
const SMALL_WORDS = new Set(['a', 'an', 'the', 'on', 'of', 'in', 'to', 'for', 'towards', 'and', 'is', 'are']);

function keyOf({ id, title, authors = [], publishedAt }: Paper): string {
  const surname =
    wordsOf(authors[0]?.name ?? '')
      .at(-1)
      ?.replace(ASCII_ONLY, '') || 'paper';
  const word =
    wordsOf(title)
      .find((one) => !SMALL_WORDS.has(one))
      ?.replace(ASCII_ONLY, '') || id.replace(/\W/g, '');
  return `${surname}${publishedAt?.slice(0, 4) ?? ''}${word}`;
}
