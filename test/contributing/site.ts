import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As many as on a good day, so that nobody waits for more. */
const PAPERS = 40;

const ENTRIES = Array.from({ length: PAPERS }, (_, index) => ({
  id: `2608.${String(index + 1).padStart(5, '0')}`,
  title: index === 7 ? 'Toys' : `Toys that learn, part ${index + 1}`,
  votes: PAPERS - index,
}));

/** The site that the toy source reads: the same list whatever is asked for. */
export async function startToySite(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((_request, response) => void response.end(JSON.stringify(ENTRIES)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
