import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Caller } from '../answering/caller.ts';
import type { Places } from '../posting/places.ts';
import type { FeedForm } from './feed-form.ts';
import { feedSchema, firstValues, valuesOf } from './feed-options.ts';
import { hearing, partOf } from './replies.ts';
import { topicChoices } from './topics.ts';

/** Which form is opened. */
export type FormKind = { kind: 'add' } | { kind: 'edit'; id: string };

export interface FirstFormDependencies {
  host: Pick<Host, 'run'>;
  places: Pick<Places, 'channel' | 'member'>;
  clock: Clock;
}

const statusesSchema = z.array(z.object({ feed: feedSchema }));

/** What a form shows when it is opened; or why there is none, as a sentence. */
export async function firstForm(
  caller: Caller,
  form: FormKind,
  dependencies: FirstFormDependencies,
): Promise<FeedForm | { sentence: string }> {
  const say = textsFor(caller.locale).host;
  if (!caller.member.isManager)
    return { sentence: say.managersOnly(form.kind === 'add' ? 'feed add' : 'feed edit') };
  const host = hearing(dependencies.host, caller.locale);
  const heard = { ...dependencies, host };
  const made =
    form.kind === 'add' ? await formToAdd(caller, heard) : await formToEdit(caller, form.id, heard);
  return { ...made, aside: host.aside() };
}

async function formToAdd(caller: Caller, { host, places, clock }: FirstFormDependencies): Promise<FeedForm> {
  const { place, member } = caller;
  const [channel, known, topics] = await Promise.all([
    presetChannel(caller, places),
    places.member(place.workspace, member.id).catch(() => undefined),
    topicChoices(host, caller, clock.now()),
  ]);
  const zone = known?.zone;
  const values = firstValues({ ...(channel ? { channel } : {}), ...(zone ? { zone } : {}) });
  return { about: { channel: place.channel }, values, topics };
}

async function formToEdit(
  caller: Caller,
  id: string,
  { host, clock }: FirstFormDependencies,
): Promise<FeedForm | { sentence: string }> {
  const [reply, topics] = await Promise.all([
    host.run({ command: 'feed list', options: {}, ...caller, at: clock.now() }),
    topicChoices(host, caller, clock.now()),
  ]);
  const listed = partOf(reply, statusesSchema, caller.locale);
  if ('sentence' in listed) return listed;
  const feed = listed.data.find((one) => one.feed.id === id)?.feed;
  if (!feed) return { sentence: textsFor(caller.locale).feed.noFeed(id) };
  const values = { channel: feed.destination.channel, ...valuesOf(feed) };
  return { about: { channel: caller.place.channel, id }, values, topics };
}

/**
 * The channel where the form is opened. Not one that everybody is in: nobody is to post to all of a workspace by not
 * looking. One that cannot be asked about just now is left to be chosen.
 */
async function presetChannel(
  { place }: Caller,
  places: Pick<Places, 'channel'>,
): Promise<string | undefined> {
  if (!/^[CG]/.test(place.channel)) return undefined;
  const channel = await places.channel(place.workspace, place.channel).catch(() => undefined);
  const isFit = channel?.kind === 'public' || channel?.kind === 'private';
  return channel && isFit && !channel.isGeneral && !channel.isArchived ? channel.id : undefined;
}
