import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { somePapers } from '../fixtures/papers.ts';
import { type Given, openWorld, type World } from '../world.ts';

export const SUNDAY = '2026-11-22T12:00:00.000Z';
export const MONDAY = '2026-11-23T09:00:00.000Z';

export function daily(key: string): Listing {
  return { kind: 'daily', key };
}

/** A world in which every day from that Monday on has a list of twenty, its papers numbered from 100 times the day. */
export async function openDays(count: number, given: Given = {}): Promise<World> {
  const world = await openWorld(SUNDAY, given);
  for (let index = 0; index < count; index += 1) {
    const key = addMs(MONDAY, index * DAY_MS).slice(0, 10);
    world.source.set(daily(key), somePapers('2611', new Array(20).fill(1), 100 * (index + 1)));
  }
  return world;
}

/** The same for two weeks. */
export async function twoWeeks(given: Given = {}): Promise<World> {
  return await openDays(14, given);
}

/** Every paper that arrived in a channel, as often as it did. */
export function papersIn({ adapter }: Pick<World, 'adapter'>): string[] {
  return adapter.posted.flatMap(({ card }) => {
    if (card.kind === 'paper') return [card.entry.paper.id];
    return card.kind === 'list'
      ? card.sections.flatMap(({ entries }) => entries.map(({ paper }) => paper.id))
      : [];
  });
}
