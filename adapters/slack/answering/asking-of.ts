import { directTo } from '../../../src/domain/feed.ts';
import type { Told } from '../gateway/told.ts';
import type { ChannelOf } from '../posting/direct.ts';
import type { Places } from '../posting/places.ts';
import type { Asking } from './asking.ts';
import { type Caller, type CallerIds, callerOf, isStranger } from './caller.ts';

/** What a payload says of who asks, and of us. */
export interface Given {
  ids: CallerIds;
  told: Told;
  appId: string | undefined;
}

/** Who asks, and how. Errors: those of `callerOf`. */
export type AskingOf = (given: Given, signal: AbortSignal) => Promise<Asking>;

export function createAskingOf({ places, channelOf }: { places: Places; channelOf: ChannelOf }): AskingOf {
  /** Between the caller and us; where Slack does not tell, too: there is nobody else then, or nothing to be lost. */
  async function isDirect({ place, member }: Caller, signal: AbortSignal): Promise<boolean> {
    if (!place.channel.startsWith('D')) return false;
    const own = await channelOf(directTo(place, member.id), signal).catch(() => place.channel);
    return own === place.channel;
  }

  return async ({ ids, told, appId }, signal) => {
    const caller = await callerOf(ids, places);
    const asking = { told, caller, isStranger: isStranger(ids), appId, signal };
    return { ...asking, isDirect: await isDirect(caller, signal) };
  };
}
