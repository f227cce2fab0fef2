import type { Reactions } from '../adapter.ts';
import { emojiKey } from '../domain/emoji.ts';
import { memberAt } from '../domain/member.ts';
import { SAVE_EMOJI } from '../domain/reaction.ts';
import { createTurns } from '../domain/turns.ts';
import { createEmojiWishes, type EmojiWishesDependencies, isFollowed, isSaving } from './emoji-wishes.ts';
import { createReactionChanges } from './reaction-changes.ts';
import { seenOf, unseen } from './seen.ts';
import { watchedMessages } from './watched.ts';

/** So many of one message are marked as seen in one go. */
const AT_ONCE = 100;

/** What becomes of emoji: each one is a wish once, and whoever takes it away takes the wish back. */
export function createReactions(dependencies: EmojiWishesDependencies): Reactions {
  const { store, clock } = dependencies;
  const { presence } = store;
  const wishes = createEmojiWishes(dependencies);
  const { add, remove } = createReactionChanges({ wishes, store, clock });
  const turns = createTurns();
  /** One after the other, whosever they are: together they would keep everybody who gives a command waiting. */
  const inTurn = <T>(work: () => Promise<T>) => turns.run('', work);

  return {
    emoji: wishes.emoji,
    async mayChange(reaction) {
      const { on, emoji, isAdded } = reaction;
      const key = emojiKey(emoji);
      if (isAdded) return (await wishes.emoji(on.place)).some((one) => emojiKey(one) === key);
      if (await presence.hasSeen(on, seenOf(reaction))) return true;
      const member = memberAt(on.place, reaction.member);
      return key === emojiKey(SAVE_EMOJI)
        ? await isSaving(member, store)
        : await isFollowed(member, emoji, store);
    },
    react: (reaction) =>
      inTurn(async () => {
        if (reaction.isAdded) await add(reaction.on, [reaction]);
        else await remove(reaction.on, [seenOf(reaction)]);
      }),
    watch: (panel) => presence.watch(panel),
    unwatch: (message) => presence.unwatch(message),
    watched: (platform) => watchedMessages(platform, { store, clock }),
    async reconcile(on, standing, signal) {
      const { gone, added } = unseen(on, standing, await presence.reactions(on));
      let isChanged = gone.length > 0;
      for (const some of batchesOf(gone, signal)) await inTurn(() => remove(on, some));
      for (const some of batchesOf(added, signal))
        isChanged = (await inTurn(() => add(on, some))) || isChanged;
      return isChanged;
    },
  };
}

function* batchesOf<T>(all: readonly T[], signal?: AbortSignal): Generator<T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    yield all.slice(from, from + AT_ONCE);
  }
}
