import type { Listing } from '../../domain/listing.ts';
import type { Paper, PaperId } from '../../domain/paper.ts';
import { SourceUnavailableError } from '../../errors.ts';
import { type Finding, readEntries } from './entries.ts';
import { apiPath, type Door, PAGE_SIZE, paperApiPath, SOURCE } from './requests.ts';
import { paperSchema, pathOf } from './schema.ts';
import { guarded, unknownShape } from './shape.ts';
import { translatePaper } from './translate.ts';

/** Pages followed of one list: 1,000 papers, where the longest month had some 700. */
const MOST_PAGES = 10;

/** Reads a listing through the JSON API. Errors: as `Source`. */
export async function readByApi(listing: Listing, door: Door, signal?: AbortSignal): Promise<Finding> {
  const entries: unknown[] = [];
  const visited = new Set<string>();
  let path: string | undefined = apiPath(listing);
  while (path !== undefined) {
    visited.add(path);
    const answer = await door.json(path, { signal, accepts: listing.kind === 'daily' ? [400] : [] });
    if (answer.status === 400) return notOpen(listing, answer.body);
    const page = readApiList(answer.body);
    // One by one: a hostile page has more entries than a call may have arguments.
    for (const entry of page) entries.push(entry);
    // The list of what trends has no end; its first page is what the site shows.
    const isWhole = page.length === 0 || listing.kind === 'trending' || listing.kind === 'search';
    const next: string | undefined = isWhole ? undefined : nextPath(answer.headers.get('link'), path, door);
    path = next !== undefined && !visited.has(next) ? next : undefined;
    if (path !== undefined && visited.size >= MOST_PAGES) {
      const finding = readAll(entries, listing);
      return { ...finding, warnings: [...finding.warnings, truncated(visited.size)] };
    }
  }
  return readAll(entries, listing);
}

function readAll(entries: readonly unknown[], listing: Listing): Finding {
  return guarded('api', () => readEntries(entries, listing, { way: 'api' }));
}

/** Reads one paper through the JSON API; undefined when the site does not know it. Errors: as `Source`. */
export async function readPaperByApi(
  id: PaperId,
  door: Door,
  signal?: AbortSignal,
): Promise<Paper | undefined> {
  const answer = await door.json(paperApiPath(id), { signal, accepts: [404] });
  return answer.status === 404 ? undefined : guarded('api', () => readApiPaper(answer.body));
}

/** The entries of an answer, unchecked. Errors: `SourceFormatError` for everything but a JSON array. */
export function readApiList(body: string): unknown[] {
  const value = parse(body);
  if (Array.isArray(value)) return value;
  throw unknownShape('api', 'it is no list', '');
}

/** The paper of an answer about one paper. Errors: `SourceFormatError`. */
export function readApiPaper(body: string): Paper {
  const read = paperSchema.safeParse(parse(body));
  if (read.success) return translatePaper(read.data);
  const issue = read.error.issues[0];
  throw unknownShape('api', issue?.message ?? 'unknown', pathOf(issue?.path ?? []), read.error);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw unknownShape('api', 'it is no whole JSON', '', cause);
  }
}

/**
 * A batch that has not opened is refused with 400 and a message that names the latest day that may be asked for
 * (`huggingface-papers.md` §4). It has no papers yet, which is no failure; every other 400 is one.
 */
function notOpen({ key }: Listing, body: string): Finding {
  const latest = body.match(/\d{4}-\d\d-\d\d/g)?.find((day) => day < key);
  if (latest !== undefined) {
    const message = `The list of ${key} is not open yet: the newest one is ${latest}.`;
    return { papers: [], warnings: [{ code: 'not-open', message }] };
  }
  throw new SourceUnavailableError('The API refuses the request with status 400.', {
    source: SOURCE,
    way: 'api',
    status: 400,
  });
}

function truncated(pages: number): { code: string; message: string } {
  return { code: 'truncated', message: `The list goes on after ${pages} pages; the rest was not read.` };
}

/**
 * The path of the next page. Only the query is taken from the link: whatever host a link names, pages are read where
 * the first one was.
 */
function nextPath(link: string | null, path: string, door: Door): string | undefined {
  const target = /<([^<>]*)>\s*;[^<,]*\brel="?next"?/i.exec(link ?? '')?.[1];
  const here = door.address(path);
  if (target === undefined || !URL.canParse(target, here.href)) return undefined;
  const { pathname, searchParams } = new URL(target, here);
  const [endpoint = ''] = path.split('?');
  if (!pathname.endsWith(endpoint)) return undefined;
  // Links were seen without the limit; with the default one the pages would overlap and leave gaps.
  if (!searchParams.has('limit')) searchParams.set('limit', String(PAGE_SIZE));
  return `${endpoint}?${searchParams}`;
}
