import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Rules, strikeAfter, strikeBefore } from '../faults.ts';
import { instead, insteadOfDoing } from './broken.ts';
import { takeResponse } from './exchanges.ts';
import type { Fault } from './faults.ts';
import { readArgs, readBytes, readUpload } from './form.ts';
import type { SeenRequest } from './index.ts';
import { authorizePage } from './install.ts';
import type { Limits } from './limits.ts';
import type { Call, Method } from './method.ts';
import { METHODS } from './methods.ts';
import { json, type Outcome, throttled } from './outcome.ts';
import { Refusal } from './refusal.ts';
import type { Installation, Shape, Team, World } from './state.ts';

/** Which call a fault may strike. */
export interface Subject {
  method: string;
  team: string | undefined;
}

/** What answers need besides the world. */
export interface Desk {
  world: World;
  limits: Limits;
  faults: Rules<Subject, Fault>;
  requests: SeenRequest[];
  /** Where Socket Mode connects, once. */
  ticket(): string;
}

/** Answers one request: seen, broken by a fault, limited, checked, done. */
export async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', desk.world.origin());
  const bytes = await readBytes(request);
  const [, area = '', name = ''] = url.pathname.split('/');
  if (area === 'oauth') return write(desk, undefined, response, authorizePage(desk.world, url));
  const isCall = area === 'api';
  const args =
    area === 'upload' ? { content: await readUpload(request, bytes) } : await readArgs(request, url, bytes);
  const { token: inBody, ...rest } = args;
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? (inBody as string | undefined);
  const owner = ownerOf(desk.world, area, name, isCall ? token : undefined);
  const seen: SeenRequest = {
    method: isCall ? name : area === 'response' ? 'response_url' : area,
    args: withBasic(rest, request),
    team: owner,
    atMs: desk.world.now(),
    token,
  };
  desk.requests.push(seen);
  desk.world.changed();
  const fault = desk.faults.of({ method: seen.method, team: owner?.id });
  if (await strikeBefore(desk.world.clock, fault, response)) return;
  const early = insteadOfDoing(fault);
  if (early) return write(desk, seen, response, early);
  const outcome = isCall ? call(desk, name, seen) : elsewhere(desk, area, name, seen);
  if (await strikeAfter(desk.world.clock, fault, response)) return;
  write(desk, seen, response, instead(fault) ?? outcome);
}

function ownerOf(
  { installations, exchanges }: World,
  area: string,
  name: string,
  token: string | undefined,
): Team | undefined {
  if (area === 'response') return exchanges.find(({ responseToken }) => responseToken === name)?.team;
  return token === undefined ? undefined : installations.get(token)?.team;
}

/** OAuth may name the app in the header. */
function withBasic(args: Shape, { headers }: IncomingMessage): Shape {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return args;
  const [client_id, client_secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id, client_secret, ...args };
}

function call(desk: Desk, name: string, seen: SeenRequest): Outcome {
  const { world } = desk;
  const method = METHODS.get(name);
  if (name === 'apps.connections.open') return connectionsOpen(desk, seen);
  if (!method) {
    world.problem(`There is no method “${name}”.`);
    return json({ ok: false, error: 'unknown_method', req_method: name });
  }
  try {
    const installation = method.token === 'none' ? undefined : authorized(world, seen.token);
    const waitMs = desk.limits.take(
      method,
      seen.team?.id ?? '',
      String(seen.args.channel ?? ''),
      world.now(),
    );
    if (waitMs !== undefined) return throttled(waitMs);
    const headers = scopeHeaders(method, installation);
    return json(run(world, method, installation, seen.args), headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const headers = scopeHeaders(method, world.installations.get(seen.token ?? ''));
    return json({ ok: false, error: error.code, ...error.more }, headers);
  }
}

function run(world: World, method: Method, installation: Installation | undefined, args: Shape): Shape {
  for (const name of Object.keys(args)) {
    const isKnown = method.args.includes(name) || name === 'team_id';
    if (!isKnown) world.problem(`${method.name}: there is no argument “${name}”`);
  }
  for (const needed of method.scopes ?? []) {
    const provided = [...(installation?.scopes ?? [])].join(',');
    if (!installation?.scopes.has(needed)) throw new Refusal('missing_scope', { needed, provided });
  }
  const given: Omit<Call, 'installation' | 'team' | 'bot'> = { world, args };
  // Methods without a token never look at whose it is.
  const owner = installation && { installation, team: installation.team, bot: installation.team.bot };
  return { ok: true, ...method.run({ ...given, ...owner } as Call) };
}

function authorized(world: World, token: string | undefined): Installation {
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token === world.app.appToken) throw new Refusal('not_allowed_token_type');
  const installation = world.installations.get(token);
  if (!installation) throw new Refusal('invalid_auth');
  if (installation.team.isInactive) throw new Refusal('account_inactive');
  if (installation.isRevoked) throw new Refusal('token_revoked');
  const { expiresAtMs } = installation;
  if (expiresAtMs !== undefined && world.now() >= expiresAtMs) throw new Refusal('token_expired');
  return installation;
}

function scopeHeaders(
  { scopes = [] }: Method,
  installation: Installation | undefined,
): Record<string, string> {
  if (!installation) return {};
  return {
    'x-oauth-scopes': [...installation.scopes].join(','),
    ...(scopes.length > 0 ? { 'x-accepted-oauth-scopes': scopes.join(',') } : {}),
  };
}

function connectionsOpen({ world, ticket }: Desk, { token }: SeenRequest): Outcome {
  const isApp = token === world.app.appToken;
  if (!isApp) {
    const isBot = token !== undefined && world.installations.has(token);
    return json({ ok: false, error: isBot ? 'not_allowed_token_type' : 'invalid_auth' });
  }
  return json({ ok: true, url: ticket() });
}

/** A `response_url`, or the address that a file is sent to. */
function elsewhere({ world }: Desk, area: string, name: string, { args }: SeenRequest): Outcome {
  const text = { 'content-type': 'text/plain' };
  if (area === 'response') {
    const error = takeResponse(world, name, args);
    if (error === undefined) return { status: 200, body: 'ok', headers: text };
    return { ...json({ ok: false, error }), status: error === 'invalid_blocks' ? 400 : 404 };
  }
  const file = area === 'upload' ? world.files.get(name) : undefined;
  if (!file) return { status: 404, body: 'Not found', headers: text };
  file.text = String(args.content);
  world.changed();
  return { status: 200, body: `OK - ${file.text.length}`, headers: text };
}

function write(
  { world }: Pick<Desk, 'world'>,
  seen: SeenRequest | undefined,
  response: ServerResponse,
  outcome: Outcome,
): void {
  const { status, body, headers, error } = outcome;
  if (seen) Object.assign(seen, { status, ...(error === undefined ? {} : { error }) });
  const date = new Date(world.now()).toUTCString();
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { 'content-length': length, ...headers, date }).end(body);
}
