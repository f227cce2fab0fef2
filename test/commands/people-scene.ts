import type { Reply } from '../../src/command.ts';
import { closeAfter } from '../closing.ts';
import { aPaper } from '../fixtures/papers.ts';
import { member, SUNDAY, show } from '../members.ts';
import { type Given, openWorld } from '../world.ts';

export const PAPERS = [
  aPaper({
    id: '2611.00001',
    title: 'Weather {models} & 100% of the sky',
    authors: [{ name: 'Ada Lovelace' }, { name: 'José Álvarez' }],
    publishedAt: '2026-11-20T10:00:00.000Z',
    abstract: 'Rain and wind.',
    organization: { name: 'acme', displayName: 'Acme Labs' },
  }),
  aPaper({ id: '2611.00002', title: '3D Gaussian Splatting for Scenes', authors: [{ name: 'Bo Li' }] }),
  aPaper({ id: '2611.00003', title: 'A third one' }),
];

/** A world whose archive has three papers, and Ada in it. */
export async function open(given: Given = {}) {
  const world = closeAfter(await openWorld(SUNDAY, given));
  show(world, '2026-11-20', ...PAPERS);
  await world.give('today', { day: '2026-11-20' });
  return { ...world, ada: member(world, 'ada') };
}

export function dataOf<T>({ data }: Reply): T {
  return data as T;
}
