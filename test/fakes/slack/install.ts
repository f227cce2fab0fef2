import { request } from 'node:http';
import type { InstallOutcome } from './index.ts';
import type { Person } from './person.ts';
import type { Team, World } from './state.ts';

const MOST_HOPS = 10;

/** Slack's own page: what is asked for. A browser without a decision is shown it; one with a decision is sent back. */
export function authorizePage(
  world: World,
  url: URL,
): { status: number; body: string; headers: Record<string, string> } {
  const page = { 'content-type': 'text/html' };
  if (url.pathname !== '/oauth/v2/authorize') return { status: 404, body: 'Not found', headers: page };
  const asked = url.searchParams;
  if (asked.get('client_id') !== world.app.clientId)
    return { status: 200, body: '<p>Invalid client_id parameter', headers: page };
  // Without one Slack takes the first that the app has named: here the one beside where it began.
  const back = asked.get('redirect_uri') ?? asked.get('fake_back') ?? '';
  const team = world.teams.get(asked.get('fake_team') ?? '');
  if (!team || !URL.canParse(back)) return { status: 200, body: `<p>${asked.get('scope')}`, headers: page };
  const target = new URL(back);
  if (asked.get('fake_deny') === '1') target.searchParams.set('error', 'access_denied');
  else target.searchParams.set('code', newCode(world, team, asked));
  target.searchParams.set('state', asked.get('state') ?? '');
  return { status: 302, body: '', headers: { location: target.href } };
}

function newCode(world: World, team: Team, asked: URLSearchParams): string {
  const code = world.newId('code-');
  const scopes = (asked.get('scope') ?? '').split(',').filter(Boolean);
  const redirectUri = asked.get('redirect_uri') ?? '';
  world.codes.set(code, { team, by: asked.get('fake_by') ?? '', scopes, redirectUri });
  return code;
}

/** Walks as a browser does, cookies kept; addresses beyond the loopback interface are not visited. */
export async function walkInstall(
  world: World,
  startUrl: string,
  { by, team = by.user.team, deny = false }: { by: Person; team?: Team; deny?: boolean },
): Promise<InstallOutcome> {
  const cookies = new Map<string, string>();
  let url = new URL(startUrl);
  let scopes: string[] = [];
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const isSlack = url.origin === world.origin();
    if (isSlack) {
      scopes = (url.searchParams.get('scope') ?? '').split(',').filter(Boolean);
      url.searchParams.set('fake_team', team.id);
      url.searchParams.set('fake_by', by.id);
      url.searchParams.set('fake_back', new URL('/slack/oauth_redirect', startUrl).href);
      if (deny) url.searchParams.set('fake_deny', '1');
    }
    const { status, body, location, setCookies } = await get(url, cookies);
    for (const cookie of setCookies) keep(cookies, cookie);
    const next = location ?? linkTo(world, body);
    if (next === undefined) return { status, body, url: url.href, scopes };
    const target = new URL(next, url);
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname))
      return { status, body, url: target.href, scopes };
    url = target;
  }
  throw new Error(`The way from ${startUrl} leads nowhere.`);
}

/** The app's own page has a button that leads to Slack. */
function linkTo(world: World, body: string): string | undefined {
  const [, href] = new RegExp(`href="(${world.origin()}/oauth/[^"]+)"`).exec(body) ?? [];
  return href?.replaceAll('&amp;', '&');
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = '', ...attributes] = cookie.split(';');
  const [name = '', value = ''] = pair.split(/=(.*)/s);
  const isOver = attributes.some((one) => /max-age=0|expires=thu, 01 jan 1970/i.test(one.trim()));
  if (isOver) cookies.delete(name.trim());
  else cookies.set(name.trim(), value.trim());
}

interface Page {
  status: number;
  body: string;
  location: string | undefined;
  setCookies: readonly string[];
}

async function get(url: URL, cookies: ReadonlyMap<string, string>): Promise<Page> {
  const { promise, resolve, reject } = Promise.withResolvers<Page>();
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) };
  const sent = request(url, { agent: false, headers }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      const { statusCode: status = 0, headers: given } = response;
      const isMoved = status >= 300 && status < 400;
      resolve({
        status,
        body: Buffer.concat(chunks).toString('utf8'),
        location: isMoved ? given.location : undefined,
        setCookies: given['set-cookie'] ?? [],
      });
    });
  });
  sent.on('error', reject);
  sent.end();
  return await promise;
}
