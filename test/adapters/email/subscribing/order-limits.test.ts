import { describe, expect, it } from 'vitest';
import { filled, seen } from './order-scene.ts';
import { FILLED, ORDER, open, share } from './world.ts';

describe('limits', () => {
  it('three letters a day to one address, whoever asks, in all processes; the answer stays the same', async () => {
    const shared = share();
    const [one, other] = await Promise.all([open({ shared }), open({ shared })]);
    const answers: string[] = [];
    for (const { submit } of [one, other, one, other, one])
      answers.push(seen(await submit('/email', FILLED)));
    expect(new Set(answers).size).toBe(1);
    expect([...(await one.posted()), ...(await other.posted())]).toHaveLength(3);
    shared.clock.advance(24 * 3_600_000);
    await other.submit('/email', FILLED);
    expect([...(await one.posted()), ...(await other.posted())]).toHaveLength(4);
  });

  it('however it is written', async () => {
    const { submit, posted } = await open();
    for (const address of ['ada@example.org', 'ADA@example.org', ' ada@EXAMPLE.org', 'Ada@Example.Org'])
      await submit('/email', filled(['address', address]));
    expect(await posted()).toHaveLength(3);
  });

  it('whatever tag stands behind it, which the letters keep', async () => {
    const { submit, posted } = await open();
    const tagged = ['ada+1@example.org', 'ada+2+x@example.org', 'ada@example.org', 'ada+3@example.org'];
    for (const address of [...tagged, 'bo+1@example.org'])
      await submit('/email', filled(['address', address]));
    expect((await posted()).map(({ to }) => to).sort()).toEqual(
      [...tagged.slice(0, 3), 'bo+1@example.org'].sort(),
    );
  });

  it('ten orders an hour of one client, known and unknown addresses alike', async () => {
    const { submit, posted, people } = await open();
    await people.subscribers.put('known0@example.org', ORDER);
    const address = (at: number) => (at % 2 === 0 ? `known${at}@example.org` : `other${at}@example.org`);
    for (let at = 0; at < 10; at += 1)
      expect((await submit('/email', filled(['address', address(at)]))).status, `${at}`).toBe(200);
    const refused = [
      await submit('/email', filled(['address', 'known0@example.org'])),
      await submit('/email', FILLED),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3500);
    }
    expect(refused[0]?.text).toBe(refused[1]?.text);
    expect(await posted()).toHaveLength(10);
    // What is no order counts for nothing, and is answered as ever.
    expect((await submit('/email', filled(['address', 'nothing']))).status).toBe(400);
  });

  it('a client behind a proxy is who the proxy says, and nobody else pays for them', async () => {
    const { submit } = await open({ gate: { publicUrl: 'https://papers.example.org' } });
    const by = (address: string, at: number) =>
      submit('/email', filled(['address', `a${at}@example.org`]), { 'x-forwarded-for': address });
    for (let at = 0; at < 10; at += 1) await by('203.0.113.5', at);
    expect((await by('203.0.113.5', 10)).status).toBe(429);
    expect((await by('203.0.113.6', 11)).status).toBe(200);
  });

  it('what is counted names nobody', async () => {
    const shared = share();
    const names: string[] = [];
    const { isFirst } = shared;
    shared.isFirst = async (what, withinMs) => {
      names.push(what);
      return await isFirst(what, withinMs);
    };
    const { submit, posted } = await open({ shared });
    await submit('/email', FILLED);
    await posted();
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^mail:to:[\w-]{43}:1$/);
  });
});
