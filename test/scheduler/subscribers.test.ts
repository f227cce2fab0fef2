import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, instantOf, MINUTE_MS } from '../../src/domain/calendar.ts';
import { directTo } from '../../src/domain/feed.ts';
import { memberAt } from '../../src/domain/member.ts';
import { MAX_SUBSCRIPTIONS } from '../../src/domain/subscription.ts';
import { digestId, isDigestId, isMailId } from '../../src/scheduler/digests.ts';
import { MAIL } from '../../src/subscribers.ts';
import { mayHaveArrived } from '../fixtures/failures.ts';
import { ADA, MONDAY, paperBy, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY } from '../members.ts';
import { ADDRESS, BY_BO, type MailWorld, openMails, WHOLE } from './mails.ts';

const MEMBER = memberAt(MAIL, ADDRESS);
const ID = digestId(MEMBER);
const SLOT = `${ID}@2026-11-23`;

const closing: MailWorld[] = [];
afterEach(async () => {
  for (const world of closing.splice(0)) await world.close();
});

async function open(given?: Parameters<typeof openMails>[0]) {
  const world = await openMails(given);
  closing.push(world);
  return world;
}

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

describe('an edition by e-mail', () => {
  it('is the whole list for who follows nothing, from the next time on, each list once', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, WHOLE);
    await world.tickAt(addMs(SUNDAY, HOUR_MS));
    expect(world.mails.posted).toEqual([]);
    await world.tickAt(MONDAY);
    await world.tickAt(addMs(MONDAY, MINUTE_MS));
    const [first, ...more] = world.mailsTo(ADDRESS);
    expect(more).toEqual([]);
    expect(first?.card).toMatchObject({ kind: 'list', title: 'Papers of Monday, 2026-11-23' });
    expect(JSON.stringify(first?.card)).not.toContain('"reason"');
    const papers = world.papersTo(ADDRESS);
    expect([papers.length, ...papers.slice(0, 2)]).toEqual([10, '2611.00002', '2611.00012']);
    await world.tickAt(TUESDAY);
    expect(new Set(world.papersTo(ADDRESS)).size).toBe(world.papersTo(ADDRESS).length);
    expect(world.mailsTo(ADDRESS)).toHaveLength(2);
  });

  it('is what they follow, with the reasons, and nothing where there is nothing of it', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.subscribers.put('eve@example.org', {
      ...WHOLE,
      interests: [{ kind: 'author', key: 'nobody', label: 'Nobody' }],
    });
    await world.tickAt(MONDAY);
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
    expect(world.mailsTo(ADDRESS)[0]?.card).toMatchObject({
      title: 'For you: Papers of Monday, 2026-11-23',
      sections: [{ entries: [{ reason: 'by Bo Li' }] }],
    });
    expect(world.mailsTo('eve@example.org')).toEqual([]);
  });

  it.each([
    ['weekly', '2026-W47'],
    ['monthly', '2026-10'],
  ] as const)('comes %s on the first of its days on which the list is there', async (listing, key) => {
    const world = await open({ at: addMs(TUESDAY, HOUR_MS) });
    world.source.set({ kind: listing, key }, [paperBy('Cy Wu', '2611.00031')]);
    await world.subscribers.put(ADDRESS, { ...WHOLE, listing });
    const came: number[] = [];
    for (const at of [addMs(TUESDAY, 2 * HOUR_MS), WEDNESDAY, THURSDAY, addMs(THURSDAY, DAY_MS)]) {
      await world.tickAt(at);
      came.push(world.mails.posted.length);
    }
    expect(came).toEqual([0, 1, 1, 1]);
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00031']);
  });

  it('comes at the time that was wanted last', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(addMs(MONDAY, -HOUR_MS));
    await world.subscribers.put(ADDRESS, { ...BY_BO, time: '20:00', zone: 'Asia/Tokyo' });
    await world.tickAt(MONDAY);
    expect(world.mails.posted).toEqual([]);
    await world.tickAt('2026-11-23T11:00:00.000Z');
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
  });

  it('is said to come tomorrow where the one of today is out, though its time was moved to later today', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(MONDAY);
    const changed = await world.subscribers.put(ADDRESS, { ...BY_BO, time: '20:00' });
    expect(changed.nextDueAt).toBe('2026-11-24T20:00:00.000Z');
    expect(await world.subscribers.get(ADDRESS)).toEqual(changed);
    await world.tickAt('2026-11-23T20:00:00.000Z');
    expect(world.mails.posted).toHaveLength(1);
    await world.tickAt('2026-11-24T20:00:00.000Z');
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002', '2611.00003']);
  });

  it('never brings a paper again, whatever was wanted meanwhile', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    await world.tickAt(MONDAY);
    await world.subscribers.put(ADDRESS, WHOLE);
    await world.tickAt(TUESDAY);
    await world.subscribers.put(ADDRESS, BY_BO);
    const before = world.papersTo(ADDRESS).length;
    await world.tickAt(WEDNESDAY);
    const papers = world.papersTo(ADDRESS);
    expect(papers.slice(before)).toEqual(['2611.00004']);
    expect(new Set(papers).size).toBe(papers.length);
    expect(papers.filter((id) => id < '2611.00010' && id > '2611')).toEqual([
      '2611.00002',
      '2611.00003',
      '2611.00004',
    ]);
  });

  it('whose address is closed rests, and goes out as soon as its owner wants it again', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    world.mails.closeMember(ADDRESS, 'gone');
    await world.tickAt(MONDAY);
    expect(await world.subscribers.get(ADDRESS)).toMatchObject({ state: 'suspended' });
    expect(await world.store.alarms.newest(9)).toEqual([]);
    expect(await world.store.ledger.openNotices(9)).toEqual([]);
    world.mails.closeMember(ADDRESS, undefined);
    await world.tickAt(addMs(MONDAY, HOUR_MS));
    expect(world.mails.posted).toEqual([]);
    expect(await world.subscribers.put(ADDRESS, BY_BO)).toMatchObject({ state: 'active' });
    await world.tickAt(addMs(MONDAY, HOUR_MS + MINUTE_MS));
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
  });

  it('of which nobody can know is for the operator alone to decide, and wakes nobody', async () => {
    const world = await open();
    await world.subscribers.put(ADDRESS, BY_BO);
    world.mails.failNext(mayHaveArrived());
    for (const minute of [0, 2, 4]) await world.tickAt(addMs(MONDAY, minute * MINUTE_MS));
    expect([await world.states(SLOT), world.mails.posted.length]).toEqual([['uncertain'], 0]);
    expect(await world.store.alarms.newest(9)).toEqual([]);
    const place = directTo(MAIL, ADDRESS);
    expect(await world.decisions.list(place)).toEqual([]);
    expect(await world.decisions.all()).toMatchObject([{ slotId: SLOT, state: 'uncertain' }]);
    expect(await world.decisions.resend(place, SLOT)).toMatchObject({ state: 'posted' });
    expect(world.papersTo(ADDRESS)).toEqual(['2611.00002']);
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

describe('many subscribers', () => {
  const addresses = Array.from({ length: 60 }, (_, index) => `reader${index}@example.org`);

  async function openMany() {
    const world = await open();
    for (const address of addresses) await world.subscribers.put(address, BY_BO);
    return world;
  }

  it('get their mails in one tick, many side by side, beside the channels', async () => {
    const world = await openMany();
    await world.addFeed();
    const { send } = world.mails;
    let [atOnce, most] = [0, 0];
    world.mails.send = async (message, signal) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await setImmediate();
      atOnce -= 1;
      return await send(message, signal);
    };
    await world.tickAt(MONDAY);
    expect(most).toBeGreaterThan(1);
    expect(world.adapter.posted).toHaveLength(1);
    for (const address of addresses) expect(world.mailsTo(address)).toHaveLength(1);
    expect(world.source.reads).toEqual(['daily:2026-11-23']);
  });

  it('that a slow run has no time for get theirs with the next one, each once', async () => {
    const world = await openMany();
    await world.addFeed();
    const { send } = world.mails;
    world.mails.send = async (message, signal) => {
      world.mails.send = send;
      void setImmediate().then(() => world.clock.advance(2 * MINUTE_MS));
      return await send(message, signal);
    };
    const records = await world.tickAt(MONDAY);
    expect(records).toHaveLength(addresses.length + 1);
    expect(world.adapter.posted).toHaveLength(1);
    const first = world.mails.posted.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(addresses.length);
    await world.scheduler.tick();
    for (const address of addresses) expect(world.papersTo(address)).toEqual(['2611.00002']);
  });
});
