import { PLATFORMS } from '../../domain/feed.ts';
import type { Transfer, TransferLine } from '../../transfer.ts';
import { inOrder, notBegun } from '../transfer.ts';
import type { Alarms } from './alarms.ts';
import { attempt, storeError } from './attempt.ts';
import type { Connection, Work } from './connection.ts';
import type { Damaged } from './damaged.ts';
import type { FeedIndex } from './feeds.ts';
import type { Keys } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import { workspaceOf } from './members.ts';
import { readMoment } from './moment.ts';
import { type Mover, pagesOf } from './mover.ts';
import type { PeopleTables } from './people.ts';
import type { Reads } from './reads.ts';
import type { Slots } from './slots.ts';
import {
  createCounterMover,
  createDamagedMover,
  createSeenMover,
  createSequenceMover,
} from './transfer-archive.ts';
import {
  createAlarmMover,
  createConsideredMover,
  createSlotMover,
  createWakeMover,
} from './transfer-ledger.ts';
import {
  createRatingMover,
  createSavedMover,
  createSubscriptionMover,
  createTopicMover,
} from './transfer-people.ts';
import { createDeliveryMover, createPlanMover } from './transfer-plans.ts';
import { createPanelMover, createReactionMover, createWorkspaceMover } from './transfer-presence.ts';
import { createRecordMover } from './transfer-records.ts';

export interface TransferDependencies {
  keys: Keys & PeopleKeys;
  tables: PeopleTables;
  feeds: Pick<FeedIndex, 'put' | 'rest'>;
  slots: Pick<Slots, 'insert'>;
  alarms: Pick<Alarms, 'insert'>;
  damaged: Pick<Damaged, 'put'>;
}

/** Everything from one store to another; it is read as of one moment (`readMoment`), and may be written to meanwhile. */
export function createTransfer(connection: Connection, dependencies: TransferDependencies): Transfer {
  const { keys, feeds } = dependencies;
  const records = createRecordMover(keys);
  const rows = createRowMovers(dependencies);
  const movers = [records, ...rows.values()];
  const begun = `${connection.prefix}:transfer`;

  async function* linesOf(then: Reads): AsyncGenerator<TransferLine> {
    for (const mover of movers) yield* mover.read(then);
  }

  async function stateNow(reads: Reads): Promise<Awaited<ReturnType<Transfer['state']>>> {
    if (await reads.exists(begun)) return 'unfinished';
    return (await isEmpty(reads, keys)) ? 'empty' : 'in-use';
  }

  async function write(tx: Work, batch: readonly TransferLine[]): Promise<void> {
    if (!(await tx.exists(begun))) throw notBegun();
    const unique = [...new Map(batch.map((line) => [`${line.kind}:${line.key}`, line])).values()];
    const byMover = Map.groupBy(unique, ({ kind }) => rows.get(kind) ?? records);
    for (const mover of movers) await mover.write(tx, byMover.get(mover) ?? [], unique);
  }

  return {
    read: () => readLines(connection, linesOf),
    state: () => attempt('read', 'transfer', () => stateNow(connection)),
    begin: (id) =>
      attempt('transfer', undefined, () =>
        connection.transaction(async (tx) => {
          const state = await stateNow(tx);
          if (state === 'empty') tx.set(begun, id);
          return state === 'empty' || (state === 'unfinished' && (await tx.get(begun)) === id);
        }),
      ),
    write: (lines) => attempt('transfer', undefined, () => connection.transaction((tx) => write(tx, lines))),
    async end() {
      await restDeparted(connection, keys, feeds);
      await attempt('transfer', undefined, () => connection.transaction(async (tx) => tx.del(begun)));
    },
  };
}

function createRowMovers(dependencies: TransferDependencies): Map<string, Mover> {
  const { keys, tables, feeds, slots, alarms, damaged } = dependencies;
  return inOrder<Mover>({
    sequence: createSequenceMover(keys),
    counters: createCounterMover(keys),
    seen: createSeenMover(keys),
    wakes: createWakeMover(keys, feeds),
    considered: createConsideredMover(keys),
    slots: createSlotMover(keys, slots),
    plans: createPlanMover(keys),
    deliveries: createDeliveryMover(keys),
    alarms: createAlarmMover(keys, alarms),
    topics: createTopicMover(keys, tables),
    subscriptions: createSubscriptionMover(keys, tables),
    saved: createSavedMover(keys, tables),
    ratings: createRatingMover(keys, tables),
    workspaces: createWorkspaceMover(keys, tables),
    panels: createPanelMover(keys, tables),
    reactions: createReactionMover(keys, tables),
    damaged: createDamagedMover(keys, damaged),
  });
}

async function* readLines(
  connection: Connection,
  linesOf: (then: Reads) => AsyncIterable<TransferLine>,
): AsyncGenerator<TransferLine> {
  try {
    yield* readMoment(connection, linesOf);
  } catch (error) {
    throw storeError('read', 'transfer', error);
  }
}

/** Whether nothing is kept but claims. */
async function isEmpty(reads: Reads, keys: TransferDependencies['keys']): Promise<boolean> {
  const namespaces = await reads.zrange(keys.namespaces);
  const places = [
    ...namespaces.map(keys.records),
    ...[keys.feeds, keys.sequence, keys.slots, keys.notices, keys.alarms, keys.damaged],
    ...[keys.makers, keys.members, keys.panels, keys.messages],
    ...PLATFORMS.flatMap((platform) => [keys.present(platform), keys.departed(platform)]),
  ];
  const there = await Promise.all(places.map((key) => reads.exists(key)));
  return !there.includes(true);
}

/** Feeds are taken in before what says that their workspace let us go. */
async function restDeparted(
  connection: Connection,
  { left }: Keys,
  feeds: Pick<FeedIndex, 'rest'>,
): Promise<void> {
  for await (const page of pagesOf(connection, left))
    for (const [workspace] of page)
      await attempt('transfer', undefined, () =>
        connection.transaction((tx) => feeds.rest(tx, workspaceOf(workspace))),
      );
}
