import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays, type Day, type Instant, isDay, monthOf, weekOf } from '../../src/domain/calendar.ts';
import { FIRST_DAY } from '../../src/domain/listing.ts';
import {
  findItem,
  json,
  latestDate,
  period,
  type Served,
  search,
  serveList,
  servePaper,
  serveSearch,
  trending,
} from './source-server-api.ts';
import { type AtomFormat, emptyFeed, serveAtom } from './source-server-atom.ts';
import { type Fault, faultyAnswer, misbehave } from './source-server-faults.ts';
import { createLimits } from './source-server-limits.ts';
import { type ListPage, listPage, type PageStyle, paperPage } from './source-server-pages.ts';
import { createShelf, hash, type ServedItem, type Shelf } from './source-server-papers.ts';

export type { Fault } from './source-server-faults.ts';
export type { PageStyle } from './source-server-pages.ts';
export { inventList } from './source-server-papers.ts';

/** What can be asked for, as counted and as faults are set: `list` is `/api/daily_papers`, `page` a list's page. */
export const ROUTES = ['list', 'search', 'paper', 'page', 'paper-page', 'arxiv', 'other'] as const;
export type Route = (typeof ROUTES)[number];

/** A request as it came. */
export interface SeenRequest {
  route: Route;
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage['headers'];
  /** The status that it was answered with; absent when it was not. */
  status?: number;
}

export interface SourceServerOptions {
  /** Lists by day, items as the API writes them; default invented ones on every weekday. */
  lists?: ReadonlyMap<Day, readonly unknown[]>;
  /** What time it is; default the machine's. `setNow` overrides it. */
  now?: () => Instant;
  /** Do lists grow over their day, papers and votes; default false: each is whole from the start. */
  grows?: boolean;
  /** The year whose pages are shown; default `2026`. */
  style?: PageStyle;
  /** What a date page without papers does: redirect to the nearest earlier day, or show it under the same address. */
  otherDay?: 'redirect' | 'rerender';
  /** arXiv's feed format; default `new`. */
  atom?: AtomFormat;
  /** Requests that each bucket allows in 5 minutes; default as the real site. */
  quota?: Partial<Record<'api' | 'pages' | 'search', number>>;
  /** Requests with a token are refused with 401: it has expired. */
  refusesTokens?: boolean;
  /** Default 0: any free one. */
  port?: number;
}

/** A loopback server that answers like huggingface.co and export.arxiv.org, by the rules of `huggingface-papers.md`. */
export interface SourceServer {
  /** Base address for both: `HUGGING_FACE_URL` and `ARXIV_URL`. */
  readonly url: string;
  /** Every request since the start or the last `forget`, in order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** How many of them were for a route; for all when none is named. */
  count(route?: Route): number;
  /** The most requests that were open at one time. */
  readonly mostAtOnce: number;
  /** Breaks a route, or all of them; undefined mends it. */
  setFault(route: Route | 'all', fault: Fault | undefined): void;
  setNow(now: Instant): void;
  setStyle(style: PageStyle): void;
  forget(): void;
  /** Ends every connection, hanging ones too. */
  stop(): Promise<void>;
}

/** Starts a server on the loopback interface. Stop it, or the process does not end. */
export async function startSourceServer(options: SourceServerOptions = {}): Promise<SourceServer> {
  const shelf = createShelf(options.lists, options.grows ?? false);
  const faults = new Map<Route | 'all', Fault>();
  const requests: SeenRequest[] = [];
  let now = options.now ?? (() => new Date().toISOString());
  let style = options.style ?? '2026';
  let open = 0;
  let mostAtOnce = 0;
  const limits = createLimits(options.quota ?? {});

  const scene = (fault: Fault | undefined): Scene => ({ options, shelf, now: now(), style, fault });

  /** The fault that hits this request; one with `times` wears off. */
  function faultOf(route: Route): Fault | undefined {
    const key = faults.has(route) ? route : 'all';
    const fault = faults.get(key);
    if (fault?.times === undefined) return fault;
    if (fault.times <= 1) faults.delete(key);
    else faults.set(key, { ...fault, times: fault.times - 1 });
    return fault;
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const route = routeOf(url);
    const { method = 'GET', headers } = request;
    const seen: SeenRequest = { route, method, path: url.pathname + url.search, headers };
    requests.push(seen);
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    response.on('close', () => {
      open -= 1;
    });
    const fault = faultOf(route);
    const honest = serve(route, url, scene(fault));
    const limited = limits.check(route, headers.authorization !== undefined, now());
    const isRefused = options.refusesTokens === true && headers.authorization !== undefined;
    const refusal = isRefused ? json({ error: 'Invalid credentials' }, 401) : limited.refusal;
    const served = faultyAnswer(refusal ?? honest, fault);
    if (misbehave(response, served, fault, url)) return;
    seen.status = send(response, served, { ...limited.headers, ...served.headers }, headers['if-none-match']);
  }

  const server = createServer(answer);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    count: (route) => requests.filter((one) => route === undefined || one.route === route).length,
    get mostAtOnce() {
      return mostAtOnce;
    },
    setFault(route, fault) {
      if (fault) faults.set(route, fault);
      else faults.delete(route);
    },
    setNow(instant) {
      now = () => instant;
    },
    setStyle(year) {
      style = year;
    },
    forget() {
      requests.length = 0;
      mostAtOnce = 0;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function routeOf({ pathname }: URL): Route {
  if (pathname === '/api/daily_papers') return 'list';
  if (pathname === '/api/papers/search') return 'search';
  if (pathname.startsWith('/api/papers/')) return 'paper';
  if (pathname === '/api/query') return 'arxiv';
  if (/^\/papers\/[^/]*\d{4}[^/]*$/.test(pathname)) return 'paper-page';
  return pathname.startsWith('/papers') ? 'page' : 'other';
}

/** What an answer depends on beside the request. */
interface Scene {
  options: SourceServerOptions;
  shelf: Shelf;
  now: Instant;
  style: PageStyle;
  fault: Fault | undefined;
}

function serve(route: Route, url: URL, scene: Scene): Served {
  const { options, shelf, now, fault } = scene;
  const atom = options.atom ?? 'new';
  const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
  switch (route) {
    case 'list':
      return serveList(url, shelf, now);
    case 'search':
      return serveSearch(url, shelf, now);
    case 'paper':
      return servePaper(last, shelf, now);
    case 'page':
      return servePage(url, scene);
    case 'paper-page': {
      const item = findItem(last, shelf, now);
      if (!item) return json({ error: 'Not found' }, 404);
      return { status: 200, type: 'html', body: paperPage(item, scene.style, strangeness(fault)) };
    }
    case 'arxiv':
      if (fault?.kind === 'empty') return { status: 200, type: 'atom', body: emptyFeed(atom) };
      return serveAtom(url, (id) => findItem(id, shelf, now), atom);
    default:
      return json({ error: 'Not found' }, 404);
  }
}

function strangeness(fault: Fault | undefined) {
  const isAll = fault?.kind === 'new-shape';
  return {
    hydration: isAll || fault?.kind === 'new-hydration',
    markup: isAll || fault?.kind === 'new-markup',
    nulls: fault?.kind === 'null-entries',
  };
}

/** A list's page; of a day, week or month without papers another one is shown, as the site does. */
function servePage(url: URL, scene: Scene): Served {
  const { shelf, now, fault, style } = scene;
  const query = url.searchParams.get('q');
  const asked = query === null ? periodOf(url) : ({ kind: 'search', key: query } as const);
  if (!asked) return redirect(`/papers/date/${nearestDay(latestDate(now), shelf, now)}`);
  const shown = shownInstead(asked, shelf, now);
  const isOther = shown.key !== asked.key;
  if (isOther && scene.options.otherDay !== 'rerender') return redirect(pathOf(shown));
  const honest = itemsOf(shown, shelf, now);
  const repeated = fault?.kind === 'repeats' ? honest.flatMap((item) => [item, item]) : honest;
  const items = fault?.kind === 'empty' ? [] : repeated;
  const key = fault?.kind === 'empty' ? asked.key : shown.key;
  return { status: 200, type: 'html', body: listPage({ ...shown, key, items }, style, strangeness(fault)) };
}

type Shown = Pick<ListPage, 'kind' | 'key'>;

function periodOf(url: URL): Shown | undefined {
  if (url.pathname === '/papers/trending') return { kind: 'trending', key: 'now' };
  const day = url.searchParams.get('date');
  if (day !== null) return { kind: 'daily', key: day.slice(0, 10) };
  const [, word, key] = /^\/papers\/(date|week|month)\/([^/]+)$/.exec(url.pathname) ?? [];
  const kind = ({ date: 'daily', week: 'weekly', month: 'monthly' } as const)[word ?? ''];
  return kind && key !== undefined ? { kind, key } : undefined;
}

function shownInstead({ kind, key }: Shown, shelf: Shelf, now: Instant): Shown {
  const latest = nearestDay(latestDate(now), shelf, now);
  const last = { daily: latest, weekly: weekOf(latest), monthly: monthOf(latest) };
  if (kind === 'trending' || kind === 'search') return { kind, key };
  if (kind !== 'daily') return { kind, key: key > last[kind] ? last[kind] : key };
  return { kind, key: isDay(key) ? nearestDay(key < latest ? key : latest, shelf, now) : latest };
}

function nearestDay(day: Day, shelf: Shelf, now: Instant): Day {
  for (let look = day; look >= FIRST_DAY; look = addDays(look, -1)) {
    if (shelf.at(look, now).length > 0) return look;
  }
  return day;
}

function itemsOf({ kind, key }: Shown, shelf: Shelf, now: Instant): ServedItem[] {
  if (kind === 'daily') return shelf.at(key, now);
  if (kind === 'trending') return trending(shelf, now);
  if (kind === 'search') return search(key, shelf, now).slice(0, 20);
  // The pages of weeks and months stop at 105 (`huggingface-papers.md` §3).
  return period(shelf, now, kind, key).slice(0, 105);
}

function pathOf({ kind, key }: Shown): string {
  return `/papers/${{ daily: 'date', weekly: 'week', monthly: 'month', trending: '', search: '' }[kind]}/${key}`;
}

function redirect(location: string): Served {
  return { status: 302, type: 'text', body: '', headers: { location } };
}

const TYPES = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

/** Sends an answer, or says that it has not changed. */
function send(
  response: ServerResponse,
  { status, type, body }: Served,
  headers: Record<string, string>,
  known: string | undefined,
): number {
  const etag = `W/"${hash(body).toString(16)}-${body.length}"`;
  const isKnown = status === 200 && known === etag;
  const sent = isKnown ? 304 : status;
  response.writeHead(sent, { 'content-type': TYPES[type], ...(status === 200 ? { etag } : {}), ...headers });
  response.end(isKnown ? undefined : body);
  return sent;
}
