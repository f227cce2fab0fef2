import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { SECOND_MS } from '../../../src/domain/calendar.ts';
import type { PanelCard } from '../../../src/domain/card.ts';
import type { MessageId } from '../../../src/domain/delivery.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import type { Reaction } from '../../../src/domain/reaction.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { DeliveryRefusedError, DeliveryThrottledError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import type { Ask } from '../posting/ask.ts';
import type { Places } from '../posting/places.ts';
import { createBots } from './bots.ts';
import { createComparison, turnOf } from './comparison.ts';
import { type Address, createLooks } from './message.ts';
import { createOrder, isLate } from './order.ts';
import { preparePanel } from './panel.ts';
import { createShared } from './shared.ts';
import { emojiOf } from './short-names.ts';
import { createSigns, withSign } from './signs.ts';

/** `reaction_added` and `reaction_removed` (docs.slack.dev/reference/events/reaction_added, 2026-11-23). */
const eventSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  /** The short name. */
  reaction: z.string(),
  /** Whose message it is; a message of an app without a user has none, and is not ours. */
  item_user: z.string(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  event_ts: z.string().regex(/^\d{10}\.\d{6}$/),
});
type Event = z.infer<typeof eventSchema>;

/** What an event asks for. */
type Wish = Omit<Reaction, 'on'>;

export interface ReactionDependencies {
  ask: Ask;
  places: Pick<Places, 'me' | 'member'>;
  host: Host;
  /** Posts the message of a panel. Errors: those of `Adapter.send`. */
  post: (place: Destination, card: PanelCard) => Promise<MessageId>;
  clock: Clock;
  log: Log;
  /** Ends what is in hand; nothing is taken any more. */
  signal: AbortSignal;
  /** From 0 to below 1; default `Math.random`. */
  random?: () => number;
}

/**
 * What emoji on our messages ask for, as Slack tells of them: by ids, so that it does not matter how old a message is, and
 * however often and in whatever order it tells.
 */
export interface Reactions {
  /**
   * `event`: what the envelope holds. Any other than of a reaction is let be. Never rejects: what could not be taken is
   * logged and made good by the next comparison.
   */
  take(event: unknown, team: string): Promise<void>;
  /** Makes good what was missed while no connection was open; the comparison that is under way begins anew. Never rejects. */
  compare(): Promise<void>;
  /**
   * Posts a topic panel. Out: what went wrong with its emoji, as a sentence for who asked for it. Errors: those of `post`,
   * `StoreError`.
   */
  postPanel(place: Destination, card: PanelCard, texts: Texts): Promise<string | undefined>;
  /** Resolves once nothing is in hand. */
  idle(): Promise<void>;
}

/** Reactions of one team that wait for their turn; anybody can set thousands. */
const MOST_WAITING = 1000;

/** So long after an event whatever another process has taken of the same reaction is in the store. */
const SETTLED_MS = 2 * SECOND_MS;

export function createReactions(dependencies: ReactionDependencies): Reactions {
  const { ask, places, host, post, clock, log, signal: ending } = dependencies;
  // By channel: neither may adding overtake taking away, nor either of them a comparison.
  const turns = createTurns();
  const order = createOrder();
  const isOurs = createShared({ host, clock });
  const looks = createLooks({ ask, clock });
  const bots = createBots({ places, clock });
  const signs = createSigns({ looks, commands: () => host.commands, clock });
  const comparison = createComparison({ random: Math.random, ...dependencies, looks, bots, signs, turns });
  /** How many wait, by team; a team in which none does is absent. */
  const waiting = new Map<string, number>();
  /** Messages that are looked at in a moment, whatever else happens on them. */
  const settling = new Set<string>();
  let comparing = new AbortController();

  async function attempt(work: () => Promise<void>, signal = ending): Promise<void> {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (signal.aborted) return;
      // Pauses, and channels that do not let us look, are everyday's business: anybody can bring them about.
      const isUsual = error instanceof DeliveryThrottledError || error instanceof DeliveryRefusedError;
      const level = isUsual ? 'debug' : 'error';
      log[level]('Reactions could not be taken; they are looked at again with the next start', { error });
    }
  }

  /** Out: false for what another process is at. */
  async function takeOne(event: Event, address: Address, wasLate: boolean): Promise<boolean> {
    // Much may have waited for its turn when the bot stops; the next start makes it good.
    if (ending.aborted) return true;
    const { user: member, reaction, event_ts: at } = event;
    const { workspace } = address.place;
    const me = await places.me(workspace, ending);
    const what = [turnOf(address), address.messageId, member, reaction].join(' ');
    if (event.item_user !== me || member === me || !order.isNews(what, at)) return true;
    const wish = { member, emoji: emojiOf(reaction), isAdded: event.type === 'reaction_added' };
    // Asked first, as a look at a message is a request.
    const mayChange = await host.reactions.mayChange({ on: address, ...wish });
    let isTaken = true;
    if (!wasLate) isTaken = await react(address, wish, { what, mayChange });
    else if (mayChange) await comparison.one(address, ending);
    order.took(what, at);
    return isTaken;
  }

  /** Out: false for what another process is at. */
  async function react(
    address: Address,
    wish: Wish,
    { what, mayChange }: { what: string; mayChange: boolean },
  ): Promise<boolean> {
    const { member, isAdded } = wish;
    const sign = mayChange ? await signs.of(address, ending) : undefined;
    if (mayChange && !sign) return true;
    if (mayChange && isAdded && (await bots.isBot(address.place.workspace, member, ending))) return true;
    // What takes nothing away now may have overtaken what another process is about to add.
    const isMeant = mayChange || (await host.reactions.mayChange({ on: address, ...wish, isAdded: true }));
    if (isMeant && !(await isOurs(what))) return false;
    if (sign) await host.reactions.react({ on: withSign(address, sign), ...wish });
    return true;
  }

  /** Looks at a message once all that others took of it is in the store. */
  async function settle(address: Address): Promise<void> {
    const key = `${turnOf(address)} ${address.messageId}`;
    if (settling.has(key)) return;
    settling.add(key);
    await clock.sleep(SETTLED_MS, ending).finally(() => settling.delete(key));
    await turns.run(turnOf(address), () => comparison.one(address, ending));
  }

  /** False when too many wait already. */
  function begin(team: string): boolean {
    const before = waiting.get(team) ?? 0;
    if (before === MOST_WAITING) return false;
    waiting.set(team, before + 1);
    if (before + 1 === MOST_WAITING)
      log.warn('Too many reactions at once; some are looked at with the next start', { team });
    return true;
  }

  function end(team: string): void {
    const left = (waiting.get(team) ?? 0) - 1;
    if (left > 0) waiting.set(team, left);
    else waiting.delete(team);
  }

  return {
    async take(given, team) {
      const { data: event } = eventSchema.safeParse(given);
      if (!event || !begin(team)) return;
      const { channel, ts: messageId } = event.item;
      const address: Address = { place: { platform: 'slack', workspace: team, channel }, messageId };
      const wasLate = isLate(event.event_ts, clock.now());
      await attempt(async () => {
        const isTaken = await turns.run(turnOf(address), () => takeOne(event, address, wasLate));
        if (!isTaken) await settle(address);
      });
      end(team);
    },
    async compare() {
      comparing.abort();
      comparing = new AbortController();
      const signal = AbortSignal.any([comparing.signal, ending]);
      await attempt(() => comparison.all(signal), signal);
    },
    async postPanel(place, card, texts) {
      const on = { place, messageId: await post(place, card) };
      return await preparePanel(
        { on, topics: card.topics, texts },
        { ask, signs, host, clock, signal: ending },
      );
    },
    idle: turns.idle,
  };
}
