import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { createWebSide } from '../../src/cli/web-side.ts';
import { readConfig } from '../../src/config.ts';
import { listenerOf } from '../../src/gate.ts';
import { silentLog } from '../../src/log.ts';
import { createServer } from '../../src/server.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';

const BY_HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'signing-secret' };
const BY_SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

/** What a locked page answers at this machine. */
async function lockedStatus(environment: Record<string, string>): Promise<number | undefined> {
  const config = readConfig({ STORE_URL: 'memory:', HTTP_PORT: '0', ...environment });
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const fixed = { clock, log: silentLog };
  const store = await openStore(config.storeUrl, fixed);
  const server = createServer({ ...config.http, ...fixed });
  const { gate } = createWebSide(config, { store, route: server.route, ...fixed });
  server.route('/own', listenerOf(gate.app('locked').get('/own', (c) => c.text('own page'))));
  await server.start();
  try {
    const sent = request(`${server.url}/own`).end();
    const [answer] = await once(sent, 'response');
    answer.resume();
    return answer.statusCode;
  } finally {
    await server.stop(0);
    await store.close();
  }
}

it.each<[string, Record<string, string>, number]>([
  ['on no platform', {}, 200],
  ['on Slack by a connection of ours', BY_SOCKET, 200],
  ['on Slack by HTTP, which comes through a proxy', BY_HTTP, 403],
  ['on Slack by HTTP, with a password', { ...BY_HTTP, WEB_PASSWORD: 'correct-horse' }, 401],
])(
  'what is for whoever runs the bot is open at this machine where nobody else can come: %s',
  async (_, environment, status) => {
    expect(await lockedStatus(environment)).toBe(status);
  },
);
