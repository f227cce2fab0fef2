import { createSlackAdapter } from '../../../adapters/slack/index.ts';
import type { Adapter } from '../../../src/adapter.ts';
import { DAY_MS } from '../../../src/domain/calendar.ts';
import { type Destination, directTo } from '../../../src/domain/feed.ts';
import { DeliveryThrottledError } from '../../../src/errors.ts';
import { silentLog } from '../../../src/log.ts';
import {
  type AdapterBench,
  type AdapterSubject,
  type Fault,
  type Operation,
  RETRY_AFTER_MS,
} from '../../contracts/adapter.ts';
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts';
import { type Front, openFront } from '../../fakes/front.ts';
import {
  type Channel,
  type FakeSlack,
  type Fault as SlackFault,
  startSlack,
  USUAL_SCOPES,
} from '../../fakes/slack/index.ts';
import { checkInert } from '../../slack-checks/inert.ts';
import { readShown, readText } from '../../slack-checks/shown.ts';
import { createMemoryInstallations } from './installing/memory-installations.ts';

/** One Slack for many benches, each with a channel and a member of its own. */
export interface SlackSite {
  fake: FakeSlack;
  front: Front;
  clock: FakeClock;
}

/** `mayLook`: the installation may read messages. */
export async function openSlackSite(mayLook: boolean): Promise<SlackSite> {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  const history = mayLook ? ['channels:history', 'groups:history', 'im:history'] : [];
  const fake = await startSlack({ clock, limits: false, scopes: [...USUAL_SCOPES, ...history] });
  const front = await openFront(Number(new URL(fake.apiUrl).port));
  return { fake, front, clock };
}

export async function closeSlackSite({ fake, front }: SlackSite): Promise<void> {
  await front.stop();
  await fake.stop();
}

/** The faults of the contract as Slack has them. */
const FAULTS: Readonly<Record<Exclude<Fault, 'not-arrived'>, SlackFault>> = {
  throttled: { kind: 'throttle', retryAfterMs: RETRY_AFTER_MS },
  'request-lost': { kind: 'reset-before' },
  'answer-lost': { kind: 'reset-after' },
  forbidden: { kind: 'error', error: 'not_in_channel' },
  gone: { kind: 'error', error: 'channel_not_found' },
  rejected: { kind: 'error', error: 'invalid_blocks' },
  hang: { kind: 'hang-before' },
};

const METHODS = {
  send: 'chat.postMessage',
  find: 'conversations.history',
  edit: 'chat.update',
} as const satisfies Record<Operation, string>;

/** The Slack adapter as the contract suite sees it; `site` is asked for when a case begins. */
export function slackSubject(name: string, mayLook: boolean, site: () => SlackSite): AdapterSubject {
  return {
    name,
    cannot: {
      repeat: 'Slack compares nothing',
      ...(mayLook ? {} : { find: 'the installation may not read messages' }),
    },
    create: () => createBench(site()),
  };
}

function createBench({ fake, front, clock }: SlackSite): AdapterBench {
  clock.advance(DAY_MS);
  fake.skew(0);
  fake.mend();
  fake.forget();
  const channel = fake.addChannel({ name: 'papers' });
  const member = fake.addPerson({ name: 'Ada' });
  const { team } = fake;
  const destination: Destination = { platform: 'slack', workspace: team.id, channel: channel.id };
  const isDown = createDown(front, clock);
  const installations = createMemoryInstallations();
  const create = (): Adapter =>
    isDown.at(
      createSlackAdapter({
        apiUrl: `http://127.0.0.1:${front.port}/api/`,
        hearing: { kind: 'socket', appToken: fake.appToken },
        tokens: { kind: 'one', botToken: fake.botToken },
        installations,
        route: () => {},
        clock,
        log: silentLog,
      }),
    );
  const seen = (operation: Operation) => fake.count(METHODS[operation]);
  const posted = (at?: Destination) => placesAt(at).flatMap((place) => fake.messages(place));

  function placesAt(at?: Destination): Channel[] {
    if (at && at.channel === directTo(destination, member.id).channel) return [member.dm()];
    return at ? [channel] : [channel, member.dm()];
  }

  return {
    adapter: create(),
    restarted: create,
    destination,
    member: member.id,
    installer: undefined,
    pageSize: 200,
    now: clock.now,
    skew: (byMs) => fake.skew(byMs),
    calls: (operation = 'send') => seen(operation) + isDown.count(operation),
    failNext(fault, operation = 'send') {
      if (fault === 'not-arrived') isDown.next(operation);
      else fake.fail(METHODS[operation], FAULTS[fault], { times: 1 });
    },
    shown: () => posted().flatMap(readShown),
    text: (at) => posted(at).map(readText).join(' '),
    assertInert() {
      const acting = posted().flatMap(({ text, blocks }) => checkInert({ text, blocks }));
      if (acting.length > 0) throw new Error(acting.join('\n'));
    },
  };
}

/** Takes the network away for the next call of an operation, and waits as the line does where Slack asks for a rest. */
function createDown(front: Front, clock: FakeClock) {
  const due: Operation[] = [];
  const failures: Operation[] = [];

  async function call<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    if (due[0] !== operation) return await work().catch(rest);
    due.shift();
    failures.push(operation);
    await front.down();
    return await work().finally(front.up);
  }

  function rest(error: unknown): never {
    if (error instanceof DeliveryThrottledError) clock.advance(error.retryAfterMs);
    throw error;
  }

  return {
    next: (operation: Operation) => void due.push(operation),
    count: (operation: Operation) => failures.filter((one) => one === operation).length,
    at: (adapter: Adapter): Adapter => ({
      ...adapter,
      send: (message, signal) => call('send', () => adapter.send(message, signal)),
      find: (message, sinceAt, signal) => call('find', () => adapter.find(message, sinceAt, signal)),
      edit: (message, signal) => call('edit', async () => await adapter.edit?.(message, signal)),
    }),
  };
}
