import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several processes: each request goes to the next one. */
export interface Balancer {
  readonly url: string;
  /** Where processes listen; filled before the first request. */
  readonly ports: number[];
  /** Which process had which path, in the order of arrival. */
  readonly served: { path: string; process: number }[];
  /** The process that gets the next request; the others follow in turn. */
  next: number;
  stop(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const server = createServer((request, response) => {
    const process = balancer.next % balancer.ports.length;
    balancer.next = process + 1;
    const { url: path = '/', method, headers } = request;
    balancer.served.push({ path: path.split('?')[0] ?? '', process });
    const way = { host: '127.0.0.1', port: balancer.ports[process], agent: false } as const;
    const onward = ask({ ...way, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const balancer: Balancer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ports: [],
    served: [],
    next: 0,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return balancer;
}
