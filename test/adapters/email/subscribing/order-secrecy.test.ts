import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../../adapters/email/subscribing/address.ts';
import { filled, seen } from './order-scene.ts';
import { FILLED, NOW, ORDER, open, type World } from './world.ts';

describe('nobody learns who gets papers', () => {
  /** Puts an address into every state in which it can be. */
  const STATES: Record<string, (world: World, address: string) => Promise<void>> = {
    unknown: async () => {},
    subscribed: async ({ people }, address) => void (await people.subscribers.put(address, ORDER)),
    suspended: async ({ people }, address) => {
      const subscriber = await people.subscribers.put(address, ORDER);
      people.kept.set(address, { ...subscriber, state: 'suspended' });
    },
    complained: async ({ mailboxes }, address) =>
      void mailboxes.kept.set(address, { refusals: 0, blocked: 'complained', changedAt: NOW }),
    bounced: async ({ mailboxes }, address) =>
      void mailboxes.kept.set(address, { refusals: 3, blocked: 'bounced', changedAt: NOW }),
    limited: async ({ submit, posted }, address) => {
      const by = { 'x-forwarded-for': `198.51.100.${address.length}` };
      for (let times = 0; times < 3; times += 1) await submit('/email', filled(['address', address]), by);
      await posted();
    },
  };

  it('by an answer, which is the same to the byte whatever is known of the address', async () => {
    const names = Object.keys(STATES);
    const gate = { publicUrl: 'https://papers.example.org' };
    const worlds = new Map(
      await Promise.all(names.map(async (name) => [name, await open({ gate })] as const)),
    );
    const local = fc.string({ unit: fc.constantFrom(...'abcxyz019-_+'), minLength: 1, maxLength: 20 });
    const typed = fc.record({
      address: fc.oneof(
        local.map((name) => `${name}@example.org`),
        fc.constantFrom('ada@bücher.example', 'jörg@example.org', 'no address', 'a@b\r\nc', ''),
      ),
      time: fc.constantFrom('08:00', '23:59', 'late'),
      about: fc.subarray(['agents', 'video', 'nonsense']),
    });
    let clients = 0;
    await fc.assert(
      fc.asyncProperty(typed, async ({ address, time, about }) => {
        const chosen = about.map((one) => ['about', one] as const);
        const fields = [...filled(['address', address], ['time', time], ['about', 'code']), ...chosen];
        clients += 1;
        const by = { 'x-forwarded-for': `203.0.${clients}.1` };
        const answers = new Set<string>();
        for (const [name, world] of worlds) {
          await STATES[name]?.(world, readAddress(address) ?? address);
          answers.add(seen(await world.submit('/email', fields, by)));
        }
        expect(answers.size).toBe(1);
      }),
      { numRuns: 60, seed: 9 },
    );
    for (const [name, world] of worlds)
      expect((await world.posted()).length > 0, name).toBe(name !== 'complained');
  });

  it.each(Object.entries(STATES))('nor by what is done before the answer: %s', async (_, prepare) => {
    const world = await open();
    await prepare(world, 'ada@example.org');
    world.people.calls.length = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const { get } = world.mailboxes.mailboxes;
    world.mailboxes.mailboxes.get = async (address) => {
      await promise;
      return await get(address);
    };
    expect((await world.submit('/email', FILLED)).status).toBe(200);
    expect(world.people.calls).toEqual([]);
    resolve();
    await world.posted();
  });
});
