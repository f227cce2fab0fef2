import type { ReactedMessage } from '../../src/domain/reaction.ts';
import { closeAfter } from '../closing.ts';
import { reacting, SUNDAY } from '../members.ts';
import { openWorld, PLACE } from '../world.ts';

export const PAPER = '2611.00001';
export const CARD: ReactedMessage = {
  place: { ...PLACE, channel: 'thread' },
  messageId: 'card',
  paperId: PAPER,
};

export async function open() {
  const world = closeAfter(await openWorld(SUNDAY));
  return { ...world, eve: reacting(world, 'eve'), onCard: reacting(world, 'eve', CARD) };
}
