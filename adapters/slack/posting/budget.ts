import type { Rate } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/calendar.ts';
import type { Destination } from '../../../src/domain/feed.ts';
import { createRecent } from '../../../src/domain/recent.ts';
import { createInterval, createPace, type Pace } from '../../../src/pace.ts';
import type { Question } from './ask.ts';
import { createRests } from './rests.ts';

/**
 * Slack takes about one message a second in a channel, and "several hundred a minute" in a workspace
 * (docs.slack.dev/apis/web-api/rate-limits, 2026-11-23).
 */
const MESSAGE_EVERY_MS = SECOND_MS;
const MESSAGES_PER_MINUTE = 290;
/**
 * Ours, as Slack sets none over all workspaces: each message that is out is followed by work for the next one, and as many
 * at once as there are workspaces would keep whoever presses a button waiting.
 */
const MESSAGES_PER_SECOND = 50;

/**
 * Methods of which many may be asked at once by work of ours, each below its tier ("50+ a minute", tier 3). All others
 * follow what a person does and leave at once.
 */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.update': 45,
  'reactions.add': 45,
  'reactions.get': 45,
};
/** Of these so many may leave at once: a panel has 20 emoji, and somebody waits for them. */
const AT_ONCE = 20;
/** Paces that are remembered; one that nobody has used for a minute holds nothing back. */
const MOST_PACES = 20_000;

/**
 * The paces of messages that all processes of one app share, by Slack's own counting: "no more than one message per second per
 * channel" and "several hundred messages per minute" in a workspace, of which ours are 290, evenly; threads are their
 * channel's, and a member's direct messages are a channel (docs.slack.dev/apis/web-api/rate-limits, 2026-11-23). Over all
 * workspaces together Slack sets none.
 */
export function ratesOf({ workspace, channel }: Pick<Destination, 'workspace' | 'channel'>): Rate[] {
  return [
    { key: `slack:${workspace}:${channel}`, everyMs: MESSAGE_EVERY_MS },
    { key: `slack:${workspace}`, everyMs: Math.ceil(MINUTE_MS / MESSAGES_PER_MINUTE) },
  ];
}

/** What Slack lets us ask, by method, workspace and channel. */
export interface Budget {
  /** Waits until it may leave. Rejects with the signal's reason. */
  turn(question: Question): Promise<void>;
  /** How long Slack wants to be left alone with this method in this workspace; 0 for not at all. */
  restMs(question: Question): number;
  /** It asked to be left alone so long. */
  rest(question: Question, durationMs: number): void;
}

export function createBudget({ clock }: { clock: Clock }): Budget {
  const all = createPace({ limit: MESSAGES_PER_SECOND, windowMs: SECOND_MS, clock });
  const channels = remembered(() => createInterval({ everyMs: MESSAGE_EVERY_MS, clock }));
  const workspaces = remembered(() => createPace({ limit: MESSAGES_PER_MINUTE, windowMs: MINUTE_MS, clock }));
  const methods = new Map(
    Object.entries(PER_MINUTE).map(([method, limit]) => [
      method,
      remembered(() => createPace({ limit, windowMs: MINUTE_MS, atOnce: AT_ONCE, clock })),
    ]),
  );
  const rests = createRests<undefined>(clock);

  function restMs(question: Question): number {
    return rests.of(keyOf(question))?.leftMs ?? 0;
  }

  return {
    async turn({ method, workspace, channel, signal }) {
      if (method === 'chat.postMessage') {
        await channels(`${workspace} ${channel}`)(signal);
        await workspaces(workspace)(signal);
        await all(signal);
      } else await methods.get(method)?.(workspace)(signal);
    },
    restMs,
    rest(question, durationMs) {
      // A shorter one that is told later does not end the longer one.
      if (durationMs > restMs(question)) rests.begin(keyOf(question), undefined, durationMs);
    },
  };
}

/** Slack counts by method and workspace. */
function keyOf({ method, workspace }: Question): string {
  return `${method} ${workspace}`;
}

/** One pace a key, made when it is first asked for; the one unused for longest goes. */
function remembered(make: () => Pace): (key: string) => Pace {
  const known = createRecent<Pace>(MOST_PACES);
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const pace = make();
    known.put(key, pace);
    return pace;
  };
}
