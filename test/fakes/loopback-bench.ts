import type { Adapter } from '../../src/adapter.ts';
import { addMs, DAY_MS } from '../../src/domain/calendar.ts';
import { type Destination, directTo, type Platform } from '../../src/domain/feed.ts';
import {
  type AdapterBench,
  type AdapterSubject,
  type Operation,
  RETRY_AFTER_MS,
} from '../contracts/adapter.ts';
import { CANNOT, entriesOf, wordsOf } from '../contracts/adapter-memory.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { createLoopbackAdapter, type LoopbackAdapterConfig } from './loopback-adapter.ts';
import { PAGE_SIZE } from './loopback-messages.ts';
import { type LoopbackPlatform, startLoopbackPlatform } from './loopback-platform.ts';
import type { PlatformKind } from './memory-adapter.ts';

/** A platform that serves many benches, each in a workspace of its own, and the address of one that is down. */
export interface LoopbackSite {
  platform: LoopbackPlatform;
  /** Nobody listens there. */
  deadUrl: string;
  /** Ours; the platform's is ahead of it by `skewMs`. */
  clock: FakeClock;
  skewMs: number;
}

export async function openSite(kind: PlatformKind): Promise<LoopbackSite> {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const dead = await startLoopbackPlatform();
  await dead.stop();
  const platform = await startLoopbackPlatform({
    kind,
    retryAfterSeconds: RETRY_AFTER_MS / 1000,
    now: () => addMs(clock.now(), site.skewMs),
  });
  const site: LoopbackSite = { platform, deadUrl: dead.url, clock, skewMs: 0 };
  return site;
}

/** An adapter that speaks to a loopback platform under a name of its own. */
export interface LoopbackSpeaker {
  platform: Platform;
  create(config: LoopbackAdapterConfig & { clock: FakeClock }): Adapter;
}

const LOOPBACK: LoopbackSpeaker = { platform: 'web', create: createLoopbackAdapter };

/** Such an adapter, the loopback one or `speaker`, as the contract suite sees it; `site` is asked for when a case begins. */
export function loopbackSubject(
  kind: PlatformKind,
  site: () => LoopbackSite,
  speaker: LoopbackSpeaker = LOOPBACK,
): AdapterSubject {
  let benches = 0;
  return {
    name: `${speaker === LOOPBACK ? 'loopback' : speaker.platform}, ${kind}`,
    cannot: CANNOT[kind],
    create: () => createBench(kind, speaker, site(), `channel-${++benches}`),
  };
}

function createBench(
  kind: PlatformKind,
  speaker: LoopbackSpeaker,
  site: LoopbackSite,
  channel: string,
): AdapterBench {
  const { platform } = site;
  const destination: Destination = { platform: speaker.platform, workspace: 'workspace', channel };
  const member = `member-of-${channel}`;
  const places = [destination, directTo(destination, member)];
  const posted = (at?: Destination) =>
    platform.messages.filter((one) => (at ? [at] : places).some((place) => place.channel === one.channel));
  const way = createWay(site);
  const config: LoopbackAdapterConfig & { clock: FakeClock } = {
    kind,
    clock: site.clock,
    get url() {
      return way.url();
    },
  };
  const create = () => speaker.create(config);
  // Nonces are the platform's and not a channel's: those of the bench before are to be forgotten.
  site.clock.advance(DAY_MS);
  site.skewMs = 0;
  platform.setInstaller('workspace', 'installer');
  return {
    adapter: create(),
    restarted: create,
    destination,
    member,
    installer: 'installer',
    pageSize: PAGE_SIZE,
    now: site.clock.now,
    skew(byMs) {
      site.skewMs = byMs;
    },
    calls: (operation = 'send') =>
      places
        .map((place) => platform.count({ operation, channel: place.channel }))
        .reduce((sum, count) => sum + count, way.failures(operation)),
    failNext(fault, operation = 'send') {
      if (fault === 'not-arrived') way.failNext(operation);
      else platform.failNext(fault, { operation, channel });
    },
    shown: () => posted().flatMap(({ card }) => entriesOf(card)),
    text: (at) =>
      posted(at)
        .map(({ card }) => wordsOf(card))
        .join(' '),
    // What is kept as data acts on nothing.
    assertInert() {},
  };
}

/** The address that the adapter is given for each call: once it was told to fail, that of a platform that is down. */
function createWay({ platform, deadUrl }: LoopbackSite) {
  const failures: Operation[] = [];
  let next: Operation | undefined;
  return {
    url(): string {
      if (next === undefined) return platform.url;
      failures.push(next);
      next = undefined;
      return deadUrl;
    },
    failNext(operation: Operation): void {
      next = operation;
    },
    failures: (operation: Operation) => failures.filter((one) => one === operation).length,
  };
}
