import type { IncomingMessage, ServerResponse } from 'node:http';
import { strikeAfter, strikeBefore } from '../faults.ts';
import type { Fault, Faults } from './faults.ts';
import type { Limits } from './limits.ts';
import { invalidForm, noRoute, Refusal, refusal, refusalBody } from './refusal.ts';
import type { Answer, Call, Route, Upload } from './route.ts';
import { APPLICATION_ROUTES } from './routes-application.ts';
import { CHANNEL_ROUTES } from './routes-channel.ts';
import { INTERACTION_ROUTES } from './routes-interaction.ts';
import { MESSAGE_ROUTES } from './routes-message.ts';
import { REACTION_ROUTES } from './routes-reaction.ts';
import type { Schemas } from './schemas.ts';
import type { Shape, World } from './state.ts';

/** A request as it came. */
export interface SeenRequest {
  method: string;
  /** Without `/api/v10` and query: `/channels/1/messages`. */
  path: string;
  query: string;
  /** JSON, that of `payload_json` too. */
  body: unknown;
  /** Names of the files that came with it. */
  files: readonly string[];
  /** When it came, by the fake's clock. */
  atMs: number;
  /** The status that was answered; absent when nothing was. */
  status?: number;
  /** Discord's code of a refusal. */
  code?: number;
  /** The token that it came with, without `Bot`. */
  token: string | undefined;
}

/** What answers need besides the world. */
export interface Desk {
  world: World;
  schemas: Schemas;
  limits: Limits;
  faults: Faults;
  requests: SeenRequest[];
  /** Told of every request that came. */
  waiting: Set<() => void>;
  /** 401, 403 and 429 so far, shared limits aside: Discord bans who has 10,000 in 10 minutes. */
  counted: { invalid: number };
}

const ROUTES: readonly Route[] = [
  ...APPLICATION_ROUTES,
  ...CHANNEL_ROUTES,
  ...MESSAGE_ROUTES,
  ...REACTION_ROUTES,
  ...INTERACTION_ROUTES,
];

/** Routes by their number of segments, those with fewer parameters first: `@me` before `{user_id}`. */
const BY_LENGTH = Map.groupBy(
  ROUTES.map((route) => ({ route, segments: route.path.split('/') })).sort(
    (one, other) => holes(one.segments) - holes(other.segments),
  ),
  ({ segments }) => segments.length,
);

function holes(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

interface Found {
  route: Route;
  parameters: Record<string, string>;
}

function find(method: string, path: string): Found | undefined {
  const given = path.split('/').map(decodeURIComponent);
  for (const { route, segments } of BY_LENGTH.get(given.length) ?? []) {
    if (route.method !== method) continue;
    const isIt = segments.every((segment, index) => segment.startsWith('{') || segment === given[index]);
    if (!isIt) continue;
    const named = segments.map((segment, index) => [segment.slice(1, -1), given[index] ?? ''] as const);
    const parameters = Object.fromEntries(named.filter((_, index) => segments[index]?.startsWith('{')));
    return { route, parameters };
  }
  return undefined;
}

/** Answers one request: seen, broken by a fault, limited, checked, done, checked again. */
export async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://discord');
  const path = url.pathname.replace(/^\/api(\/v\d+)?/, '');
  const { method = 'GET' } = request;
  const { body, files, isBroken } = await readBody(request);
  const seen: SeenRequest = {
    method,
    path,
    query: url.search,
    body,
    files: files.map(({ filename }) => filename),
    atMs: desk.world.now(),
    token: request.headers.authorization?.replace(/^Bot /, ''),
  };
  desk.requests.push(seen);
  for (const look of desk.waiting) look();
  const fault = desk.faults.of(method, decodeURIComponent(path));
  if (await strikeBefore(desk.world.clock, fault, response)) return;
  if (preempt(desk, seen, response, fault)) return;
  const found = find(method, path);
  const outcome = found ? handle(desk, found, seen, url, files, isBroken) : refused(noRoute());
  if (await strikeAfter(desk.world.clock, fault, response)) return;
  if (fault?.kind === 'status') return write(desk, seen, response, faultOutcome(fault));
  write(desk, seen, response, outcome, fault?.kind === 'cut-within');
}

interface Outcome extends Answer {
  headers: Record<string, string>;
  isShared?: boolean;
}

function refused(error: Refusal, headers: Record<string, string> = {}): Outcome {
  return { status: error.status, body: refusalBody(error), headers };
}

function faultOutcome({
  status,
  code = 0,
  message,
  headers = {},
}: Extract<Fault, { kind: 'status' }>): Outcome {
  const body = { message: message ?? `${status}: by a test`, code };
  return { status, body, headers };
}

/** Answers instead, before anything is done, where a fault wants that; true when that was all. */
function preempt(desk: Desk, seen: SeenRequest, response: ServerResponse, fault: Fault | undefined): boolean {
  switch (fault?.kind) {
    case 'throttle': {
      const { retryAfterMs, isGlobal = false, scope = 'user' } = fault;
      write(desk, seen, response, throttled(retryAfterMs, isGlobal, scope));
      return true;
    }
    case 'status':
      if (fault.isHandled) return false;
      write(desk, seen, response, faultOutcome(fault));
      return true;
    default:
      return false;
  }
}

function throttled(retryAfterMs: number, isGlobal: boolean, scope: string): Outcome {
  const retry_after = retryAfterMs / 1000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after, global: isGlobal, code: 0 },
    headers: {
      'retry-after': String(Math.ceil(retry_after)),
      'x-ratelimit-scope': isGlobal ? 'global' : scope,
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
    },
    isShared: scope === 'shared' && !isGlobal,
  };
}

function handle(
  desk: Desk,
  { route, parameters }: Found,
  seen: SeenRequest,
  url: URL,
  files: readonly Upload[],
  isBroken: boolean,
): Outcome {
  const { world, schemas, limits } = desk;
  if (!route.isOpen && seen.token !== world.app.token) return refused(refusal(0));
  const { headers, refused: limit } = limits.take(route, parameters, world.now());
  if (limit) {
    const outcome = throttled(limit.retryAfterMs, limit.isGlobal, 'user');
    return { ...outcome, headers: { ...headers, ...outcome.headers } };
  }
  const call: Call = { world, parameters, query: url.searchParams, body: seen.body, files };
  try {
    if (isBroken) throw refusal(50109);
    const wrong = seen.body === undefined ? [] : schemas.checkRequest(route, seen.body);
    if (wrong.length > 0) throw invalidForm(wrong);
    const outcome = { ...route.run(call), headers };
    schemas.checkAnswer(route, outcome.status, outcome.body);
    return outcome;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const outcome = refused(error, { ...headers, ...retryHeaders(error) });
    schemas.checkAnswer(route, outcome.status, outcome.body);
    return outcome;
  }
}

/** 30046 comes as a 429: it asks for patience, and names none. */
function retryHeaders({ status }: Refusal): Record<string, string> {
  return status === 429 ? { 'retry-after': '60', 'x-ratelimit-scope': 'user' } : {};
}

function write(
  desk: Desk,
  seen: SeenRequest,
  response: ServerResponse,
  { status, body, headers, isShared = false }: Outcome,
  isCut = false,
): void {
  seen.status = status;
  const { code } = (body ?? {}) as Shape;
  if (status >= 400 && typeof code === 'number') seen.code = code;
  if ([401, 403].includes(status) || (status === 429 && !isShared)) desk.counted.invalid += 1;
  const date = new Date(desk.world.now()).toUTCString();
  if (body === undefined) return void response.writeHead(status, { ...headers, date }).end();
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': length,
    ...headers,
    date,
  });
  if (!isCut) return void response.end(text);
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

interface Received {
  body: unknown;
  files: readonly Upload[];
  /** JSON that cannot be read. */
  isBroken: boolean;
}

async function readBody(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return { body: undefined, files: [], isBroken: false };
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { ...parse(bytes.toString('utf8')), files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const named = [...form.entries()].filter((entry): entry is [string, File] => entry[1] instanceof File);
  const files = await Promise.all(named.map(([name, file]) => readFile(name, file)));
  return { ...parse(String(form.get('payload_json') ?? '{}')), files };
}

async function readFile(name: string, file: File): Promise<Upload> {
  const index = Number(/\[(\d+)\]/.exec(name)?.[1] ?? 0);
  const text = await file.text();
  return { index, filename: file.name, contentType: file.type, size: file.size, text };
}

function parse(text: string): { body: unknown; isBroken: boolean } {
  try {
    return { body: JSON.parse(text) as unknown, isBroken: false };
  } catch {
    return { body: undefined, isBroken: true };
  }
}
