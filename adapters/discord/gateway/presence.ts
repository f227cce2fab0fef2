import type { Workspaces } from '../../../src/adapter.ts';
import { DAY_MS, type Instant } from '../../../src/domain/calendar.ts';
import { createJoins, type JoinDependencies } from './joins.ts';
import { createRecord, type RecordDependencies } from './record.ts';

export interface PresenceDependencies extends Omit<JoinDependencies, 'onGreeted'>, RecordDependencies {
  workspaces: Workspaces;
}

/** Keeps which servers we are in, and has those told of that let us in. Nothing here throws. */
export interface Presence {
  /** `there`: those of this process, asked once it is their turn; `isOwn`: whether one would be of it. */
  all(there: () => string[], isOwn: (server: string) => boolean): void;
  /** A server let us in. */
  joined(server: string): void;
  /** One that we were in before is there; `joinedAt`: since when we are in. */
  seen(server: string, joinedAt: string | undefined): void;
  left(server: string): void;
  /** May come before or after the server itself. */
  addedBy(server: string, member: string): void;
}

/** Whoever let us in so long ago still waits for a word; one who did before we were set up here does not. */
const RECENT_MS = DAY_MS;

export function createPresence(dependencies: PresenceDependencies): Presence {
  const { workspaces, clock } = dependencies;
  /** Nobody was greeted there yet: READY names them, and only what comes after it says since when we are in. */
  const newcomers = new Set<string>();
  const record = createRecord(dependencies);
  // Kept only once they were: whoever was not greeted when we were killed is greeted with the next start.
  const onGreeted = (server: string) => record(() => workspaces.greeted(workspaceOf(server)));
  const joins = createJoins({ ...dependencies, onGreeted });

  return {
    all: (there, isOwn) =>
      record(async () => {
        for (const server of await workspaces.present('discord', there(), isOwn)) newcomers.add(server);
      }),
    joined: (server) =>
      record(async () => void joins.tell(server, await workspaces.joined(workspaceOf(server)))),
    seen: (server, joinedAt) =>
      record(async () => {
        if (!newcomers.delete(server)) return;
        if (isRecent(joinedAt, clock.now())) void joins.tell(server, 'new');
        else await workspaces.greeted(workspaceOf(server));
      }),
    left(server) {
      joins.forget(server);
      record(() => workspaces.left(workspaceOf(server)));
    },
    addedBy: joins.addedBy,
  };
}

function workspaceOf(server: string) {
  return { platform: 'discord', workspace: server } as const;
}

function isRecent(joinedAt: string | undefined, now: Instant): boolean {
  const sinceMs = Date.parse(now) - Date.parse(joinedAt ?? '');
  return sinceMs < RECENT_MS;
}
