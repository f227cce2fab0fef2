import { describe, expect, it } from 'vitest';
import { addMs, HOUR_MS, instantOf, MINUTE_MS } from '../../src/domain/calendar.ts';
import { memberAt } from '../../src/domain/member.ts';
import { MAX_SUBSCRIPTIONS } from '../../src/domain/subscription.ts';
import { digestId, isDigestId, isMailId } from '../../src/scheduler/digests.ts';
import { MAIL } from '../../src/subscribers.ts';
import { ADA, MONDAY, SUNDAY, TUESDAY, WEDNESDAY } from '../members.ts';
import { ADDRESS, BY_BO, type MailWorld, WHOLE } from './mails.ts';
import { ID, open } from './subscribers-scene.ts';

/** What is kept of the address in any place. */
async function keptOf({ store }: MailWorld, address = ADDRESS) {
  const member = memberAt(MAIL, address);
  const id = digestId(member);
  return {
    feed: await store.feeds.get(id),
    subscriptions: await store.people.subscriptions(member),
    slots: await store.ledger.slots(id, 9),
    deliveries: await store.ledger.deliveries(`${id}@2026-11-23`),
    workspaces: await store.people.workspacesOf({ platform: 'email', id: address }),
  };
}

const NOTHING = { feed: undefined, subscriptions: [], slots: [], deliveries: [], workspaces: [] };

describe('a subscriber', () => {
  it('is nobody before they said so', async () => {
    const { subscribers } = await open();
    expect(await subscribers.get(ADDRESS)).toBeUndefined();
    expect(await subscribers.remove(ADDRESS)).toBe(false);
  });

  it('is found by their address, however it is written', async () => {
    const { subscribers } = await open();
    const made = await subscribers.put(' Ada@Example.ORG', BY_BO);
    const nextDueAt = '2026-11-23T09:00:00.000Z';
    expect(made).toEqual({ ...BY_BO, address: ADDRESS, state: 'active', createdAt: SUNDAY, nextDueAt });
    expect(await subscribers.get('ADA@example.org')).toEqual(made);
    await subscribers.put('Eve@Bücher.example', WHOLE);
    expect(await subscribers.get('eve@XN--bcher-kva.example')).toMatchObject({
      address: 'eve@xn--bcher-kva.example',
    });
    expect(await subscribers.get('ada@example.net')).toBeUndefined();
    expect(await subscribers.remove('aDa@example.org')).toBe(true);
    expect(await subscribers.get(ADDRESS)).toBeUndefined();
  });

  it('has a digest that is told apart by its id, and is in no list of feeds', async () => {
    const { subscribers, store, feeds } = await open();
    await subscribers.put(ADDRESS, WHOLE);
    expect(await store.feeds.get(ID)).toMatchObject({
      destination: { platform: 'email', workspace: 'mail', channel: `@${ADDRESS}` },
      isDigest: true,
      isWhole: true,
      refreshHours: 0,
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      limit: 10,
    });
    expect([isMailId(ID), isDigestId(ID), isMailId(digestId(ADA)), isDigestId(digestId(ADA))]).toEqual([
      ...[true, true],
      ...[false, true],
    ]);
    expect([isMailId('abc234'), isDigestId('abc234')]).toEqual([false, false]);
    expect(ID).not.toContain('ada');
    expect(await feeds.all()).toEqual([]);
    expect(await feeds.list({ ...MAIL })).toEqual([]);
  });

  it('changes all that they want, twice the same too, and stays who they are', async () => {
    const { subscribers, clock } = await open();
    await subscribers.put(ADDRESS, BY_BO);
    clock.advance(HOUR_MS);
    const cy = { kind: 'author', key: 'cy wu', label: 'Cy Wu' } as const;
    const agents = { kind: 'topic', key: 'agents', label: 'Agents' } as const;
    const orders = [
      { ...BY_BO, listing: 'weekly', time: '18:30', zone: 'Asia/Tokyo', interests: [cy, agents] },
      { ...WHOLE, listing: 'monthly' },
      BY_BO,
      BY_BO,
    ] as const;
    for (const order of orders) {
      const changed = await subscribers.put(ADDRESS, order);
      const nextDueAt = instantOf('2026-11-23', order.time, order.zone);
      expect(changed).toEqual({ ...order, address: ADDRESS, state: 'active', createdAt: SUNDAY, nextDueAt });
      expect(await subscribers.get(ADDRESS)).toEqual(changed);
    }
  });

  it('is changed where they are one, and begun by no change', async () => {
    const world = await open();
    expect(await world.subscribers.change(ADDRESS, BY_BO)).toBeUndefined();
    expect(await keptOf(world)).toEqual(NOTHING);
    await world.subscribers.put(ADDRESS, WHOLE);
    const changed = await world.subscribers.change(ADDRESS.toUpperCase(), BY_BO);
    expect(changed).toMatchObject({ ...BY_BO, address: ADDRESS, state: 'active' });
    expect(await world.subscribers.get(ADDRESS)).toEqual(changed);
    await world.subscribers.remove(ADDRESS);
    expect(await world.subscribers.change(ADDRESS, BY_BO)).toBeUndefined();
    expect(await keptOf(world)).toEqual(NOTHING);
  });

  it(`follows ${MAX_SUBSCRIPTIONS} at most`, async () => {
    const { subscribers } = await open();
    const interests = Array.from({ length: MAX_SUBSCRIPTIONS + 9 }, (_, index) => {
      return { kind: 'author', key: `author ${index}`, label: `Author ${index}` } as const;
    });
    await subscribers.put(ADDRESS, { ...WHOLE, interests });
    expect((await subscribers.get(ADDRESS))?.interests).toEqual(interests.slice(0, MAX_SUBSCRIPTIONS));
  });
});

describe('whoever ends it', () => {
  it('is forgotten whole, and may begin anew', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(MONDAY);
    expect(await keptOf(world)).toMatchObject({ deliveries: [{ state: 'sent' }], workspaces: ['mail'] });
    expect(await world.subscribers.remove(ADDRESS)).toBe(true);
    expect(await keptOf(world)).toEqual(NOTHING);
    expect(await world.subscribers.remove(ADDRESS)).toBe(false);
    await world.tickAt(TUESDAY);
    expect(world.mailsTo(ADDRESS)).toHaveLength(1);
    const again = await world.subscribers.put(ADDRESS, BY_BO);
    expect(again.createdAt).toBe(TUESDAY);
    await world.tickAt(WEDNESDAY);
    expect(world.mailsTo(ADDRESS)).toHaveLength(2);
  });

  it('before the mail in hand has left gets no other, and the others get theirs', async () => {
    const world = await open();
    const others = ['bob@example.org', 'eve@example.org'];
    for (const address of [ADDRESS, ...others]) await world.subscribers.put(address, BY_BO);
    const { send } = world.mails;
    world.mails.send = async (message, signal) => {
      if (message.destination.channel === `@${ADDRESS}`) await world.subscribers.remove(ADDRESS);
      return await send(message, signal);
    };
    for (const at of [MONDAY, addMs(MONDAY, 5 * MINUTE_MS), TUESDAY]) await world.tickAt(at);
    expect(await keptOf(world)).toEqual(NOTHING);
    expect(world.mailsTo(ADDRESS)).toHaveLength(1);
    for (const address of others) expect(world.papersTo(address)).toEqual(['2611.00002', '2611.00003']);
  });

  it('while it is planned gets nothing', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    const { read } = world.source;
    world.source.read = async (listing, options) => {
      await world.subscribers.remove(ADDRESS);
      return await read(listing, options);
    };
    await world.tickAt(MONDAY).catch(() => undefined);
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    expect([await keptOf(world), world.mails.posted]).toEqual([NOTHING, []]);
  });

  it('while it is changed leaves nothing behind', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, WHOLE);
    const { store, subscribers } = world;
    const { follow } = store.people;
    store.people.follow = async (...given) => {
      await subscribers.remove(ADDRESS);
      return await follow(...given);
    };
    await subscribers.put(ADDRESS, BY_BO);
    expect(await keptOf(world)).toEqual(NOTHING);
  });

  it('while it is begun anew leaves no digest without what it is about', async () => {
    const world = await open();
    const { people } = world.store;
    const { forgetMember } = people;
    people.forgetMember = async (member) => {
      people.forgetMember = forgetMember;
      await world.subscribers.put(ADDRESS, BY_BO);
      return await forgetMember(member);
    };
    expect(await world.subscribers.remove(ADDRESS)).toBe(false);
    expect(await keptOf(world)).toEqual(NOTHING);
  });

  it('may be forgotten as a member too', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    const person = { platform: 'email', id: ADDRESS } as const;
    expect(await world.services.people.forget(person)).toMatchObject({ subscriptions: 1, digests: 1 });
    expect(await keptOf(world)).toEqual(NOTHING);
  });
});
