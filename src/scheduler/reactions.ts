import { createHash } from 'node:crypto';
import type { PeopleServices } from '../abilities.ts';
import type { Reactions, WatchedMessages } from '../adapter.ts';
import { type Clock, othersFirst } from '../clock.ts';
import { addMs, DAY_MS } from '../domain/calendar.ts';
import { emojiKey } from '../domain/emoji.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { PaperId } from '../domain/paper.ts';
import { CARDS_WATCHED_DAYS, type ReactedMessage, type Reaction, SAVE_EMOJI } from '../domain/reaction.ts';
import { MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS, type Topic } from '../domain/topic.ts';
import { createTurns } from '../domain/turns.ts';
import type { Workspace } from '../people.ts';
import type { SeenReaction, SentEdition } from '../presence.ts';
import type { Store } from '../store.ts';
import type { Digests } from './digests.ts';

export interface ReactionsDependencies {
  store: Store;
  digests: Pick<Digests, 'suggest' | 'setFull'>;
  people: Pick<PeopleServices, 'unfollow'>;
  clock: Clock;
}

/** What an emoji on one of our messages asks for. */
type Wish = { kind: 'follow'; topic: Topic } | { kind: 'save'; paperId: PaperId };

/** So many of one message are marked as seen in one go. */
const AT_ONCE = 100;

/** What becomes of emoji: each one is a wish once, and whoever takes it away takes the wish back. */
export function createReactions({ store, digests, people, clock }: ReactionsDependencies): Reactions {
  const { presence } = store;
  const turns = createTurns();
  /** One after the other, whosever they are: together they would keep everybody who gives a command waiting. */
  const inTurn = <T>(work: () => Promise<T>) => turns.run('', work);

  /** A workspace's own first: it chose its emoji knowing ours. */
  async function topicsOf({ platform, workspace }: Workspace): Promise<readonly Topic[]> {
    return [...(await store.people.topics({ platform, workspace })), ...BUILT_IN_TOPICS];
  }

  async function emojiOf(workspace: Workspace): Promise<string[]> {
    const topics = await topicsOf(workspace);
    return [...new Set([...topics.map(({ emoji }) => emoji), SAVE_EMOJI])];
  }

  async function wishOf({ on, emoji }: Pick<Reaction, 'on' | 'emoji'>): Promise<Wish | undefined> {
    const key = emojiKey(emoji);
    const { paperId } = on;
    if (key === emojiKey(SAVE_EMOJI)) return paperId === undefined ? undefined : { kind: 'save', paperId };
    const topic = (await topicsOf(on.place)).find((one) => emojiKey(one.emoji) === key);
    return topic && { kind: 'follow', topic };
  }

  /** A member who follows the most follows no more, and is told so with their next command. */
  async function grant(wish: Wish, { on, member: id }: Pick<Reaction, 'on' | 'member'>): Promise<void> {
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
  }

  async function takeBack(wish: Wish, member: Member): Promise<void> {
    if (wish.kind === 'save') await store.people.unsave(member, wish.paperId);
    else await people.unfollow(member, { kind: 'topic', key: wish.topic.slug });
  }

  /**
   * Done first and marked as seen then: a crash between the two repeats what changes nothing. Out: true where something
   * was.
   */
  async function add(on: ReactedMessage, reactions: readonly Reaction[]): Promise<boolean> {
    const granted: SeenReaction[] = [];
    for (const reaction of reactions) {
      const seen = seenOf(reaction);
      const wish = (await presence.hasSeen(on, seen)) ? undefined : await wishOf(reaction);
      if (wish) await grant(wish, reaction);
      if (wish) granted.push(seen);
      await othersFirst();
    }
    if (granted.length > 0) await presence.see(on, granted, clock.now());
    return granted.length > 0;
  }

  /** Of those who were forgotten there is nothing to take back. */
  async function remove(on: ReactedMessage, gone: readonly SeenReaction[]): Promise<void> {
    for (const { member, emoji } of gone) {
      const wish = await wishOf({ on, emoji });
      if (wish && member !== undefined) await takeBack(wish, memberAt(on.place, member));
      await othersFirst();
    }
    await presence.unsee(on, gone);
  }

  async function isFollowed(member: Member, emoji: string): Promise<boolean> {
    const wished = (await topicsOf(member)).filter((topic) => emojiKey(topic.emoji) === emojiKey(emoji));
    const followed = wished.length > 0 ? await store.people.subscriptions(member) : [];
    return followed.some(({ kind, key }) => kind === 'topic' && wished.some(({ slug }) => slug === key));
  }

  async function isSaving(member: Member): Promise<boolean> {
    return (await store.people.saved(member, { offset: 0, limit: 1 })).total > 0;
  }

  return {
    emoji: emojiOf,
    async mayChange(reaction) {
      const { on, emoji, isAdded } = reaction;
      const key = emojiKey(emoji);
      if (isAdded) return (await emojiOf(on.place)).some((one) => emojiKey(one) === key);
      if (await presence.hasSeen(on, seenOf(reaction))) return true;
      const member = memberAt(on.place, reaction.member);
      return key === emojiKey(SAVE_EMOJI) ? await isSaving(member) : await isFollowed(member, emoji);
    },
    react: (reaction) =>
      inTurn(async () => {
        if (reaction.isAdded) await add(reaction.on, [reaction]);
        else await remove(reaction.on, [seenOf(reaction)]);
      }),
    watch: (panel) => presence.watch(panel),
    unwatch: (message) => presence.unwatch(message),
    async watched(platform): Promise<WatchedMessages> {
      const since = addMs(clock.now(), -CARDS_WATCHED_DAYS * DAY_MS).slice(0, 10);
      const [panels, sent] = await Promise.all([
        presence.panels(platform),
        presence.editions(platform, since),
      ]);
      const editions = await store.editions.getMany(sent.map(({ slotId }) => slotId));
      const cards = sent.filter(({ slotId }) => editions.get(slotId)?.layout === 'cards');
      const watched = cards.map(watchedEdition).filter(({ messageIds }) => messageIds.length > 0);
      return { panels, editions: watched };
    },
    async reconcile(on, standing, signal) {
      const before = await presence.reactions(on);
      const known = new Set(before.map(nameOf));
      const now = new Map(
        standing
          .flatMap(({ emoji, members }) =>
            members.map((member): Reaction => ({ on, member, emoji, isAdded: true })),
          )
          .map((reaction) => [nameOf(seenOf(reaction)), reaction]),
      );
      const gone = before.filter((one) => !now.has(nameOf(one)));
      const added = [...now].filter(([name]) => !known.has(name)).map(([, reaction]) => reaction);
      let isChanged = gone.length > 0;
      for (const some of batchesOf(gone, signal)) await inTurn(() => remove(on, some));
      for (const some of batchesOf(added, signal))
        isChanged = (await inTurn(() => add(on, some))) || isChanged;
      return isChanged;
    },
  };
}

function watchedEdition({ destination, messageIds }: SentEdition): WatchedMessages['editions'][number] {
  const first = messageIds.get(0);
  const under = [...messageIds].filter(([position]) => position > 0).map(([, id]) => id);
  return { destination, ...(first === undefined ? {} : { first }), messageIds: under };
}

function* batchesOf<T>(all: readonly T[], signal?: AbortSignal): Generator<T[]> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    yield all.slice(from, from + AT_ONCE);
  }
}

function nameOf({ emoji, mark }: SeenReaction): string {
  return `${emoji} ${mark}`;
}

function seenOf({ on, member, emoji }: Omit<Reaction, 'isAdded'>): SeenReaction {
  return { emoji: emojiKey(emoji), mark: markOf(on, memberAt(on.place, member)), member };
}

/** Of every message another one, so that marks of different messages tell nothing together. */
function markOf({ place, messageId }: ReactedMessage, { id }: Member): string {
  const name = JSON.stringify([place.platform, place.workspace, place.channel, messageId, id]);
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}
