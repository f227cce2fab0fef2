import type { Member } from '../../domain/member.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Keys } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import { memberOf, workspaceOf } from './members.ts';
import { createMover, type Line, type Mover, pagesOf, writeMissing } from './mover.ts';
import { byBytes } from './parts.ts';
import type { PeopleTables } from './people.ts';
import type { Reads } from './reads.ts';

type AllKeys = Keys & PeopleKeys;

/** Ids of a platform may hold any character, so that keys are JSON: no two of them can look alike. */
export function createTopicMover(keys: AllKeys, { topics }: Pick<PeopleTables, 'topics'>): Mover {
  return createMover('topics', {
    async *read(then) {
      const workspaces = (await then.smembers(keys.makers)).map(workspaceOf);
      const made = await Promise.all(
        workspaces.map(async (workspace) =>
          (await topics.rows(then, workspace)).map((row) => ({ workspace, ...row })),
        ),
      );
      for (const { workspace, topic } of made.flat().sort(byPlace)) {
        const key = JSON.stringify([workspace.platform, workspace.workspace, topic.slug]);
        yield { key, value: { workspace, topic } };
      }
    },
    write: async (tx, lines) => {
      const first = await tx.reserve('topic', lines.length);
      const inserts = lines.map(({ value: { workspace, topic } }, index) =>
        topics.insert(tx, workspace, { place: first + index, topic }),
      );
      await Promise.all(inserts);
    },
  });
}

export function createSubscriptionMover(
  keys: AllKeys,
  { subscriptions }: Pick<PeopleTables, 'subscriptions'>,
): Mover {
  return createMover('subscriptions', {
    async *read(then) {
      const all: { place: number; member: Member; subscription: Subscription }[] = [];
      for await (const members of membersOf(then, keys)) {
        const rows = await Promise.all(members.map((member) => subscriptions.rows(then, member)));
        for (const [index, member] of members.entries())
          for (const row of rows[index] ?? []) all.push({ member, ...row });
      }
      for (const { member, subscription } of all.sort(byPlace)) {
        const { kind, key } = subscription;
        yield { key: keyOf(member, kind, key), value: { member, subscription } };
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        ({ value: { member, subscription } }) => subscriptions.isThere(tx, member, subscription),
        async (missing) => {
          const first = await tx.reserve('subscription', missing.length);
          for (const [index, { value }] of missing.entries()) {
            const { member, subscription } = value;
            subscriptions.insert(tx, member, { place: first + index, subscription });
          }
        },
      ),
  });
}

export function createSavedMover(keys: AllKeys, { saved }: Pick<PeopleTables, 'saved'>): Mover {
  return createMover('saved', {
    read: (then) =>
      byMember(then, keys, async (member) => {
        const papers = (await saved.of(then, member)).sort(byPaper);
        return papers.map((one) => ({ key: keyOf(member, one.paperId), value: { member, saved: one } }));
      }),
    async write(tx, lines) {
      await Promise.all(lines.map(({ value }) => saved.put(tx, value.member, value.saved)));
    },
  });
}

export function createRatingMover(keys: AllKeys, { ratings }: Pick<PeopleTables, 'ratings'>): Mover {
  return createMover('ratings', {
    read: (then) =>
      byMember(then, keys, async (member) => {
        const rated = (await ratings.all(then, member)).sort(byPaper);
        return rated.map((rating) => ({ key: keyOf(member, rating.paperId), value: { member, rating } }));
      }),
    write: (tx, lines) =>
      writeMissing(
        lines,
        async ({ value: { member, rating } }) =>
          (await tx.hget(keys.ratings(member), rating.paperId)) !== undefined,
        (missing) => {
          for (const { value } of missing) ratings.put(tx, value.member, value.rating);
        },
      ),
  });
}

/** Everybody, by platform, workspace and id, a page at a time. */
async function* membersOf(then: Reads, keys: AllKeys): AsyncGenerator<Member[]> {
  for await (const page of pagesOf(then, keys.members)) yield page.map(([key]) => memberOf(key));
}

async function* byMember<T>(
  then: Reads,
  keys: AllKeys,
  linesOf: (member: Member) => Promise<Line<T>[]>,
): AsyncGenerator<Line<T>> {
  for await (const members of membersOf(then, keys)) yield* (await Promise.all(members.map(linesOf))).flat();
}

function keyOf({ platform, workspace, id }: Member, ...more: string[]): string {
  return JSON.stringify([platform, workspace, id, ...more]);
}

function byPlace(one: { place: number }, other: { place: number }): number {
  return one.place - other.place;
}

function byPaper(one: { paperId: string }, other: { paperId: string }): number {
  return byBytes(one.paperId, other.paperId);
}
