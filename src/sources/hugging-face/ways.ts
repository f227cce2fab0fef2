import type { Listing } from '../../domain/listing.ts';
import type { Paper, PaperId } from '../../domain/paper.ts';
import { SourceUnavailableError } from '../../errors.ts';
import type { HttpAnswer } from '../../http.ts';
import { readByApi, readPaperByApi } from './api.ts';
import type { Finding } from './entries.ts';
import type { Page } from './page.ts';
import { type Door, pagePath, paperPagePath, SOURCE } from './requests.ts';
import { guarded } from './shape.ts';

/** In the order they are tried: the API's quota is five times that of the pages. */
export const WAYS = ['api', 'hydration', 'markup'] as const;
export type WayIn = (typeof WAYS)[number];

/** One way in. Errors: as `Source`. */
export interface WayReader {
  listing(listing: Listing): Promise<Finding>;
  /** Undefined when the site does not know the paper. */
  paper(id: PaperId): Promise<Paper | undefined>;
}

/** Reads pages. Loaded when one is there to be read: the HTML parser costs time at every start and memory ever after. */
interface PageReader {
  readList(page: Page, listing: Listing): Finding;
  readOne(page: Page, id: PaperId): Paper;
}

/** The three ways for one reading: hydration and markup share the page, so that it is asked for once. */
export function createWays(door: Door, signal?: AbortSignal): Record<WayIn, WayReader> {
  const pages = new Map<string, Promise<HttpAnswer>>();

  async function page(path: string, way: WayIn, accepts: readonly number[] = []): Promise<Page | undefined> {
    const asked = pages.get(path) ?? door.page(path, way, { signal, accepts });
    pages.set(path, asked);
    const { status, url, body } = await asked.catch((error: unknown) => {
      throw error instanceof SourceUnavailableError ? sameFor(way, error) : error;
    });
    return status === 404 ? undefined : { url, html: body };
  }

  function byPage(way: 'hydration' | 'markup', load: () => Promise<PageReader>): WayReader {
    return {
      async listing(listing) {
        const found = (await page(pagePath(listing), way)) as Page;
        const { readList } = await load();
        return guarded(way, () => readList(found, listing));
      },
      async paper(id) {
        const found = await page(paperPagePath(id), way, [404]);
        const { readOne } = await load();
        return found && guarded(way, () => readOne(found, id));
      },
    };
  }

  return {
    api: {
      listing: (listing) => readByApi(listing, door, signal),
      paper: (id) => readPaperByApi(id, door, signal),
    },
    hydration: byPage('hydration', async () => {
      const { readHydration, readPaperHydration } = await import('./hydration.ts');
      return { readList: readHydration, readOne: readPaperHydration };
    }),
    markup: byPage('markup', async () => {
      const { readMarkup, readPaperMarkup } = await import('./markup.ts');
      return { readList: readMarkup, readOne: readPaperMarkup };
    }),
  };
}

/** A page that cannot be had fails both ways; the error that is kept names the one that asked. */
function sameFor(way: WayIn, { message, status, retryAfterMs, cause }: SourceUnavailableError) {
  return new SourceUnavailableError(message, {
    source: SOURCE,
    way,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}
