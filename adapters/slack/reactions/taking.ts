import type { Host } from '../../../src/adapter.ts';
import type { Reaction } from '../../../src/domain/reaction.ts';
import { withSign } from '../../../src/reacting/sign.ts';
import type { Places } from '../posting/places.ts';
import type { Bots } from './bots.ts';
import type { Compare } from './comparison.ts';
import type { Event } from './event.ts';
import { type Address, turnOf } from './message.ts';
import { createOrder } from './order.ts';
import type { IsOurs } from './shared.ts';
import { emojiOf } from './short-names.ts';
import type { Signs } from './signs.ts';

export interface TakingDependencies {
  compare: Compare;
  isOurs: IsOurs;
  signs: Signs;
  bots: Bots;
  places: Pick<Places, 'me'>;
  host: Host;
  signal: AbortSignal;
}

/**
 * Takes what an event tells of, in the turn of its channel. `wasLate`: what it tells need not be so any more. Out: false for
 * what another process is at. Errors: those of `Ask`, `StoreError`, or the signal's reason.
 */
export type Take = (event: Event, address: Address, wasLate: boolean) => Promise<boolean>;

/** What an event asks for. */
type Wish = Omit<Reaction, 'on'>;

export function createTaking(dependencies: TakingDependencies): Take {
  const { compare, isOurs, signs, bots, places, host, signal } = dependencies;
  const order = createOrder();

  /** Out: false for what another process is at. */
  async function react(
    address: Address,
    wish: Wish,
    { what, mayChange }: { what: string; mayChange: boolean },
  ): Promise<boolean> {
    const { member, isAdded } = wish;
    const sign = mayChange ? await signs.of(address, signal) : undefined;
    if (mayChange && !sign) return true;
    if (mayChange && isAdded && (await bots.isBot(address.place.workspace, member, signal))) return true;
    // What takes nothing away now may have overtaken what another process is about to add.
    const isMeant = mayChange || (await host.reactions.mayChange({ on: address, ...wish, isAdded: true }));
    if (isMeant && !(await isOurs(what))) return false;
    if (sign) await host.reactions.react({ on: withSign(address, sign), ...wish });
    return true;
  }

  return async (event, address, wasLate) => {
    // Much may have waited for its turn when the bot stops; the next start makes it good.
    if (signal.aborted) return true;
    const { user: member, reaction, event_ts: at } = event;
    const me = await places.me(address.place.workspace, signal);
    const what = [turnOf(address), address.messageId, member, reaction].join(' ');
    if (event.item_user !== me || member === me || !order.isNews(what, at)) return true;
    const wish = { member, emoji: emojiOf(reaction), isAdded: event.type === 'reaction_added' };
    // Asked first, as a look at a message is a request.
    const mayChange = await host.reactions.mayChange({ on: address, ...wish });
    let isTaken = true;
    if (!wasLate) isTaken = await react(address, wish, { what, mayChange });
    else if (mayChange) await compare(address, signal);
    order.took(what, at);
    return isTaken;
  };
}
