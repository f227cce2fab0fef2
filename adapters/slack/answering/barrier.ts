import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Places } from '../posting/places.ts';
import type { Asked } from './asked.ts';
import type { Caller } from './caller.ts';

/** What keeps a command from where it wants to post. */
export interface Barrier {
  /** With the mend. */
  sentence: string;
  /** The public channel that joining opens. */
  joinable?: string;
  /** It is done all the same for whoever says so once more. */
  isPassable?: true;
}

export interface BarrierDependencies {
  host: Pick<Host, 'run'>;
  places: Pick<Places, 'channel'>;
  clock: Clock;
  /** The caller was told that everybody reads the channel, and means it. */
  isMeant?: boolean;
}

/** Where a command wants to post. */
interface Target {
  channel: string;
  /** Nobody has named it: it is only where the command was given. */
  isUnsaid?: true;
  /** The command itself does not look whether it may post there. */
  isUnchecked?: true;
}

const statusSchema = z.object({
  feed: z.object({ id: z.string(), destination: z.object({ channel: z.string() }) }),
});

/** The feed that a command is about, as `feed show` finds it; undefined where it finds none, or several. */
export async function feedOf(
  { options: { id } }: Asked,
  caller: Caller,
  { host, clock }: Pick<BarrierDependencies, 'host' | 'clock'>,
  signal: AbortSignal,
): Promise<{ id: string; channel: string } | undefined> {
  const options = id === undefined ? {} : { id };
  const { data } = await host.run({ command: 'feed show', options, ...caller, at: clock.now(), signal });
  const { data: status } = statusSchema.safeParse(data);
  return status && { id: status.feed.id, channel: status.feed.destination.channel };
}

/**
 * What keeps a manager's command from its channel; undefined where nothing does, and where the command says it itself.
 * What Slack does not tell just now is left to the command.
 */
export async function barrierOf(
  asked: Asked,
  caller: Caller,
  dependencies: BarrierDependencies,
  signal: AbortSignal,
): Promise<Barrier | undefined> {
  if (!caller.member.isManager) return undefined;
  const target = await targetOf(asked, caller, dependencies, signal);
  // Of direct messages Slack tells nothing, and nobody is invited into them.
  if (!target || !/^[CG]/.test(target.channel)) return undefined;
  const { slack: say, slackAnswers } = textsFor(caller.locale);
  const look = dependencies.places.channel(caller.place.workspace, target.channel, signal);
  const seen = await look.then((channel) => ({ channel })).catch(() => undefined);
  if (!seen) return undefined;
  const { channel } = seen;
  if (channel?.isGeneral && target.isUnsaid && !dependencies.isMeant) {
    const { general, generalPanel } = slackAnswers;
    // A panel can be posted nowhere but where it is asked for.
    if (asked.command === 'topics panel') return { sentence: generalPanel(channel.name), isPassable: true };
    return { sentence: general(channel.name) };
  }
  if (channel?.kind === 'public' && !channel.isMember && !channel.isArchived)
    return { sentence: say.invite, joinable: channel.id };
  if (!target.isUnchecked) return undefined;
  if (!channel) return { sentence: say.hidden };
  if (channel.isArchived) return { sentence: say.archived };
  return channel.isMember ? undefined : { sentence: say.invitePrivate };
}

async function targetOf(
  asked: Asked,
  caller: Caller,
  dependencies: BarrierDependencies,
  signal: AbortSignal,
): Promise<Target | undefined> {
  const {
    command,
    options: { channel },
  } = asked;
  switch (command) {
    case 'topics panel':
      return { channel: caller.place.channel, isUnsaid: true, isUnchecked: true };
    case 'feed add':
      if (channel === undefined) return { channel: caller.place.channel, isUnsaid: true };
      return { channel: String(channel) };
    case 'feed edit':
      return channel === undefined ? undefined : { channel: String(channel) };
    case 'feed resume':
      return await feedOf(asked, caller, dependencies, signal);
    default:
      return undefined;
  }
}
