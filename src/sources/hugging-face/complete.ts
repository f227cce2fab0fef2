import type { ListingWarning } from '../../domain/listing.ts';
import type { Paper } from '../../domain/paper.ts';
import { SourceFormatError, SourceUnavailableError } from '../../errors.ts';
import type { ArxivSource } from '../arxiv/index.ts';
import type { Finding } from './entries.ts';
import { present } from './translate.ts';

/**
 * Fills in abstract, authors and date of papers that were read out of markup, with one request to arXiv.
 *
 * What arXiv does not tell stays absent and is a warning, never a failure. Errors: the signal's reason.
 */
export async function complete(
  papers: readonly Paper[],
  { arxiv, signal }: { arxiv?: Pick<ArxivSource, 'papers'>; signal?: AbortSignal },
): Promise<Finding> {
  if (!arxiv) return { papers: [...papers], warnings: [incomplete('was not asked')] };
  const ids = papers.map(({ id }) => id);
  const known = await arxiv.papers(ids, signal ? { signal } : {}).catch((error: unknown) => {
    signal?.throwIfAborted();
    const isSourceError = error instanceof SourceUnavailableError || error instanceof SourceFormatError;
    if (isSourceError) return error;
    throw error;
  });
  if (known instanceof Error) return { papers: [...papers], warnings: [incomplete(known.message)] };
  const byId = new Map(known.map((paper) => [paper.id, paper]));
  const missing = ids.filter((id) => !byId.has(id)).length;
  return {
    papers: papers.map((paper) => filledIn(paper, byId.get(paper.id))),
    warnings: missing === 0 ? [] : [incomplete(`does not tell of ${missing} of ${ids.length} papers`)],
  };
}

function filledIn(paper: Paper, told: Paper | undefined): Paper {
  return {
    ...paper,
    ...present('abstract', told?.abstract),
    ...present('authors', told?.authors),
    ...present('publishedAt', told?.publishedAt),
  };
}

function incomplete(reason: string): ListingWarning {
  const told = reason.replace(/\.$/, '');
  return { code: 'incomplete', message: `The page shows no abstracts and authors, and arXiv: ${told}.` };
}
