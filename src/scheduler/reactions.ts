import { createHash } from 'node:crypto';
import type { PeopleServices } from '../abilities.ts';
import type { Reactions, WatchedMessages } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import { addMs, DAY_MS } from '../domain/calendar.ts';
import { emojiKey } from '../domain/emoji.ts';
import { type Member, memberAt } from '../domain/member.ts';
import type { PaperId } from '../domain/paper.ts';
import { CARDS_WATCHED_DAYS, type ReactedMessage, type Reaction, SAVE_EMOJI } from '../domain/reaction.ts';
import { MAX_SUBSCRIPTIONS } from '../domain/subscription.ts';
import { BUILT_IN_TOPICS, type Topic } from '../domain/topic.ts';
import type { Workspace } from '../people.ts';
import type { SeenReaction, SentEdition } from '../presence.ts';
import type { Store } from '../store.ts';
import type { Digests } from './digests.ts';
import { createTurns } from './turns.ts';

export interface ReactionsDependencies {
  store: Store;
  digests: Pick<Digests, 'suggest' | 'setFull'>;
  people: Pick<PeopleServices, 'unfollow'>;
  clock: Clock;
}

/** What an emoji on one of our messages asks for. */
type Wish = { kind: 'follow'; topic: Topic } | { kind: 'save'; paperId: PaperId };

/** What becomes of emoji: each one is a wish once, and whoever takes it away takes the wish back. */
export function createReactions({ store, digests, people, clock }: ReactionsDependencies): Reactions {
  const { presence } = store;
  const inTurn = createTurns();

  /** A workspace's own first: it chose its emoji knowing ours. */
  async function topicsOf({ platform, workspace }: Workspace): Promise<readonly Topic[]> {
    return [...(await store.people.topics({ platform, workspace })), ...BUILT_IN_TOPICS];
  }

  async function wishOf({ on, emoji }: Pick<Reaction, 'on' | 'emoji'>): Promise<Wish | undefined> {
    const key = emojiKey(emoji);
    const { paperId } = on;
    if (key === emojiKey(SAVE_EMOJI)) return paperId === undefined ? undefined : { kind: 'save', paperId };
    const topic = (await topicsOf(on.place)).find((one) => emojiKey(one.emoji) === key);
    return topic && { kind: 'follow', topic };
  }

  /** A member who follows the most follows no more, and is told so with their next command. */
  async function grant(wish: Wish, { on, member: id }: Reaction): Promise<void> {
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

  async function takeBack(wish: Wish, { on, member: id }: Reaction): Promise<void> {
    const member = memberAt(on.place, id);
    if (wish.kind === 'save') await store.people.unsave(member, wish.paperId);
    else await people.unfollow(member, { kind: 'topic', key: wish.topic.slug });
  }

  /** Done first and marked as seen then: a crash between the two repeats what changes nothing. */
  async function reactNow(reaction: Reaction): Promise<void> {
    const { on, isAdded } = reaction;
    const seen = seenOf(reaction);
    if (isAdded && (await presence.hasSeen(on, seen))) return;
    const wish = await wishOf(reaction);
    if (isAdded && !wish) return;
    if (wish) await (isAdded ? grant : takeBack)(wish, reaction);
    await (isAdded ? presence.see(on, seen, clock.now()) : presence.unsee(on, seen));
  }

  const react = (reaction: Reaction) =>
    inTurn(JSON.stringify([reaction.on.place, reaction.member]), () => reactNow(reaction));

  return {
    async emoji(workspace) {
      const topics = await topicsOf(workspace);
      return [...new Set([...topics.map(({ emoji }) => emoji), SAVE_EMOJI])];
    },
    react,
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
    async reconcile(on, standing) {
      const before = await presence.reactions(on);
      const now = standing.flatMap(({ emoji, members }) =>
        members.map((member): Reaction => ({ on, member, emoji, isAdded: true })),
      );
      const marks = new Set(now.map(seenOf).map(nameOf));
      for (const seen of before.filter((one) => !marks.has(nameOf(one)))) {
        const { member, emoji } = seen;
        if (member === undefined) await presence.unsee(on, seen);
        else await react({ on, member, emoji, isAdded: false });
      }
      for (const reaction of now) await react(reaction);
    },
  };
}

function watchedEdition({ destination, messageIds }: SentEdition): WatchedMessages['editions'][number] {
  const first = messageIds.get(0);
  const under = [...messageIds].filter(([position]) => position > 0).map(([, id]) => id);
  return { destination, ...(first === undefined ? {} : { first }), messageIds: under };
}

function nameOf({ emoji, mark }: SeenReaction): string {
  return `${emoji} ${mark}`;
}

function seenOf({ on, member, emoji }: Reaction): SeenReaction {
  return { emoji: emojiKey(emoji), mark: markOf(on, memberAt(on.place, member)), member };
}

/** Of every message another one, so that marks of different messages tell nothing together. */
function markOf({ place, messageId }: ReactedMessage, { id }: Member): string {
  const name = JSON.stringify([place.platform, place.workspace, place.channel, messageId, id]);
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}
