import type { Host } from '../../../src/adapter.ts';
import { othersFirst } from '../../../src/clock.ts';
import { emojiKey } from '../../../src/domain/emoji.ts';
import type { ReactedMessage, StandingReaction } from '../../../src/domain/reaction.ts';
import type { Log } from '../../../src/log.ts';
import { withSign } from '../../../src/reacting/sign.ts';
import { signOf } from '../cards/sign.ts';
import type { Places } from '../posting/places.ts';
import type { Bots } from './bots.ts';
import type { Address, Looks, SeenMessage } from './message.ts';
import { emojiOf } from './short-names.ts';
import type { Signs } from './signs.ts';

export interface ComparisonDependencies {
  looks: Looks;
  signs: Signs;
  bots: Bots;
  places: Pick<Places, 'me'>;
  host: Host;
  log: Log;
}

/**
 * Compares what stands on one of our messages with what was last seen; whoever calls it has the turn of its channel. Out: the
 * message as it stands; undefined when it is gone, and no longer watched. Errors: those of `Ask`, `StoreError`.
 */
export type Compare = (address: Address, signal: AbortSignal) => Promise<SeenMessage | undefined>;

/** Of one message in a row: people go on as long as they like. */
const MOST_LOOKS = 3;

export function createComparison(dependencies: ComparisonDependencies): Compare {
  const { looks, signs, host, log } = dependencies;

  let hasTold = false;
  function tellOfFewer(): void {
    if (!hasTold) log.warn('Slack does not name everybody who reacted; there nothing is taken back');
    hasTold = true;
  }

  /** Out: true where something changed that others may have changed too. */
  async function compare(
    on: ReactedMessage,
    { reactions }: SeenMessage,
    signal: AbortSignal,
  ): Promise<boolean> {
    const wishes = new Set((await host.reactions.emoji(on.place)).map(emojiKey));
    const wished = reactions
      .map((reaction) => ({ ...reaction, emoji: emojiOf(reaction.name) }))
      .filter(({ emoji }) => wishes.has(emojiKey(emoji)));
    const standing: StandingReaction[] = [];
    for (const { emoji, users } of wished) {
      standing.push({ emoji, members: await peopleAmong(users, { on, emoji }, dependencies, signal) });
      await othersFirst();
    }
    if (wished.every(({ users, count }) => users.length >= count))
      return await host.reactions.reconcile(on, standing, signal);
    tellOfFewer();
    for (const { emoji, members } of standing)
      for (const member of members) await host.reactions.react({ on, member, emoji, isAdded: true });
    return false;
  }

  /** Until a look changes nothing: meanwhile another process may have taken what happened after the look before. */
  return async (address, signal) => {
    for (let times = 1; ; times += 1) {
      const message = await looks.at(address, signal);
      const sign = message && signOf(message.blocks, host.commands);
      signs.remember(address, sign);
      if (!message) await host.reactions.unwatch(address);
      const isChanged = message && sign ? await compare(withSign(address, sign), message, signal) : false;
      if (!isChanged || times === MOST_LOOKS) return message;
    }
  };
}

/** Only of those who are new here it is asked whether they are bots: the others were let in, or have what it brings. */
async function peopleAmong(
  users: readonly string[],
  { on, emoji }: { on: ReactedMessage; emoji: string },
  { places, host, bots }: Pick<ComparisonDependencies, 'places' | 'host' | 'bots'>,
  signal: AbortSignal,
): Promise<string[]> {
  const { workspace } = on.place;
  const me = await places.me(workspace, signal);
  const people: string[] = [];
  for (const member of users.filter((user) => user !== me)) {
    const isKnown = await host.reactions.mayChange({ on, member, emoji, isAdded: false });
    if (isKnown || !(await bots.isBot(workspace, member, signal))) people.push(member);
  }
  return people;
}
