import { PLATFORMS } from '../../domain/feed.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { Workspace } from '../../people.ts';
import type { LineValue } from '../lines.ts';
import type { Keys } from './keys.ts';
import type { PeopleKeys } from './keys-people.ts';
import { createMover, type Mover, pagesOf, writeMissing } from './mover.ts';
import { byBytes } from './parts.ts';
import type { PeopleTables } from './people.ts';
import { messageOf } from './reactions.ts';
import { partsOf, type Reads } from './reads.ts';
import type { WorkspaceRow } from './workspaces.ts';

type AllKeys = Keys & PeopleKeys;

/** Workspaces that are read at once. */
const AT_ONCE = 500;

export function createWorkspaceMover(keys: AllKeys, { workspaces }: Pick<PeopleTables, 'workspaces'>): Mover {
  return createMover('workspaces', {
    async *read(then) {
      for (const part of partsOf(await allWorkspaces(then, keys), AT_ONCE)) {
        const rows = await Promise.all(part.map((one) => workspaces.get(then, one)));
        for (const [index, workspace] of part.entries()) {
          const row = rows[index];
          const key = JSON.stringify([workspace.platform, workspace.workspace]);
          if (row) yield { key, value: workspaceLine(workspace, row) };
        }
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        async ({ value }) => (await workspaces.get(tx, value.workspace)) !== undefined,
        (missing) => {
          for (const { value } of missing) {
            const { workspace, isGreeted = false, ...row } = value;
            workspaces.put(tx, workspace, { ...row, isGreeted });
          }
        },
      ),
  });
}

async function allWorkspaces(then: Reads, keys: AllKeys): Promise<Workspace[]> {
  const lists = await Promise.all(
    [...PLATFORMS].sort().map(async (platform) => {
      const ids = [keys.present(platform), keys.departed(platform)].map((key) => then.zrange(key));
      return (await Promise.all(ids))
        .flat()
        .sort(byBytes)
        .map((workspace) => ({ platform, workspace }));
    }),
  );
  return lists.flat();
}

function workspaceLine(workspace: Workspace, row: WorkspaceRow): LineValue<'workspaces'> {
  const { joinedAt, leftAt, isGreeted } = row;
  return {
    workspace,
    joinedAt,
    ...(leftAt === undefined ? {} : { leftAt }),
    ...(isGreeted ? { isGreeted: true } : {}),
  };
}

export function createPanelMover(keys: AllKeys, { panels }: Pick<PeopleTables, 'panels'>): Mover {
  return createMover('panels', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.panels)) {
        for (const [name] of page) {
          const panel = messageOf(name);
          yield { key: keyOf(panel), value: { panel } };
        }
      }
    },
    write: (tx, lines) =>
      writeMissing(
        lines,
        ({ value }) => panels.isThere(tx, value.panel),
        async (missing) => {
          const first = await tx.reserve('panel', missing.length);
          for (const [index, { value }] of missing.entries()) panels.insert(tx, value.panel, first + index);
        },
      ),
  });
}

export function createReactionMover(keys: AllKeys, { reactions }: Pick<PeopleTables, 'reactions'>): Mover {
  return createMover('reactions', {
    async *read(then) {
      for await (const page of pagesOf(then, keys.messages)) {
        const messages = page.map(([name]) => messageOf(name));
        const kept = await Promise.all(messages.map((on) => reactions.on(then, on)));
        for (const [index, on] of messages.entries())
          for (const { reaction, ...seen } of kept[index] ?? [])
            yield { key: keyOf(on, reaction.emoji, reaction.mark), value: { on, reaction, ...seen } };
      }
    },
    async write(tx, lines) {
      const writes = lines.map(({ value: { on, reaction, ...seen } }) =>
        reactions.put(tx, on, [{ reaction, ...seen }]),
      );
      await Promise.all(writes);
    },
  });
}

function keyOf({ place, messageId }: ReactedMessage, ...more: string[]): string {
  return JSON.stringify([place.platform, place.workspace, place.channel, messageId, ...more]);
}
