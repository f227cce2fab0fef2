import { mergePaper, type Paper } from '../domain/paper.ts';
import { isSourceError } from '../errors.ts';
import type { ReaderDependencies } from './reader.ts';

/**
 * One paper, from the archive and the source together: a reading of one paper leaves out comments and thumbnail. Where the
 * source cannot be asked it comes from the archive, else from arXiv, else from the sample. Errors: as of `Source.paper`.
 */
export async function readPaper(
  id: string,
  { source, arxiv, sample, store }: ReaderDependencies,
  signal?: AbortSignal,
): Promise<Paper | undefined> {
  const options = signal ? { signal } : {};
  const archived = await archivedPaper(id, store);
  try {
    const latest =
      (await source.paper(id, options)) ?? (archived ? undefined : await arxiv?.paper(id, options));
    return latest ? mergePaper(archived, latest) : archived;
  } catch (error) {
    if (!isSourceError(error)) throw error;
    const known = archived ?? (await arxivPaper(id, arxiv, options)) ?? (await sample?.paper(id, options));
    if (!known) throw error;
    return known;
  }
}

/** A paper as it was last seen. Errors: `StoreError`. */
export async function archivedPaper(
  id: string,
  { papers }: Pick<ReaderDependencies['store'], 'papers'>,
): Promise<Paper | undefined> {
  return (await papers.get(id))?.paper;
}

async function arxivPaper(
  id: string,
  arxiv: ReaderDependencies['arxiv'],
  options: { signal?: AbortSignal },
): Promise<Paper | undefined> {
  try {
    return await arxiv?.paper(id, options);
  } catch (error) {
    if (isSourceError(error)) return undefined;
    throw error;
  }
}
