import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The way of one process to Discord. */
export interface Door {
  /** `DISCORD_API_URL`. */
  readonly url: string;
  /** Messages that have left and are not answered. */
  readonly underWay: number;
  close(): void;
}

const MESSAGES = /\/messages$/;
const MARK_LENGTH = 2;

/**
 * Opens a door to a Discord. `mark`: two characters that all nonces of this process begin with, so that Discord takes no
 * message for the repetition of another process's: only the ledger keeps those apart. Without, they pass as they are.
 */
export async function openDoor(discordUrl: string, mark?: string): Promise<Door> {
  const agent = new Agent({ keepAlive: true });
  let underWay = 0;
  const server = createServer((asked, answer) => {
    if (isMessage(asked)) {
      underWay += 1;
      answer.once('close', () => (underWay -= 1));
    }
    // Who dies in the middle of a request has asked for nothing.
    pass(asked, answer, { discordUrl, mark, agent }).catch(() => answer.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    get underWay() {
      return underWay;
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

interface Way {
  discordUrl: string;
  mark: string | undefined;
  agent: Agent;
}

/** What has come whole reaches Discord, also from a process that is killed meanwhile. */
async function pass(asked: IncomingMessage, answer: ServerResponse, way: Way): Promise<void> {
  const { discordUrl, mark, agent } = way;
  const { method = 'GET', url = '/', headers } = asked;
  const given = await buffer(asked);
  const body = isMessage(asked) && mark !== undefined ? marked(given, mark) : given;
  const onward = request(new URL(url, discordUrl), { method, headers, agent });
  onward.end(body);
  const [answered] = (await once(onward, 'response')) as [IncomingMessage];
  answer.writeHead(answered.statusCode ?? 500, answered.headers);
  answered.on('error', () => answer.destroy());
  answered.pipe(answer);
}

function isMessage({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && MESSAGES.test(url);
}

/** As long as before. */
function marked(body: Buffer, mark: string): Buffer {
  const nonce = new RegExp(`"nonce":".{${MARK_LENGTH}}`);
  return Buffer.from(body.toString().replace(nonce, `"nonce":"${mark}`));
}

/** Two letters or digits, another pair for each of 1,296 processes. */
export function markOf(number: number): string {
  return (number % 36 ** MARK_LENGTH).toString(36).padStart(MARK_LENGTH, '0');
}
