import { describe, expect, it } from 'vitest';
import { ADA, JSON_BODY, openFor, outcome, PATH } from './hearing-scene.ts';

describe('reports as JSON', () => {
  it('are one or several', async () => {
    const world = await openFor(ADA, 'bo@example.org', 'cy@example.org');
    const one = { kind: 'bounce', address: 'ADA@example.org' };
    const several = [{ kind: 'complaint', address: 'bo@example.org', provider: 'x' }];
    const type = { 'content-type': 'application/json; charset=utf-8' };
    expect((await world.post(PATH, JSON.stringify(one), type)).text).toBe('{"heeded":1}');
    expect((await world.post(PATH, JSON.stringify(several), type)).text).toBe('{"heeded":1}');
    expect((await world.post(PATH, '[]', type)).text).toBe('{"heeded":0}');
    expect(outcome(world)).toEqual({
      subscribed: ['cy@example.org'],
      blocked: { [ADA]: 'bounced', 'bo@example.org': 'complained' },
    });
  });

  it('name addresses, all of them, or nothing is done', async () => {
    const world = await openFor(ADA);
    const reports = [
      { kind: 'bounce', address: ADA },
      { kind: 'bounce', address: 'Ada <ada@example.org>' },
    ];
    const answer = await world.post(PATH, JSON.stringify(reports), JSON_BODY);
    expect([answer.status, answer.text]).toEqual([400, 'Report 2 names no e-mail address.\n']);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });

  const UNREADABLE = [
    '',
    '{',
    'null',
    '"bounce"',
    '{}',
    '{"kind":"bounce"}',
    '{"kind":"delivery","address":"ada@example.org"}',
    '{"kind":"bounce","address":["ada@example.org"]}',
    '[[{"kind":"bounce","address":"ada@example.org"}]]',
    `[${'['.repeat(100_000)}`,
    JSON.stringify(Array(1001).fill({ kind: 'bounce', address: ADA })),
  ];

  it.each(UNREADABLE.map((body) => [body.slice(0, 40), body]))('are nothing else: %s', async (_, body) => {
    const world = await openFor(ADA);
    const answer = await world.post(PATH, body, JSON_BODY);
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringMatching(/^Send .+ an array of up to 1000 such\.\n$/),
    ]);
    expect(outcome(world)).toEqual({ subscribed: [ADA], blocked: {} });
  });
});
