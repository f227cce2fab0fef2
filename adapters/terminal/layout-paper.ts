import type { PaperCard } from '../../src/domain/card.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { figures, pageOf, titleOf } from './figures.ts';
import { safeUrl } from './inert.ts';
import { type Line, type Span, span } from './spans.ts';
import { indent, pack, wrap } from './wrap.ts';

/** More authors than this are counted. */
const AUTHORS_SHOWN = 6;
const LABEL_COLUMNS = 10;

/** One paper whole. Its number is left out: it stands alone. */
export function layOutPaper({ entry, notes }: PaperCard, columns: number, hasLinks: boolean): Line[] {
  const { paper, reason } = entry;
  const keywords = paper.keywords.map((keyword) => span(keyword, 'label'));
  const blocks: Line[][] = [
    [
      ...wrap(titleOf(paper), columns),
      ...wrap(span(authorsText(paper), 'faint'), columns),
      ...pack([...figures(paper), ...dates(paper)], columns),
      ...(reason === undefined ? [] : wrap(span(`↳ ${reason}`, 'reason'), columns)),
    ],
    paragraph(paper.summary, columns),
    paragraph(paper.abstract, columns),
    pack(keywords, columns),
    hasLinks ? pack(links(paper), columns) : links(paper).flatMap((link) => addressLines(link, columns)),
    notes.flatMap((note) => wrap(span(note, 'faint'), columns)),
  ];
  const lines = blocks.map((block) => block.filter((line) => line.length > 0));
  return lines
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [[], ...block]));
}

function paragraph(text: string | undefined, columns: number): Line[] {
  return text === undefined ? [] : wrap(span(text), columns);
}

function authorsText({ authors = [] }: Paper): string {
  const names = authors.map(({ name }) => name);
  const rest = names.length - AUTHORS_SHOWN;
  if (rest <= 1) return names.join(', ');
  return `${names.slice(0, AUTHORS_SHOWN).join(', ')} and ${rest} more`;
}

function dates({ publishedAt }: Paper): Span[] {
  return publishedAt === undefined ? [] : [span(publishedAt.slice(0, 10))];
}

function links(paper: Paper): Span[] {
  const all: [string, string | undefined][] = [
    ['Page', pageOf(paper)],
    ['arXiv', safeUrl(paper.arxivUrl)],
    ['PDF', safeUrl(paper.pdfUrl)],
    ['Code', safeUrl(paper.githubUrl)],
    ['Project', safeUrl(paper.projectUrl)],
  ];
  return all.flatMap(([name, url]) => (url === undefined ? [] : [span(name, 'label', url)]));
}

/** The address beside its name where both fit, else under it, whole. */
function addressLines({ text, url = '' }: Span, columns: number): Line[] {
  const name: Span = { text, tone: 'label' };
  if (LABEL_COLUMNS + url.length <= columns) return indent([[{ text: url }]], LABEL_COLUMNS, name);
  return [[name], [{ text: url }]];
}
