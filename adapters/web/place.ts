import { type Destination, directTo, memberOf } from '../../src/domain/feed.ts';
import { isMemberId } from './members.ts';

/** The one channel of the one workspace. */
export const PLAYGROUND = {
  platform: 'web',
  workspace: 'playground',
  channel: 'papers',
} as const satisfies Destination;

/** The channels that a member sees: the one of all, and their own. */
export function channelsOf(member: string): [open: string, own: string] {
  return [PLAYGROUND.channel, directTo(PLAYGROUND, member).channel];
}

/** Whether a destination is the channel or a member's own. */
export function isThere(destination: Pick<Destination, 'workspace' | 'channel'>): boolean {
  if (destination.workspace !== PLAYGROUND.workspace) return false;
  const member = memberOf(destination);
  return member === undefined ? destination.channel === PLAYGROUND.channel : isMemberId(member);
}
