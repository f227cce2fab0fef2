import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { greetingAt } from '../../../../adapters/slack/examining/greeting.ts';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import { createFakeClock } from '../../../fakes/clock.ts';

const clock = createFakeClock('2026-11-23T09:00:00.000Z');
let server: WebSocketServer;
let url: string;
beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
});

const onConnect = (work: (client: WebSocket) => void) => void server.on('connection', work);

it('takes the greeting, whatever comes before it, and ends the connection', async () => {
  const ended = Promise.withResolvers<void>();
  onConnect((client) => {
    client.on('close', () => ended.resolve());
    for (const said of ['no JSON', '{"type":"other"}', '{"type":"hello","num_connections":3}'])
      client.send(said);
  });
  expect(await greetingAt(url, clock)).toEqual({ connections: 3 });
  await ended.promise;
});

it('rejects when no greeting comes within ten seconds', async () => {
  const connected = once(server, 'connection');
  const greeting = greetingAt(url, clock);
  const failed = expect(greeting).rejects.toThrow('Slack did not greet.');
  await connected;
  clock.advance(10 * SECOND_MS);
  await failed;
});

it('rejects when the connection ends before it', async () => {
  onConnect((client) => client.close());
  await expect(greetingAt(url, clock)).rejects.toThrow('Slack ended the connection.');
  server.close();
  await expect(greetingAt('ws://127.0.0.1:1', clock)).rejects.toThrow('Slack ended the connection.');
});
