import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerName } from './programs.ts';
import type { TestServer } from './server.ts';

/** What a test that asks for a server is told: its address, that there is none, or what is wrong. A sentence each. */
export type Answer = { url: string } | { absent: string } | { broken: string };

/** The place where all tests of a run ask for the servers that they share. */
export interface Desk {
  /** `GET <url>/<server's name>` is answered with an `Answer`. */
  readonly url: string;
  /** Removes what was started. */
  close(): Promise<void>;
}

export interface DeskOptions {
  /** Where `PAPERWIRE_TEST_POSTGRES` and `PAPERWIRE_TEST_REDIS` may name servers. */
  env: NodeJS.ProcessEnv;
  warn: (sentence: string) => void;
}

/** An answer, and the server where it was started for it. */
export interface Found {
  answer: Answer;
  started?: TestServer;
}

/** Opens the desk; no server is started before one is asked for. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const all = new Map<ServerName, Promise<Found>>();
  const server = createServer(async ({ url }, response) => {
    const name = url === '/postgres' ? 'postgres' : 'redis';
    const found = all.get(name) ?? find(name, options);
    all.set(name, found);
    response.end(JSON.stringify((await found).answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: addressOf(server.address()),
    close: async () => {
      server.close();
      server.closeAllConnections();
      for (const found of all.values()) await (await found).started?.remove();
    },
  };
}

async function find(name: ServerName, options: DeskOptions): Promise<Found> {
  // Loaded when it is wanted: the drivers take longer than many a test.
  const { findShared } = await import('./shared.ts');
  return await findShared(name, options);
}

function addressOf(address: string | { port: number } | null): string {
  if (address === null || typeof address === 'string') throw new Error('The desk has no port.');
  return `http://127.0.0.1:${address.port}`;
}
