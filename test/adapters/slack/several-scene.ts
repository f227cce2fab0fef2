import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createSlackAdapter } from '../../../adapters/slack/index.ts';
import type { Adapter, Message } from '../../../src/adapter.ts';
import type { OptionValue } from '../../../src/command.ts';
import type { Card } from '../../../src/domain/card.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { createLog } from '../../../src/log.ts';
import { createWorkspaces } from '../../../src/scheduler/workspaces.ts';
import { createInstallations } from '../../../src/sealing/installations.ts';
import { createSeal } from '../../../src/sealing.ts';
import { createServer } from '../../../src/server.ts';
import { openStore } from '../../../src/stores/index.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { createMemorySource } from '../../fakes/memory-source.ts';
import { type SlackOptions, startSlack, USUAL_SCOPES } from '../../fakes/slack/index.ts';
import { somePapers } from '../../fixtures/papers.ts';
import { openWorld } from '../../world.ts';
import { startBalancer } from './balancer.ts';

/** A Sunday, so that the first edition is Monday's. */
const SUNDAY = '2026-11-22T12:00:00.000Z';
const SECRET_KEY = 'a-key-that-seals-tokens-in-tests-only';

export type SeveralScene = Awaited<ReturnType<typeof openSeveral>>;

/**
 * Two processes that Slack reaches by HTTP, at ports of their own behind a balancer, and one that only posts: each with its
 * own connection to one store on the disk, and tokens by OAuth.
 */
export async function openSeveral(options: SlackOptions = {}) {
  const clock = createFakeClock(SUNDAY);
  const scopes = [...USUAL_SCOPES, 'channels:history'];
  const fake = await startSlack({ clock, limits: false, scopes, isInstalled: false, ...options });
  const source = createMemorySource(clock);
  source.set({ kind: 'daily', key: '2026-11-23' }, somePapers('2611', new Array(5).fill(3)));
  const balancer = await startBalancer();
  const folder = mkdtempSync(join(tmpdir(), 'paperwire-several-'));
  const lines: { level: number; msg: string }[] = [];
  const log = createLog({ level: 'debug', write: (line) => void lines.push(JSON.parse(line)) });
  const ends: (() => Promise<void>)[] = [];

  /** What every process has of its own. */
  async function openProcess(route: Parameters<typeof createSlackAdapter>[0]['route']) {
    const store = await openStore(`sqlite:${join(folder, 'test.db')}`, { clock, log });
    ends.push(() => store.close());
    const adapter = createSlackAdapter({
      apiUrl: fake.apiUrl,
      hearing: { kind: 'http', signingSecret: fake.signingSecret },
      tokens: { kind: 'many', clientId: fake.clientId, clientSecret: fake.clientSecret },
      publicUrl: balancer.url,
      extras: ['history'],
      installations: createInstallations({ store, seal: createSeal(SECRET_KEY), clock }),
      workspaces: createWorkspaces({ store, clock }),
      route,
      clock,
      log,
    });
    return { store, adapter };
  }

  async function openGateway() {
    const server = createServer({ host: '127.0.0.1', port: 0, clock, log });
    const { store, adapter } = await openProcess(server.route);
    const world = await openWorld(SUNDAY, { adapters: [adapter], clock, source, store, log });
    await adapter.start(world.host);
    await server.start();
    balancer.ports.push(Number(new URL(server.url ?? '').port));
    ends.push(async () => {
      await world.close();
      await server.stop(0);
    });
    return { store, adapter, world };
  }

  const gateways = [await openGateway(), await openGateway()] as const;
  const worker = await openProcess(() => {});
  ends.push(() => worker.adapter.stop());
  fake.http(`${balancer.url}/slack/events`);
  const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  const channel = fake.addChannel({ name: 'papers' });
  const place = { platform: 'slack', workspace: fake.team.id, channel: channel.id } as const;

  return {
    clock,
    fake,
    balancer,
    lines,
    gateways,
    worker,
    /** An admin. */
    ada,
    bo: fake.addPerson({ name: 'Bo' }),
    channel,
    place,
    /** Ada installs the app, beginning at one process and ending at the other. */
    install: async () => await fake.install(`${balancer.url}/slack/install`, { by: ada }),
    /** Gives a command as a manager, in one of the processes. */
    give: async (process: 0 | 1, command: string, given: Record<string, OptionValue> = {}) =>
      await gateways[process].world.host.run({
        command,
        options: given,
        place,
        member: { id: ada.id, isManager: true },
        at: clock.now(),
      }),
    followed: async ({ id }: { id: string }) =>
      (await worker.store.people.subscriptions(memberAt(place, id))).map(({ key }) => key),
    /** Ends everything. Out: what was wrong with what was sent, and with what was told. */
    async close(): Promise<string[]> {
      await fake.settled();
      for (const end of ends.toReversed()) await end();
      await balancer.stop();
      await fake.stop();
      rmSync(folder, { recursive: true });
      return [...fake.problems, ...fake.ownProblems];
    },
  };
}

/** A card as an edition sends it. */
export function messageTo(
  { place }: Pick<SeveralScene, 'place'>,
  id: string,
  { render }: Pick<Adapter, 'render'>,
): Message {
  const card: Card = { kind: 'text', title: id, paragraphs: ['Words.'] };
  return { id, destination: place, payload: render(card)[0] ?? null };
}

/** No state of the world is waited for longer. */
const LONGEST_MS = 20_000;

/** Lets everything go on until something is so, without any time passing. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`It never came to that: ${isSo}`);
    await setImmediate();
  }
}
