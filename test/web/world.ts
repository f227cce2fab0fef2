import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createGate } from '../../src/gate.ts';
import { silentLog } from '../../src/log.ts';
import { createServer } from '../../src/server.ts';
import type { ArchiveView } from '../../src/view.ts';
import { mountWeb } from '../../src/web/index.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aPaper } from '../fixtures/papers.ts';
import { anArchive } from './archive-fixture.ts';
import { aHealth, aStatus, NOW } from './status-fixture.ts';

const ONE = anArchive({ '2026-11-23': [aPaper({ id: '2611.00001', title: 'One <paper>' })] });

/** What came back. */
export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** The web side at a real port. */
export async function openWeb(
  given: { hasPlayground?: boolean; password?: string; archive?: ArchiveView } = {},
) {
  const { hasPlayground = false, password, archive = ONE } = given;
  const fixed = { host: '127.0.0.1', clock: systemClock, log: silentLog };
  const server = createServer({ ...fixed, port: 0 });
  onTestFinished(() => server.stop(0));
  mountWeb({
    route: server.route,
    gate: createGate({ ...fixed, ...(password === undefined ? {} : { password }) }),
    archive,
    status: aStatus(),
    health: aHealth(),
    metrics: { text: async () => 'figures 1\n', contentType: 'text/plain; version=0.0.4' },
    hasPlayground,
    hasMail: false,
    version: '1.2.3',
    clock: createFakeClock(NOW),
    log: silentLog,
  });
  await server.start();
  const url = server.url ?? '';
  return {
    url,
    get: async (path: string, headers: Record<string, string> = {}) => await ask(url + path, 'GET', headers),
    head: async (path: string) => await ask(url + path, 'HEAD', {}),
  };
}

/** Asks as it is said: `fetch` adds what a cache of its own would need. */
async function ask(address: string, method: string, headers: Record<string, string>): Promise<Answer> {
  const sent = request(address, { method, headers });
  sent.end();
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (!answer) throw new Error('No answer came.');
  const pieces: Buffer[] = [];
  for await (const piece of answer) pieces.push(piece);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(pieces).toString() };
}
