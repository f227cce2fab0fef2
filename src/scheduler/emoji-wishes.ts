import type { PeopleServices } from '../abilities.ts';
import type { Clock } from '../clock.ts';
import { emojiKey } from '../domain/emoji.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { PaperId } from '../domain/paper.ts';
import { type Reaction, SAVE_EMOJI } from '../domain/reaction.ts';
import { MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS, type Topic } from '../domain/topic.ts';
import type { Workspace } from '../people.ts';
import type { Store } from '../store.ts';
import type { Digests } from './digests.ts';

/** What an emoji on one of our messages asks for. */
export type Wish = { kind: 'follow'; topic: Topic } | { kind: 'save'; paperId: PaperId };

export interface EmojiWishesDependencies {
  store: Store;
  digests: Pick<Digests, 'suggest' | 'setFull'>;
  people: Pick<PeopleServices, 'unfollow'>;
  clock: Clock;
}

/** What members wish for by emoji. Errors of each: `StoreError`. */
export interface EmojiWishes {
  /** Every emoji that is a wish in a workspace, each once. */
  emoji(workspace: Workspace): Promise<string[]>;
  /** Undefined for an emoji that asks for nothing on this message. */
  wishOf(reaction: Pick<Reaction, 'on' | 'emoji'>): Promise<Wish | undefined>;
  /** A member who follows the most follows no more, and is told so with their next command. */
  grant(wish: Wish, reaction: Pick<Reaction, 'on' | 'member'>): Promise<void>;
  takeBack(wish: Wish, member: Member): Promise<void>;
}

export function createEmojiWishes({ store, digests, people, clock }: EmojiWishesDependencies): EmojiWishes {
  return {
    async emoji(workspace) {
      const topics = await topicsOf(workspace, store);
      return [...new Set([...topics.map(({ emoji }) => emoji), SAVE_EMOJI])];
    },
    async wishOf({ on, emoji }) {
      const key = emojiKey(emoji);
      const { paperId } = on;
      if (key === emojiKey(SAVE_EMOJI)) return paperId === undefined ? undefined : { kind: 'save', paperId };
      const topic = (await topicsOf(on.place, store)).find((one) => emojiKey(one.emoji) === key);
      return topic && { kind: 'follow', topic };
    },
    async grant(wish, { on, member: id }) {
      const member = memberAt(on.place, id);
      if (wish.kind === 'save') {
        await store.people.save(member, { paperId: wish.paperId, savedAt: clock.now() });
        return;
      }
      const { slug, name } = wish.topic;
      // The digest first: a crash between the two leaves one that sends nothing, never a subscription without one.
      await digests.suggest(on.place, id, wish.topic);
      const subscription = { kind: 'topic', key: slug, label: name, followedAt: clock.now() } as const;
      const outcome = await store.people.follow(member, subscription, MAX_SUBSCRIPTIONS);
      if (outcome === 'full') await digests.setFull(member);
    },
    async takeBack(wish, member) {
      if (wish.kind === 'save') await store.people.unsave(member, wish.paperId);
      else await people.unfollow(member, { kind: 'topic', key: wish.topic.slug });
    },
  };
}

/** Whether a member follows a topic that an emoji stands for. Errors: `StoreError`. */
export async function isFollowed(member: Member, emoji: string, store: Store): Promise<boolean> {
  const wished = (await topicsOf(member, store)).filter((topic) => emojiKey(topic.emoji) === emojiKey(emoji));
  const followed = wished.length > 0 ? await store.people.subscriptions(member) : [];
  return followed.some(({ kind, key }) => kind === 'topic' && wished.some(({ slug }) => slug === key));
}

/** Whether a member has saved anything. Errors: `StoreError`. */
export async function isSaving(member: Member, { people }: Pick<Store, 'people'>): Promise<boolean> {
  return (await people.saved(member, { offset: 0, limit: 1 })).total > 0;
}

/** A workspace's own first: it chose its emoji knowing ours. */
async function topicsOf(
  { platform, workspace }: Workspace,
  { people }: Pick<Store, 'people'>,
): Promise<readonly Topic[]> {
  return [...(await people.topics({ platform, workspace })), ...BUILT_IN_TOPICS];
}
