import { beforeEach, describe, expect, it } from 'vitest';
import type { Join } from '../../../../adapters/discord/gateway/joins.ts';
import { createServers, type Servers } from '../../../../adapters/discord/gateway/servers.ts';
import type { Shards } from '../../../../adapters/discord/gateway/shards.ts';
import type { Workspaces } from '../../../../src/adapter.ts';
import { silentLog } from '../../../../src/log.ts';
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts';

interface Scene {
  servers: Servers;
  clock: FakeClock;
  /** What was recorded, in order. */
  recorded: string[];
  /** What the last telling of all servers was about. */
  isOwn: ((server: string) => boolean) | undefined;
  joins: Join[];
  ready: number;
  /** How often the store fails before it works. */
  failures: number;
  /** Whether those who let us in can be welcomed. */
  isDeaf: boolean;
  /** Waits until all is recorded. */
  settle(): Promise<void>;
}

function openScene(shards: Shards): Scene {
  const clock = createFakeClock('2026-11-25T09:00:00.000Z');
  const note = async (line: string) => {
    if (scene.failures-- > 0) throw new Error('The disk is full.');
    scene.recorded.push(line);
  };
  const workspaces: Workspaces = {
    joined: async ({ workspace }) => {
      await note(`joined ${workspace}`);
      return 'new';
    },
    left: ({ workspace }) => note(`left ${workspace}`),
    async present(_platform, present, isOwn) {
      scene.isOwn = isOwn;
      await note(`present ${[...present].sort().join(' ')}`);
      return ['1', '2'];
    },
    greeted: ({ workspace }) => note(`greeted ${workspace}`),
    known: async () => [],
  };
  const scene: Scene = {
    clock,
    recorded: [],
    isOwn: undefined,
    joins: [],
    ready: 0,
    failures: 0,
    isDeaf: false,
    async settle() {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    },
    servers: createServers({
      workspaces,
      shards: () => shards,
      application: () => 'ours',
      async onJoin(join) {
        scene.joins.push(join);
        if (scene.isDeaf) throw new Error('Discord gave no answer.');
      },
      onReady: () => {
        scene.ready += 1;
      },
      clock,
      log: silentLog,
      random: () => 0.5,
      signal: new AbortController().signal,
    }),
  };
  return scene;
}

const guilds = (...ids: string[]) => ({ guilds: ids.map((id) => ({ id, unavailable: true })) });

describe('the servers that we are in', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = openScene({ ids: [0], count: 1 });
    scene.servers.ready(guilds('1', '2'), 0);
  });

  it('are told as a whole at the beginning, and none of them is taken for a new one', async () => {
    scene.servers.created({ id: '1', joined_at: '2026-11-20T09:00:00.000000+00:00' }, 0);
    scene.servers.created({ id: '2' }, 0);
    await scene.settle();
    scene.clock.advance(5000);
    await scene.settle();
    // They are no news to anybody.
    expect(scene.recorded).toEqual(['present 1 2', 'greeted 1', 'greeted 2']);
    expect(scene.joins).toEqual([]);
    expect(scene.ready).toBe(1);
    expect(scene.servers.has('2')).toBe(true);
  });

  it('are welcomed too when they let us in while we were away', async () => {
    scene.servers.created({ id: '1', joined_at: '2026-11-25T07:00:00.000000+00:00' }, 0);
    await scene.settle();
    scene.clock.advance(5000);
    await scene.settle();
    expect(scene.joins).toEqual([{ server: '1', outcome: 'new' }]);
    expect(scene.recorded).toEqual(['present 1 2', 'greeted 1']);
  });

  it('are kept as not greeted where that did not work', async () => {
    scene.isDeaf = true;
    scene.servers.created({ id: '3' }, 0);
    await scene.settle();
    scene.clock.advance(5000);
    await scene.settle();
    expect(scene.joins).toHaveLength(1);
    expect(scene.recorded).toEqual(['present 1 2', 'joined 3']);
  });

  it('are told only when all shards have told theirs', async () => {
    const two = openScene({ ids: [0, 1], count: 2 });
    two.servers.ready(guilds('1'), 0);
    await two.settle();
    expect(two.recorded).toEqual([]);
    two.servers.ready(guilds('2'), 1);
    await two.settle();
    expect(two.recorded).toEqual(['present 1 2']);
  });

  it('are told when the shards of this process have told theirs, and nothing is said of those of others', async () => {
    const some = openScene({ ids: [2, 3], count: 4 });
    const [other, first, second] = [1n, 2n, 3n].map((id) => String(id << 22n)) as [string, string, string];
    some.servers.ready(guilds(first), 2);
    await some.settle();
    expect(some.recorded).toEqual([]);
    some.servers.ready(guilds(second), 3);
    await some.settle();
    expect(some.recorded).toEqual([`present ${[first, second].sort().join(' ')}`]);
    expect([other, first, second].map((server) => some.isOwn?.(server))).toEqual([false, true, true]);
    expect(some.ready).toBe(1);
  });

  it('are told again after a session was lost', async () => {
    scene.servers.ready(guilds('2'), 0);
    await scene.settle();
    expect(scene.recorded).toEqual(['present 1 2', 'present 2']);
    expect(scene.servers.has('1')).toBe(false);
  });

  it('grow and shrink, but not by an outage', async () => {
    scene.servers.created({ id: '3' }, 0);
    scene.servers.deleted({ id: '1', unavailable: true });
    scene.servers.created({ id: '1' }, 0);
    scene.servers.deleted({ id: '2' });
    await scene.settle();
    expect(scene.recorded).toEqual(['present 1 2', 'joined 3', 'greeted 1', 'left 2']);
    expect([scene.servers.has('1'), scene.servers.has('2')]).toEqual([true, false]);
  });

  it('tell who added us, whichever comes first', async () => {
    const integration = (server: string) => ({
      guild_id: server,
      application: { id: 'ours' },
      user: { id: `adder of ${server}` },
    });
    scene.servers.added(integration('3'));
    scene.servers.created({ id: '3' }, 0);
    scene.servers.created({ id: '4' }, 0);
    await scene.settle();
    scene.servers.added(integration('4'));
    await scene.settle();
    expect(scene.joins).toEqual([
      { server: '3', outcome: 'new', adder: 'adder of 3' },
      { server: '4', outcome: 'new', adder: 'adder of 4' },
    ]);
  });

  it('are welcomed without a name where Discord tells none, and no other bot is taken for us', async () => {
    scene.servers.added({ guild_id: '3', application: { id: 'theirs' }, user: { id: '9' } });
    scene.servers.created({ id: '3' }, 0);
    await scene.settle();
    expect(scene.joins).toEqual([]);
    scene.clock.advance(5000);
    await scene.settle();
    expect(scene.joins).toEqual([{ server: '3', outcome: 'new' }]);
  });

  it('are recorded in order once the store works again', async () => {
    await scene.settle();
    scene.failures = 3;
    scene.servers.created({ id: '3' }, 0);
    scene.servers.deleted({ id: '3' });
    await scene.settle();
    expect(scene.recorded).toEqual(['present 1 2', 'joined 3', 'left 3']);
    expect(scene.clock.slept).toHaveLength(3);
  });
});
