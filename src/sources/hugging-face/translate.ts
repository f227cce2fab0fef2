import type { Day } from '../../domain/calendar.ts';
import type { Listing } from '../../domain/listing.ts';
import { arxivLinks, type Organization, type Paper, type PaperId } from '../../domain/paper.ts';
import type { SourceEntry, SourcePaper } from './schema.ts';

/** The public site: where people go, whatever server the bot itself reads from. */
const SITE = 'https://huggingface.co';

/** The links of a paper at the site and at arXiv. */
export function linksOf(id: PaperId): Pick<Paper, 'url' | 'arxivUrl' | 'pdfUrl'> {
  return { url: `${SITE}/papers/${id}`, ...arxivLinks(id) };
}

/** An entry of a list in our words; the only place where fields are renamed. */
export function translateEntry(entry: SourceEntry, listing: Listing): Paper {
  const { paper, numComments, thumbnail, submittedBy, organization } = entry;
  const listedOn = listing.kind === 'daily' ? listing.key : undefined;
  return {
    ...translatePaper(paper, listedOn),
    ...present('comments', numComments),
    ...present('thumbnailUrl', webAddress(thumbnail)),
    ...present('submittedBy', submittedBy?.name ?? paper.submittedOnDailyBy?.user),
    ...present('organization', organizationOf(organization ?? paper.organization)),
  };
}

/**
 * A paper in our words. `listedOn` counts where the site does not say the day itself. The title is the paper's own:
 * the list's copy of it has other TeX now and then, and the answer for one paper has no such copy.
 */
export function translatePaper(paper: SourcePaper, listedOn?: Day): Paper {
  const authors = paper.authors?.flatMap((author) =>
    author && author.hidden !== true ? [{ name: author.name }] : [],
  );
  return {
    id: paper.id,
    title: paper.title,
    upvotes: paper.upvotes,
    ...linksOf(paper.id),
    keywords: distinct(paper.ai_keywords ?? []),
    ...present('abstract', paper.summary || undefined),
    ...present('authors', authors?.length ? authors : undefined),
    ...present('publishedAt', paper.publishedAt),
    ...present('listedOn', paper.submittedOnDailyAt?.slice(0, 10) ?? listedOn),
    ...present('submittedBy', paper.submittedOnDailyBy?.user),
    ...present('organization', organizationOf(paper.organization)),
    ...present('githubUrl', githubAddress(paper.githubRepo)),
    ...present('githubStars', paper.githubStars),
    ...present('projectUrl', webAddress(paper.projectPage)),
    ...present('summary', paper.ai_summary || undefined),
  };
}

/** The property when it has a value, nothing otherwise: absent means absent. */
export function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

function organizationOf(given: SourcePaper['organization']): Organization | undefined {
  return given && { name: given.name, displayName: given.fullname ?? given.name };
}

/** Without blanks and without repeats, whatever their case; the first spelling stays. */
function distinct(words: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const word of words) {
    const key = word.toLowerCase();
    if (word !== '' && !seen.has(key)) seen.set(key, word);
  }
  return [...seen.values()];
}

/**
 * A link as members of the site wrote it: blanks around it and line breaks inside were seen. Undefined when it is not
 * http(s), or when it hides its host behind a user name.
 */
export function webAddress(written: string | undefined): string | undefined {
  const text = written?.replace(/[\r\n\t]+/g, '').trim() ?? '';
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url.href : undefined;
}

/** The repository's own page, of whatever address inside it: sub-paths, queries and trailing slashes were seen. */
export function githubAddress(written: string | undefined): string | undefined {
  const address = webAddress(written);
  if (address === undefined) return undefined;
  const { hostname, pathname } = new URL(address);
  if (!/^(www\.)?github\.com$/.test(hostname)) return undefined;
  const [, owner, repository] = /^\/+([\w.-]+)\/+([\w.-]+)/.exec(pathname) ?? [];
  const repo = repository?.replace(/\.git$/i, '');
  return owner && repo ? `https://github.com/${owner}/${repo}` : undefined;
}
