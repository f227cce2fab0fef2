import { expect } from 'vitest';
import { addMs, HOUR_MS } from '../../src/domain/calendar.ts';
import { installationKey } from '../../src/installations.ts';
import type { Store } from '../../src/store.ts';
import type { TransferLine } from '../../src/transfer.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { ADA, aRating, aSubscription, aTopic, HERE, savedPaper } from './people-samples.ts';
import { aSeenReaction, CARD, PANEL } from './presence-samples.ts';
import { aKeptInstallation } from './store-installations.ts';
import { aMailbox, MAILBOX } from './store-mailboxes.ts';
import { archived, CONSIDERED_IDS, RICH_PAPER, START } from './store-samples.ts';
import { expectStoreError, type StoreCase } from './store-world.ts';
import { fill, linesOf, writeInParts, written } from './transfer-samples.ts';

export const TRANSFER_CASES: readonly StoreCase[] = [
  {
    title: 'a store that took all lines in gives the same lines to the letter, and is the same store',
    async run({ store, place, openElsewhere }) {
      await fill(store, place);
      const lines = await linesOf(store);
      const other = await openElsewhere();
      await writeInParts(other, JSON.parse(`[${written(lines).join()}]`), 7);
      await other.transfer.end();
      expect(written(await linesOf(other))).toEqual(written(lines));
      for (const { ledger, damaged, papers } of [other, store]) {
        expect(await ledger.feedIds()).toEqual(['zeta', 'alpha']);
        expect(await papers.get(RICH_PAPER.id)).toEqual(archived(RICH_PAPER));
        expect((await ledger.considered('alpha', CONSIDERED_IDS)).size).toBe(3);
        expect((await ledger.openNotices(9)).map(({ id }) => id)).toEqual(['notice/z', 'notice/a']);
        expect((await damaged()).map(({ key }) => key)).toEqual(['papers:2611.00001']);
      }
      for (const [one, another] of [
        [other.ledger.changedPapers(0, 9), store.ledger.changedPapers(0, 9)],
        [other.ledger.feedsToWake(addMs(START, HOUR_MS)), store.ledger.feedsToWake(addMs(START, HOUR_MS))],
        [other.ledger.openDeliveries(), store.ledger.openDeliveries()],
        [other.ledger.slotsToRefresh(START, 9), store.ledger.slotsToRefresh(START, 9)],
        [other.ledger.slots('alpha', 9), store.ledger.slots('alpha', 9)],
        [other.alarms.newest(9), store.alarms.newest(9)],
        [other.people.topics(HERE), store.people.topics(HERE)],
        [other.people.subscriptions(ADA), store.people.subscriptions(ADA)],
        [other.people.saved(ADA, { offset: 0, limit: 9 }), store.people.saved(ADA, { offset: 0, limit: 9 })],
        [other.people.ratings(ADA, [RICH_PAPER.id]), store.people.ratings(ADA, [RICH_PAPER.id])],
        [other.installations.get(installationKey(HERE)), store.installations.get(installationKey(HERE))],
        [other.mailboxes.get(MAILBOX), store.mailboxes.get(MAILBOX)],
        [other.presence.present('slack'), store.presence.present('slack')],
        [other.presence.panels('slack'), store.presence.panels('slack')],
        [other.presence.reactions(CARD), store.presence.reactions(CARD)],
        [other.alarms.untold(9), store.alarms.untold(9)],
        [other.editions.get('zeta@2026-11-23'), store.editions.get('zeta@2026-11-23')],
      ]) {
        expect(await one).toEqual(await another);
      }
    },
  },
  {
    title: 'lines come in an order that what is kept decides, each with a name of its own',
    async run({ store, place }) {
      await fill(store, place);
      const lines = await linesOf(store);
      expect(new Set(lines.map(({ kind, key }) => `${kind}:${key}`)).size).toBe(lines.length);
      const keys = (kind: string) => lines.filter((line) => line.kind === kind).map(({ key }) => key);
      expect(keys('feeds')).toEqual(['zeta', 'alpha', 'digest']);
      expect(keys('papers')).toEqual([RICH_PAPER.id, '2611.00003', '2611.00009']);
      expect(keys('editions')).toEqual(['alpha@2026-11-23', 'zeta@2026-11-23', 'zeta@2027-01-01']);
      expect(keys('installations')).toEqual(['slack:V', 'slack:W']);
      expect(keys('mailboxes')).toEqual([`0${MAILBOX}`, MAILBOX]);
      expect(keys('settings')).toEqual(['zeta/mood']);
      expect(keys('topics')).toEqual(['["slack","W","proteins"]', '["slack","W","chess"]']);
      expect(keys('subscriptions').slice(0, 3)).toEqual([
        '["slack","W","a\\"d,a","topic","proteins"]',
        '["slack","W","a\\"d,a","topic","agents"]',
        '["slack","W","ada","topic","proteins"]',
      ]);
      expect(keys('workspaces')).toEqual(['["slack","V"]', '["slack","W"]']);
      expect(keys('panels')).toEqual(['["slack","W","C","m2"]', '["slack","W","C","m1"]']);
      expect(keys('reactions')[0]).toBe('["slack","W","C","m1","🤖","mark of ada"]');
      expect(keys('saved')[0]).toEqual('["slack","W","a\\"d,a","2611.00001"]');
      const kinds = lines.map(({ kind }) => kind);
      expect(new Set(kinds).size).toBe(kinds.filter((kind, index) => kind !== kinds[index - 1]).length);
    },
  },
  {
    title: 'a damaged payload moves as it is',
    async run({ store, place, openElsewhere }) {
      await fill(store, place);
      const id = 'zeta@2026-11-23#1';
      await place.spoilPayload(id);
      const lines = await linesOf(store);
      const other = await openElsewhere();
      await writeInParts(other, lines, 9);
      await other.transfer.end();
      expect(written(await linesOf(other))).toEqual(written(lines));
      expect(await expectStoreError(other.ledger.delivery(id))).toMatchObject({ key: `deliveries:${id}` });
    },
  },
  {
    title: 'claims stay where they are',
    async run({ store, place, openElsewhere }) {
      await fill(store, place);
      const other = await openElsewhere();
      await writeInParts(other, await linesOf(store), 500);
      expect(await store.ledger.claim('feed:zeta', 'other run', HOUR_MS)).toBe(false);
      expect(await other.ledger.claim('feed:zeta', 'other run', HOUR_MS)).toBe(true);
    },
  },
  {
    title: 'a transfer that was cut may be begun again, and what is there already stays',
    async run({ store, place, openElsewhere }) {
      await fill(store, place);
      const lines = await linesOf(store);
      const other = await openElsewhere();
      await writeInParts(other, lines.slice(0, lines.length >> 1), 5);
      await writeInParts(other, lines, 3);
      await writeInParts(other, lines, lines.length);
      await other.transfer.end();
      expect(written(await linesOf(other))).toEqual(written(lines));
      await store.saveFeed(aFeed({ id: 'zeta', time: '17:00' }), START);
      await store.ledger.setRefresh('zeta@2026-11-23', undefined);
      const changed = await linesOf(store);
      await expectStoreError(store.transfer.write(lines));
      expect(await linesOf(store)).toEqual(changed);
    },
  },
  {
    title: 'lines are taken in all or none, and a line that does not fit says which it is',
    async run({ store, place, openElsewhere }) {
      await fill(store, place);
      const lines = await linesOf(store);
      const other = await openElsewhere();
      const slot = lines.find(({ kind }) => kind === 'slots');
      const [feed] = lines.filter(({ kind }) => kind === 'feeds');
      await other.transfer.begin('export');
      for (const value of [{ new: 'shape' }, null, { ...(slot?.value as object), mood: 'good' }]) {
        const bad = { kind: 'slots', key: 'zeta@2026-11-23', value };
        const error = await expectStoreError(other.transfer.write([feed as TransferLine, bad]));
        expect(error).toMatchObject({ key: 'slots:zeta@2026-11-23' });
      }
      await expectStoreError(other.transfer.write([{ kind: 'a later table', key: 'a', value: { b: 1 } }]));
      expect(await linesOf(other)).toEqual([]);
    },
  },
  {
    title: 'a store says whether it is empty, half taken in or in use',
    async run({ store, place, openElsewhere }) {
      const other = await openElsewhere();
      expect(await other.transfer.state()).toBe('empty');
      await other.ledger.claim('key', 'one', 1000);
      await fill(store, place);
      expect(await store.transfer.state()).toBe('in-use');
      expect(await store.transfer.begin('export')).toBe(false);
      const lines = await linesOf(store);
      await expectStoreError(other.transfer.write(lines));
      expect(await other.transfer.begin('export')).toBe(true);
      expect(await other.transfer.state()).toBe('unfinished');
      await other.transfer.write(lines);
      expect(await other.transfer.begin('another export')).toBe(false);
      expect(await other.transfer.begin('export')).toBe(true);
      expect(await other.transfer.state()).toBe('unfinished');
      await other.transfer.end();
      expect(await other.transfer.state()).toBe('in-use');
    },
  },
  {
    title: 'a store is in use when anything is kept of people, or of where we are',
    async run({ openElsewhere }) {
      const writes: ((store: Omit<Store, 'transfer'>) => Promise<unknown>)[] = [
        ({ people }) => people.follow(ADA, aSubscription(), 9),
        ({ people }) => people.save(ADA, savedPaper('a')),
        ({ people }) => people.rate(ADA, aRating('a')),
        ({ people }) => people.addTopic(HERE, aTopic('proteins'), 9),
        ({ installations }) => installations.set(installationKey(HERE), aKeptInstallation()),
        ({ mailboxes }) => mailboxes.set(MAILBOX, aMailbox()),
        ({ presence }) => presence.joined(HERE, START, START),
        ({ presence }) => presence.watch(PANEL),
        ({ presence }) => presence.see(CARD, [aSeenReaction()], START),
      ];
      for (const write of writes) {
        const { transfer, ...store } = await openElsewhere();
        expect(await transfer.state()).toBe('empty');
        await write(store);
        expect(await transfer.state()).toBe('in-use');
        expect(await transfer.begin('export')).toBe(false);
      }
    },
  },
  {
    title: 'lines from before there were members are taken in',
    async run({ store, store: { transfer, ledger, feeds } }) {
      const { filters, ...feed } = aFeed();
      const { topics: _, ...before } = filters;
      const text = JSON.stringify({ value: { v: 1, record: { ...feed, filters: before } } });
      const wake = { platform: 'terminal', workspace: 'terminal', wakeAt: START } as const;
      await transfer.begin('export');
      await transfer.write([
        { kind: 'feeds', key: 'feed01', value: { record: { text } } },
        { kind: 'wakes', key: 'feed01', value: wake },
      ]);
      await transfer.end();
      expect(await ledger.feedIds()).toEqual(['feed01']);
      expect(await feeds.get('feed01')).toEqual(aFeed());
      expect((await linesOf(store)).find(({ kind }) => kind === 'wakes')?.value).toEqual(wake);
    },
  },
  {
    title: 'the lines are those of one moment, whatever is written meanwhile',
    async run({ store, place, openAnother }) {
      await fill(store, place);
      const before = written(await linesOf(store));
      const lines: TransferLine[] = [];
      for await (const line of store.transfer.read()) {
        if (lines.length === 0) {
          await store.saveFeed(aFeed({ id: 'new' }), START);
          await store.removeFeed('alpha');
          await (await openAnother()).ledger.setRefresh('zeta@2026-11-23', undefined);
        }
        lines.push(line);
      }
      expect(written(lines)).toEqual(before);
      for await (const _ of store.transfer.read()) break;
      expect(await store.ledger.feedIds()).toEqual(['zeta', 'new']);
    },
  },
];
