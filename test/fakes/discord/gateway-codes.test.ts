import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeClock } from '../clock.ts';
import { type DiscordOptions, startDiscord } from './index.ts';

/** A socket of one's own, for what discord.js would never send. */
async function raw(options: DiscordOptions = {}, version = 10) {
  const fake = await startDiscord(options);
  const socket = new WebSocket(`${fake.url.replace('http', 'ws')}/?v=${version}&encoding=json`);
  const frames: { op: number; t: string | null; s: number | null; d: Record<string, unknown> }[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  return {
    fake,
    socket,
    frames,
    closed,
    send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await fake.stop();
    },
  };
}

const properties = { os: 'linux', browser: 'test', device: 'test' };

describe('close codes', () => {
  it.each([
    [4001, 'an unknown opcode', '{"op":99,"d":null}'],
    [4002, 'no JSON', '{'],
    [4003, 'something before IDENTIFY', '{"op":3,"d":{}}'],
    [4004, 'a wrong token', JSON.stringify({ op: 2, d: { token: 'wrong', intents: 1, properties } })],
    [
      4010,
      'a shard that there is not',
      JSON.stringify({ op: 2, d: { token: 'loopback-token', intents: 1, properties, shard: [2, 2] } }),
    ],
    [
      4013,
      'an intent that there is not',
      JSON.stringify({ op: 2, d: { token: 'loopback-token', intents: -1, properties } }),
    ],
    [
      4014,
      'a privileged intent',
      JSON.stringify({ op: 2, d: { token: 'loopback-token', intents: 1 << 15, properties } }),
    ],
  ])('%i for %s', async (code, _, frame) => {
    await using world = await raw();
    world.socket.send(frame);
    expect(await world.closed).toBe(code);
  });

  it('4012 for another version', async () => {
    await using world = await raw({}, 9);
    expect(await world.closed).toBe(4012);
  });

  it('4005 for a second IDENTIFY', async () => {
    await using world = await raw();
    const identify = { token: world.fake.token, intents: 1, properties };
    world.send(2, identify);
    world.send(2, identify);
    expect(await world.closed).toBe(4005);
  });

  it('4007 for a number that was never sent', async () => {
    await using world = await raw();
    world.send(2, { token: world.fake.token, intents: 1, properties });
    await world.fake.gateway.whenConnected();
    await once(world.socket, 'message');
    const session_id = world.frames.find(({ t }) => t === 'READY')?.d.session_id;
    const again = new WebSocket(`${world.fake.url.replace('http', 'ws')}/?v=10&encoding=json`);
    await once(again, 'open');
    again.send(JSON.stringify({ op: 6, d: { token: world.fake.token, session_id, seq: 900 } }));
    const [code] = await once(again, 'close');
    expect(code).toBe(4007);
  });

  it('4008 for the 121st send in a minute', async () => {
    const clock = createFakeClock('2026-11-24T09:00:00.000Z');
    await using world = await raw({ clock });
    for (let sends = 0; sends < 120; sends += 1) world.send(1, null);
    const acks = () => world.frames.filter(({ op }) => op === 11).length;
    while (acks() < 120) await once(world.socket, 'message');
    clock.advance(60_000);
    for (let sends = 0; sends < 121; sends += 1) world.send(1, null);
    expect(await world.closed).toBe(4008);
    expect(world.fake.gateway.received).toHaveLength(240);
  });

  it('op 9 for a session that is not known', async () => {
    await using world = await raw();
    world.send(6, { token: world.fake.token, session_id: 'none', seq: 1 });
    const invalid = () => world.frames.find(({ op }) => op === 9);
    while (!invalid()) await once(world.socket, 'message');
    expect(invalid()?.d).toBe(false);
  });
});
