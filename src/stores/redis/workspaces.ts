import { z } from 'zod';
import type { Instant } from '../../domain/calendar.ts';
import type { Platform } from '../../domain/feed.ts';
import type { Workspace } from '../../people.ts';
import type { Changes } from './connection.ts';
import { type Keys, workspaceKey } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import { workspaceOf } from './members.ts';
import type { Reads } from './reads.ts';

/** What is kept of a workspace itself. */
export interface WorkspaceRow {
  joinedAt: Instant;
  /** Since when it has not got us any more. */
  leftAt?: Instant;
  /** Whether somebody was greeted there. */
  isGreeted: boolean;
}

/** Which workspaces have us; see `Presence`. */
export interface Workspaces {
  get(reads: Reads, workspace: Workspace): Promise<WorkspaceRow | undefined>;
  /** Writes a row, and the indices in which it stands from then on. */
  put(tx: Changes, workspace: Workspace, row: WorkspaceRow): void;
  remove(tx: Changes, workspace: Workspace): void;
  /** By their ids. */
  present(reads: Reads, platform: Platform): Promise<string[]>;
  departed(reads: Reads, platform: Platform): Promise<string[]>;
  ungreeted(reads: Reads, platform: Platform): Promise<string[]>;
  /** The one that let us go first, if that was before an instant. */
  longestGone(reads: Reads, before: Instant): Promise<Workspace | undefined>;
}

const ROW = z.tuple([z.string(), z.string().nullable(), z.boolean()]);

export function createWorkspaces(keys: PeopleKeys & Pick<Keys, 'left'>): Workspaces {
  const unlist = (tx: Changes, { platform, workspace }: Workspace) => {
    for (const list of [keys.present, keys.departed, keys.ungreeted]) tx.zrem(list(platform), workspace);
    tx.zrem(keys.left, workspaceKey({ platform, workspace }));
  };
  return {
    async get(reads, workspace) {
      const row = await reads.get(keys.workspace(workspace));
      return row === undefined ? undefined : rowOf(row);
    },
    put(tx, where, { joinedAt, leftAt, isGreeted }) {
      const { platform, workspace } = where;
      unlist(tx, where);
      tx.set(keys.workspace(where), JSON.stringify([joinedAt, leftAt ?? null, isGreeted]));
      if (leftAt === undefined) {
        tx.zadd(keys.present(platform), 0, workspace);
        if (!isGreeted) tx.zadd(keys.ungreeted(platform), 0, workspace);
      } else {
        tx.zadd(keys.departed(platform), 0, workspace);
        tx.zadd(keys.left, Date.parse(leftAt), workspaceKey(where));
      }
    },
    remove(tx, workspace) {
      unlist(tx, workspace);
      tx.del(keys.workspace(workspace));
    },
    present: (reads, platform) => reads.zrange(keys.present(platform)),
    departed: (reads, platform) => reads.zrange(keys.departed(platform)),
    ungreeted: (reads, platform) => reads.zrange(keys.ungreeted(platform)),
    async longestGone(reads, before) {
      const range = { by: 'score', to: `(${Date.parse(before)}`, limit: 1 } as const;
      const [first] = await reads.zrange(keys.left, range);
      return first === undefined ? undefined : workspaceOf(first);
    },
  };
}

function rowOf(text: string): WorkspaceRow {
  const [joinedAt, leftAt, isGreeted] = ROW.parse(JSON.parse(text));
  return { joinedAt, ...(leftAt === null ? {} : { leftAt }), isGreeted };
}
