import type { Day, Instant } from './calendar.ts';

/** arXiv id without version: `2608.19880`, `0704.0001` or, before April 2007, `hep-th/9901001`. */
export type PaperId = string;

export interface Author {
  name: string;
}

export interface Organization {
  /** Its login at the source, for links. */
  name: string;
  displayName: string;
}

/**
 * One work, as a source shows it. Text is clean: one line a title, TeX turned into Unicode, white space collapsed.
 * A property that the source does not give is absent, never null.
 */
export interface Paper {
  id: PaperId;
  title: string;
  /** Votes; may fall. */
  upvotes: number;
  /** The paper's page at the source. */
  url: string;
  arxivUrl: string;
  pdfUrl: string;
  /** The paper's own keywords, in the order of the source; may be empty. */
  keywords: string[];
  abstract?: string;
  /** As printed, in order. */
  authors?: Author[];
  /** First publication on arXiv; often midnight, then only the date is meant. */
  publishedAt?: Instant;
  /** The daily list it was last put on. */
  listedOn?: Day;
  comments?: number;
  thumbnailUrl?: string;
  organization?: Organization;
  /** Login of the member who put it on the daily list. */
  submittedBy?: string;
  githubUrl?: string;
  githubStars?: number;
  projectUrl?: string;
  /** One or two sentences, usually written by a model. */
  summary?: string;
}

/** YYMM.NNNN until 2014-12, YYMM.NNNNN since (https://info.arxiv.org/help/arxiv_identifier.html, 2026-11-23). */
const MODERN_ID = /^((0[7-9]|1[0-4])(0[1-9]|1[0-2])\.\d{4}|(1[5-9]|[2-9]\d)(0[1-9]|1[0-2])\.\d{5})$/;
/** archive/YYMMNNN or archive.XX/YYMMNNN, until 2007-03. */
const OLD_ID = /^[a-z]+(-[a-z]+)?(\.[A-Z]{2})?\/\d{2}(0[1-9]|1[0-2])\d{3}$/;
const PAPER_PAGE =
  /^(?:https?:\/\/)?(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html)|(?:huggingface\.co|hf\.co)\/papers)\/(.+)$/i;

/** True for ids from before April 2007, which arXiv knows and Hugging Face does not. */
export function isOldStyleId(id: PaperId): boolean {
  return id.includes('/');
}

/**
 * Reads an id as people write it: bare, with version, with `arXiv:` before it, or as a link to arXiv (abs, pdf, html)
 * or Hugging Face, with or without scheme, query and fragment. Undefined for everything else.
 */
export function parsePaperId(text: string): PaperId | undefined {
  const trimmed = text.trim().replace(/^<(.*)>$/, '$1');
  const path = PAPER_PAGE.exec(trimmed)?.[1] ?? trimmed.replace(/^arxiv:\s*/i, '');
  const id = path
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .replace(/\.(pdf|md)$/i, '')
    .replace(/v\d+$/i, '');
  return MODERN_ID.test(id) || OLD_ID.test(id) ? id : undefined;
}

/** The links that follow from an id alone. */
export function arxivLinks(id: PaperId): { arxivUrl: string; pdfUrl: string } {
  return { arxivUrl: `https://arxiv.org/abs/${id}`, pdfUrl: `https://arxiv.org/pdf/${id}` };
}

/**
 * The newest knowledge of one paper: what `latest` has wins, what it leaves out (a way in that shows less) is kept.
 */
export function mergePaper(known: Paper | undefined, latest: Paper): Paper {
  if (!known) return latest;
  return { ...known, ...latest, keywords: latest.keywords.length > 0 ? latest.keywords : known.keywords };
}
