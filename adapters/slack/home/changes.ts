import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import { whatOf } from '../../../src/domain/subscription.ts';
import type { Caller } from '../answering/caller.ts';
import { hearing, partOf, sentenceOf } from '../forms/replies.ts';
import { markOf } from './follow-blocks.ts';
import { followingSchema, type HomeFollowing } from './schema.ts';
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
  tell(caller: Caller, command: string, options: Invocation['options']): Promise<string | undefined>;
}

/** As many as one command takes. */
const MOST_AT_ONCE = 25;
const problemsSchema = z.object({ problems: z.array(z.string()) });

export function createChanges({ host, clock }: ChangesDependencies): Changes {
  /** Carries out what may take several commands, and adds what the member must be told by the way. */
  async function listen(caller: Caller, work: (run: Run) => Promise<string | undefined>) {
    const heard = hearing(host, caller.locale);
    const sentence = await work((command, options = {}) =>
      heard.run({ command, options, ...caller, at: clock.now() }),
    );
    const told = [sentence, heard.aside()].filter((one) => one !== undefined);
    return told.length > 0 ? told.join(' ') : undefined;
  }

  return {
    give: (caller, command, options) => listen(caller, async (run) => problemOf(await run(command, options))),
    tell: (caller, command, options) =>
      listen(caller, async (run) => sentenceOf(await run(command, options))),
    tick: (caller, ticked) =>
      listen(caller, async (run) => {
        const found = partOf(await run('following'), followingSchema, caller.locale);
        return 'sentence' in found ? found.sentence : await tick(ticked, found.data, run);
      }),
    unfollow: (caller, mark) =>
      listen(caller, async (run) => {
        const found = partOf(await run('following'), followingSchema, caller.locale);
        if ('sentence' in found) return found.sentence;
        const meant = found.data.subscriptions.find((one) => markOf(one) === mark);
        return meant && problemOf(await run('unfollow', { what: whatOf(meant) }));
      }),
  };
}

type Run = (command: string, options?: Invocation['options']) => Promise<Reply>;

/** What is followed already, or no longer, is let be: the same may be told twice. */
async function tick(
  { follow, unfollow }: Ticked,
  { subscriptions }: HomeFollowing,
  run: Run,
): Promise<string | undefined> {
  const followed = subscriptions.flatMap(({ kind, key }) => (kind === 'topic' ? [key] : []));
  const wanted = follow.filter((slug) => !followed.includes(slug)).slice(0, MOST_AT_ONCE);
  const told: (string | undefined)[] = [];
  for (const what of unfollow.filter((slug) => followed.includes(slug)))
    told.push(problemOf(await run('unfollow', { what })));
  if (wanted.length > 0) told.push(problemOf(await run('follow', { what: wanted.join(',') })));
  const problems = told.filter((problem) => problem !== undefined);
  return problems.length > 0 ? problems.join(' ') : undefined;
}

/** What of it could not be done; undefined for nothing. */
function problemOf(reply: Reply): string | undefined {
  if (reply.outcome !== 'done') return sentenceOf(reply);
  const problems = problemsSchema.safeParse(reply.data).data?.problems ?? [];
  return problems.length > 0 ? problems.join(' ') : undefined;
}
