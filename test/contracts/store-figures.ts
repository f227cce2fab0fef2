import { expect } from 'vitest';
import type { Feed } from '../../src/domain/feed.ts';
import type { Workspace } from '../../src/people.ts';
import type { StoreFigures } from '../../src/store.ts';
import { MAIL } from '../../src/subscribers.ts';
import { aFeed } from '../fixtures/feeds.ts';
import { aPaper } from '../fixtures/papers.ts';
import { HERE } from './people-samples.ts';
import { oneInEach } from './store-deliveries.ts';
import { aNotice } from './store-notices.ts';
import { anEdition, archived, START } from './store-samples.ts';
import type { StoreCase } from './store-world.ts';

const NONE: StoreFigures['deliveries'] = { planned: 0, sending: 0, refused: 0, uncertain: 0 };

/** A digest, sent straight to the member of its own name. */
function aDigest(id: string, where: Workspace): Feed {
  return aFeed({ id, destination: { ...where, channel: `@${id}` }, isDigest: true });
}

export const FIGURE_CASES: readonly StoreCase[] = [
  {
    title: 'figures count the open deliveries of editions by their state, notices not among them',
    async run({ store, store: { ledger } }) {
      expect((await store.figures()).deliveries).toEqual(NONE);
      for (const id of ['feed01', 'feed02']) await oneInEach(store, anEdition(id));
      await ledger.planNotice(aNotice('notice/1', 2));
      const inEach = { planned: 2, sending: 2, refused: 2, uncertain: 2 };
      expect((await store.figures()).deliveries).toEqual(inEach);
      const [first] = await ledger.openDeliveries('feed01');
      const change = { state: 'sent', changedAt: first?.changedAt ?? '', messageId: 'm1' } as const;
      await ledger.moveDelivery(first?.id ?? '', 'planned', change);
      expect((await store.figures()).deliveries).toEqual({ ...inEach, planned: 1 });
      for (const id of ['feed01', 'feed02']) await store.removeFeed(id);
      expect((await store.figures()).deliveries).toEqual(NONE);
    },
  },
  {
    title: 'figures count the digests that come by e-mail, suspended ones too, and nothing else',
    async run({ store, openAnother }) {
      expect((await store.figures()).subscribers).toBe(0);
      const elsewhere: Workspace[] = [{ ...MAIL, workspace: 'W' }, { ...MAIL, platform: 'slack' }, HERE];
      const digests = ['ada', 'bob', 'eve'].map((id) => aDigest(id, MAIL));
      const others = elsewhere.map((where, index) => aDigest(`other-${index}`, where));
      const feed = aFeed({ id: 'feed', destination: { ...MAIL, channel: 'all' } });
      for (const one of [...digests, ...others, feed]) await store.saveFeed(one, START);
      expect((await store.figures()).subscribers).toBe(3);
      await store.changeFeed('ada', (one) => ({ ...one, state: 'suspended' }), START);
      expect(await store.addFeed(aDigest('bob', MAIL), START)).toBe(false);
      const another = await openAnother();
      expect((await another.figures()).subscribers).toBe(3);
      for (const id of ['eve', 'feed', 'other-0']) expect(await store.removeFeed(id)).toBe(true);
      expect((await another.figures()).subscribers).toBe(2);
    },
  },
  {
    title: 'figures tell how large the store is, where it knows, and that it grows',
    async run({ store }) {
      const { bytes: before } = await store.figures();
      const papers = Array.from({ length: 100 }, (_, index) =>
        archived(aPaper({ id: `2611.${10_000 + index}`, abstract: 'Long. '.repeat(1000) })),
      );
      await store.archive(undefined, papers);
      const { bytes: after } = await store.figures();
      expect(typeof after).toBe(typeof before);
      if (after !== undefined) expect(after).toBeGreaterThan((before ?? 0) + 100_000);
    },
  },
];
