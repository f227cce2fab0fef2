import { createTerminalAdapter } from '../../adapters/terminal/index.ts';
import { MINUTE_MS } from '../../src/domain/calendar.ts';
import { aPaper } from '../fixtures/papers.ts';
import { openWorld } from '../world.ts';
import { heading, measure, report } from './measure.ts';

const ABSTRACT = 'We study how papers reach the people who want to read them. '.repeat(20).trim();

/** One list of fifty papers all the way to a posted edition, on a store in memory. */
export async function benchEdition(): Promise<void> {
  heading('One list to a posted edition');
  const { source, scheduler, clock, feeds, addFeed } = await openWorld('2026-11-22T12:00:00.000Z');
  const papers = Array.from({ length: 50 }, (_, index) =>
    aPaper({
      id: `2611.${String(index + 1).padStart(5, '0')}`,
      upvotes: index,
      abstract: ABSTRACT,
      keywords: ['delivery'],
    }),
  );
  source.set({ kind: 'daily', key: '2026-11-23' }, papers);
  let feed = await addFeed();
  clock.set('2026-11-23T09:00:00.000Z');
  const whole = await measure(async () => {
    await feeds.remove(feed.destination, feed.id);
    clock.set('2026-11-22T12:00:00.000Z');
    feed = await addFeed();
    clock.set('2026-11-23T09:00:00.000Z');
    await scheduler.tick();
    clock.advance(MINUTE_MS);
  });
  report('fetch, merge, settle, select, plan, deliver, record', whole, '50 papers');

  let written = 0;
  const terminal = createTerminalAdapter({
    write: (text: string) => {
      written += text.length;
    },
    columns: () => 80,
    isTty: true,
    hasColor: true,
    hasLinks: true,
  });
  const entries = papers.map((paper, index) => ({ number: index + 1, paper }));
  const card = { kind: 'list', title: 'Papers', sections: [{ entries }], notes: [] } as const;
  const shown = await measure(async () => {
    const destination = feed.destination;
    for (const payload of terminal.render({ ...card, sections: [...card.sections], notes: [] })) {
      await terminal.send({ id: 'shown', destination, payload });
    }
  });
  report('that edition laid out for a terminal', shown, `${written > 0 ? '80 columns' : ''}`);
}
