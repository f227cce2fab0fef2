import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import { whatOf } from '../../../src/domain/subscription.ts';
import type { Caller } from '../answering/caller.ts';
import { partOf, sentenceOf } from '../forms/replies.ts';
import { markOf } from './follow-blocks.ts';
import { followingSchema } from './schema.ts';
import type { Ticked } from './ticks.ts';

export interface ChangesDependencies {
  host: Pick<Host, 'run'>;
  clock: Clock;
}

/** What presses on a Home tab change. Out of each: what to tell the member, where they do not see it anyway. */
export interface Changes {
  tick(caller: Caller, ticked: Ticked): Promise<string | undefined>;
  /** `mark`: of what is unfollowed; see `markOf`. */
  unfollow(caller: Caller, mark: string): Promise<string | undefined>;
  /** A command that says nothing where it did what it should. */
  give(caller: Caller, command: string, options: Invocation['options']): Promise<string | undefined>;
  /** One whose answer is worth reading. */
  tell(caller: Caller, command: string, options: Invocation['options']): Promise<string>;
}

/** As many as one command takes. */
const MOST_AT_ONCE = 25;
const problemsSchema = z.object({ problems: z.array(z.string()) });

export function createChanges({ host, clock }: ChangesDependencies): Changes {
  async function run(caller: Caller, command: string, options: Invocation['options'] = {}): Promise<Reply> {
    return await host.run({ command, options, ...caller, at: clock.now() });
  }

  async function give(caller: Caller, command: string, options: Invocation['options']) {
    const reply = await run(caller, command, options);
    if (reply.outcome !== 'done') return sentenceOf(reply);
    const problems = problemsSchema.safeParse(reply.data).data?.problems ?? [];
    return problems.length > 0 ? problems.join(' ') : undefined;
  }

  return {
    give,
    tell: async (caller, command, options) => sentenceOf(await run(caller, command, options)),
    async tick(caller, { follow, unfollow }) {
      const found = partOf(await run(caller, 'following'), followingSchema, caller.locale);
      if ('sentence' in found) return found.sentence;
      const followed = found.data.subscriptions.flatMap(({ kind, key }) => (kind === 'topic' ? [key] : []));
      const wanted = follow.filter((slug) => !followed.includes(slug)).slice(0, MOST_AT_ONCE);
      const told: (string | undefined)[] = [];
      for (const what of unfollow.filter((slug) => followed.includes(slug)))
        told.push(await give(caller, 'unfollow', { what }));
      if (wanted.length > 0) told.push(await give(caller, 'follow', { what: wanted.join(',') }));
      const sentences = told.filter((sentence) => sentence !== undefined);
      return sentences.length > 0 ? sentences.join(' ') : undefined;
    },
    async unfollow(caller, mark) {
      const found = partOf(await run(caller, 'following'), followingSchema, caller.locale);
      if ('sentence' in found) return found.sentence;
      const meant = found.data.subscriptions.find((one) => markOf(one) === mark);
      return meant && (await give(caller, 'unfollow', { what: whatOf(meant) }));
    },
  };
}
