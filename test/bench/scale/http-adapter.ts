import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createDiscordAdapter } from '../../../adapters/discord/index.ts';
import type { Adapter, Message } from '../../../src/adapter.ts';
import { systemClock } from '../../../src/clock.ts';
import { silentLog } from '../../../src/log.ts';
import { DELIVERY_HEADER } from './platform.ts';

/**
 * Discord as far as the line sees it, with its real messages, posted to a `BenchPlatform` over connections that stay
 * open. `hasRates`: Discord's own rates are kept in all processes together; else none.
 */
export function createHttpAdapter({ url, hasRates }: { url: string; hasRates: boolean }): Adapter {
  const discord = createDiscordAdapter({
    token: 'loopback-token',
    apiUrl: url,
    clock: systemClock,
    log: silentLog,
  });
  const agent = new Agent({ keepAlive: true });
  const { rates } = discord;
  return {
    platform: 'discord',
    async start() {},
    render: discord.render,
    send: (message, signal) => post(url, message, agent, signal),
    ...(hasRates && rates ? { rates } : {}),
    repeatableForMs: () => 0,
    find: async () => ({ kind: 'unknown', reason: 'This platform is not asked what it has.' }),
    installer: async () => undefined,
    async stop() {
      agent.destroy();
    },
  };
}

async function post(
  url: string,
  { id, destination, payload }: Message,
  agent: Agent,
  signal?: AbortSignal,
): Promise<string> {
  const headers = { 'content-type': 'application/json', [DELIVERY_HEADER]: id };
  const path = `/channels/${destination.channel}/messages`;
  const asked = request(url + path, { method: 'POST', agent, headers, ...(signal ? { signal } : {}) });
  asked.end(JSON.stringify(payload));
  const [response] = await once(asked, 'response');
  const { messageId } = JSON.parse(await textOf(response));
  return messageId;
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}
