import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server on the loopback interface; 0 for any port that is free. */
export async function listen(wanted: number): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Has requests answered; `look` is called after each, and what `serve` throws is noted as a fault of the fake's own. */
export function answer(
  server: Server,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { look, ownProblems }: { look: () => void; ownProblems: string[] },
): void {
  server.on('request', (request, response) => {
    response.once('close', look);
    serve(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      ownProblems.push(String(error instanceof Error ? error.stack : error));
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
}

/** How a platform goes away, and comes back. */
export interface Switches {
  /** Cannot be reached any more (connections are refused) until it is plugged in again at the same address. */
  unplug(): void;
  plugIn(): Promise<void>;
  /** Ends every connection, hanging ones too. */
  stop(): Promise<void>;
}

/** What a server has open beside its requests: `cut` ends it, `stop` for good. */
interface LongConnections {
  cut(): void;
  stop(): void;
}

export function createSwitches(server: Server, port: number, { cut, stop }: LongConnections): Switches {
  const close = () => {
    cut();
    server.closeAllConnections();
    server.close();
  };
  return {
    unplug: close,
    async plugIn() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async stop() {
      stop();
      if (!server.listening) return;
      const closed = once(server, 'close');
      close();
      await closed;
    },
  };
}
