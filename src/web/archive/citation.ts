import type { Paper } from '../../domain/paper.ts';
import { bibtexOf } from '../../text/citation.ts';
import { plain } from '../../text/line.ts';

/** A paper as BibTeX to be copied, each line inert by itself and unchanged in what it says. */
export function citationOf(paper: Paper): string {
  return bibtexOf([paper])
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('  ') ? `  ${plain(line)}` : plain(line)))
    .join('\n');
}
