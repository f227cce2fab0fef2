import { type Clock, othersFirst } from '../clock.ts';
import { memberAt } from '../domain/member.ts';
import type { ReactedMessage, Reaction } from '../domain/reaction.ts';
import type { SeenReaction } from '../presence.ts';
import type { Store } from '../store.ts';
import type { EmojiWishes } from './emoji-wishes.ts';
import { seenOf } from './seen.ts';

export interface ReactionChangesDependencies {
  wishes: EmojiWishes;
  store: Pick<Store, 'presence'>;
  clock: Clock;
}

/** Reactions that came or went. Errors of each: `StoreError`. */
export interface ReactionChanges {
  /**
   * Done first and marked as seen then: a crash between the two repeats what changes nothing. Out: true where something
   * was.
   */
  add(on: ReactedMessage, reactions: readonly Reaction[]): Promise<boolean>;
  /** Of those who were forgotten there is nothing to take back. */
  remove(on: ReactedMessage, gone: readonly SeenReaction[]): Promise<void>;
}

export function createReactionChanges({
  wishes,
  store: { presence },
  clock,
}: ReactionChangesDependencies): ReactionChanges {
  return {
    async add(on, reactions) {
      const granted: SeenReaction[] = [];
      for (const reaction of reactions) {
        const seen = seenOf(reaction);
        const wish = (await presence.hasSeen(on, seen)) ? undefined : await wishes.wishOf(reaction);
        if (wish) await wishes.grant(wish, reaction);
        if (wish) granted.push(seen);
        await othersFirst();
      }
      if (granted.length > 0) await presence.see(on, granted, clock.now());
      return granted.length > 0;
    },
    async remove(on, gone) {
      for (const { member, emoji } of gone) {
        const wish = await wishes.wishOf({ on, emoji });
        if (wish && member !== undefined) await wishes.takeBack(wish, memberAt(on.place, member));
        await othersFirst();
      }
      await presence.unsee(on, gone);
    },
  };
}
