import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { createTurns } from '../../../src/domain/turns.ts';
import { textsFor } from '../../../src/texts/index.ts';
import { anybody, type CallerIds, callerOf } from '../answering/caller.ts';
import type { Ask } from '../posting/ask.ts';
import { patiently } from '../posting/patience.ts';
import type { Places } from '../posting/places.ts';
import { readHome } from './read.ts';
import { renderHome } from './render.ts';

export interface PublishingDependencies {
  host: Host;
  places: Places;
  ask: Ask;
  clock: Clock;
}

/** What a Home tab shows beside what there is. */
export interface Wish {
  /** What became of a press, as a sentence. */
  notice?: string | undefined;
  /** Of the saved papers; from 1. */
  page?: number;
}

/** Shows members their Home tabs, one after the other for each. Errors: those of `Ask`, and `StoreError`. */
export interface Publishing {
  /** It is looked at: what is being shown just now is new enough. */
  opened(ids: CallerIds): Promise<void>;
  /** Something changed: what there is from now on is shown, once for all that changed meanwhile. */
  changed(ids: CallerIds, wish: Wish): Promise<void>;
}

interface Waiting {
  wish: Wish;
  done: Promise<void>;
}

/** Slack takes 20 tabs a minute and more (docs.slack.dev/reference/methods/views.publish); a rest is short. */
const PATIENCE = { mostPauses: 2, longestPauseMs: Number.POSITIVE_INFINITY } as const;

export function createPublishing({ host, places, ask, clock }: PublishingDependencies): Publishing {
  const turns = createTurns();
  const waiting = new Map<string, Waiting>();
  const newest = new Map<string, Promise<void>>();

  function show(ids: CallerIds, wish: Wish): Promise<void> {
    const key = `${ids.team} ${ids.user}`;
    const next: Waiting = { wish, done: Promise.resolve() };
    waiting.set(key, next);
    next.done = turns.run(key, async () => {
      waiting.delete(key);
      await publish(ids, next.wish);
    });
    const { done } = next;
    const forget = () => void (newest.get(key) === done && newest.delete(key));
    newest.set(key, done);
    done.then(forget, forget);
    return done;
  }

  async function publish(ids: CallerIds, { notice, page = 1 }: Wish): Promise<void> {
    // Who cannot be asked about is shown what anybody is.
    const caller = await callerOf(ids, places).catch(() => anybody(ids));
    const data = await readHome(caller, page, { host, clock });
    const frame = { stamp: clock.now(), ...(notice === undefined ? {} : { notice }) };
    const view = renderHome(data, frame, textsFor(caller.locale)) as unknown as Json;
    const question = {
      method: 'views.publish',
      args: { user_id: ids.user, view },
      workspace: ids.team,
      channel: `@${ids.user}`,
    };
    await patiently(() => ask(question), { ...PATIENCE, clock });
  }

  return {
    opened: (ids) => newest.get(`${ids.team} ${ids.user}`) ?? show(ids, {}),
    async changed(ids, wish) {
      const next = waiting.get(`${ids.team} ${ids.user}`);
      if (!next) return await show(ids, wish);
      next.wish = { ...next.wish, ...wish };
      await next.done;
    },
  };
}
