import type { Served } from './source-server-api.ts';
import type { ServedItem } from './source-server-papers.ts';

/** `old` until autumn 2025: wrapped text, namespaces on each element; `new` since (`huggingface-papers.md` §9). */
export type AtomFormat = 'old' | 'new';

const ID = /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/;

/** `/api/query?id_list=…`: unknown ids are left out, a malformed one spoils the whole request with 400. */
export function serveAtom(
  url: URL,
  find: (id: string) => ServedItem | undefined,
  format: AtomFormat,
): Served {
  const ids = (url.searchParams.get('id_list') ?? '').split(',').filter(Boolean);
  const most = Number(url.searchParams.get('max_results') ?? 10);
  const malformed = ids.find((id) => !ID.test(id));
  if (malformed !== undefined) {
    return { status: 400, type: 'atom', body: feed(errorEntry(malformed), format) };
  }
  const entries = ids.slice(0, most).flatMap((id) => {
    const bare = id.replace(/v\d+$/, '');
    const item = find(bare) ?? (bare.includes('/') ? oldPaper(bare) : undefined);
    return item ? [entry(item, format)] : [];
  });
  return { status: 200, type: 'atom', body: feed(entries.join(''), format) };
}

/** A feed without entries: how arXiv shows that it is overloaded. */
export function emptyFeed(format: AtomFormat): string {
  return feed('', format);
}

function oldPaper(id: string): ServedItem {
  return {
    paper: {
      id,
      title: `Invented Paper of the Last Century (${id})`,
      upvotes: 0,
      summary: 'This abstract is invented.',
      authors: [{ name: 'Author 1' }],
      publishedAt: '1999-01-04T12:00:00.000Z',
    },
  };
}

function entry({ paper }: ServedItem, format: AtomFormat): string {
  const authors = ((paper.authors ?? []) as { name: string }[]).map(
    ({ name }) => `<author><name>${escaped(name)}</name></author>`,
  );
  const at = String(paper.publishedAt).replace('.000', '');
  const id = `<id>http://arxiv.org/abs/${paper.id}v1</id>`;
  const summary = escaped(String(paper.summary ?? ''));
  if (format === 'new') {
    return `<entry>${id}<title>${escaped(paper.title)}</title><updated>${at}</updated><summary>${summary}</summary><published>${at}</published><arxiv:primary_category term="cs.XX"/>${authors.join('')}</entry>`;
  }
  const wrapped = (text: string) => text.replace(/(.{20,}?) /g, '$1\n  ');
  const doi = '<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">1 page</arxiv:comment>';
  return `<entry>${id}<updated>${at}</updated><published>${at}</published><title>${wrapped(escaped(paper.title))}</title><summary>  ${wrapped(summary)}\n</summary>${authors.join('\n')}${doi}</entry>`;
}

function errorEntry(id: string): string {
  const told = `incorrect id format for ${escaped(id)}`;
  return `<entry><id>https://arxiv.org/api/errors#${encodeURIComponent(told)}</id><title>Error</title><summary>${told}</summary><author><name>arXiv api core</name></author></entry>`;
}

function feed(entries: string, format: AtomFormat): string {
  const scheme = format === 'old' ? 'http' : 'https';
  const namespaces = format === 'old' ? '' : ' xmlns:arxiv="http://arxiv.org/schemas/atom"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed${namespaces} xmlns="http://www.w3.org/2005/Atom"><id>${scheme}://arxiv.org/api/x</id><title>arXiv Query</title>${entries}</feed>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
