import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SourceServer, startSourceServer } from '../fakes/source-server.ts';
import { installProgram, type Program } from './program.ts';

/** Whoever knows it may post there, so it is a secret. */
const PATH = '/hooks/s3cr3t-path';

interface Call {
  path: string | undefined;
  contentType: string | undefined;
  body: { event?: unknown; id?: unknown };
}

/** A server that takes alarms. */
async function startPhone() {
  const calls: Call[] = [];
  const phone = { url: '', calls, status: 204, stop: () => {} };
  const take = async (request: IncomingMessage): Promise<void> => {
    const { url: path, headers } = request;
    calls.push({ path, contentType: headers['content-type'], body: JSON.parse(await text(request)) });
  };
  const server = createServer(
    (request, response) =>
      void take(request).then(() => {
        response.writeHead(phone.status).end();
      }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  phone.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  phone.stop = () => void server.close();
  return phone;
}

let source: SourceServer;
let program: Program;
let phone: Awaited<ReturnType<typeof startPhone>>;

beforeAll(async () => {
  source = await startSourceServer();
  phone = await startPhone();
  program = installProgram(source.url);
});
afterAll(async () => {
  await source.stop();
  phone.stop();
  program.remove();
});

const paperwire = (...args: string[]) => program.run(args, { env: { ALARM_URL: phone.url } });

/** The bot has a look, twice; out: what was called meanwhile, and everything that it said. */
async function lookTwice() {
  const before = phone.calls.length;
  const looks = [await paperwire('start', '--once'), await paperwire('start', '--once')];
  return { calls: phone.calls.slice(before), said: looks.map(({ out, err }) => out + err).join('') };
}

describe('ALARM_URL', () => {
  it('gets an alarm as JSON once, and once more the all clear', async () => {
    const { out } = await paperwire('paper', 'feed', 'add', '--patience-hours', '0', '--json');
    const { id } = JSON.parse(out).feed;
    source.setFault('all', { kind: 'status', status: 500 });
    expect((await paperwire('post', '--feed', id)).code).toBe(1);

    phone.status = 503;
    const unheard = await lookTwice();
    expect(unheard.calls).toHaveLength(2);
    expect(unheard.said).not.toContain('s3cr3t');

    phone.status = 204;
    const raised = await lookTwice();
    expect(raised.calls).toEqual([
      {
        path: PATH,
        contentType: 'application/json',
        body: {
          event: 'raised',
          id: expect.stringContaining(`alarm/feed/${id}/`),
          subject: `feed/${id}`,
          feedId: id,
          sentence: expect.stringContaining('has not gone out.'),
          raisedAt: expect.stringMatching(/Z$/),
        },
      },
    ]);

    source.setFault('all', undefined);
    const posted = await paperwire('post', '--feed', id);
    expect(posted.code, posted.err).toBe(0);
    const cleared = await lookTwice();
    expect(cleared.calls).toMatchObject([{ body: { event: 'cleared', id: raised.calls[0]?.body.id } }]);
    expect(cleared.calls[0]?.body).toHaveProperty('clearedAt');
  });
});
