import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import { type Caller, type CallerIds, callerOf } from '../answering/caller.ts';
import type { Places } from '../posting/places.ts';
import { type FormAbout, readAbout } from './about.ts';
import { changesOf, type FormValues, feedSchema, readValues, valuesOf } from './feed-options.ts';
import type { GivenView } from './incoming.ts';
import { hearing, partOf, sentenceOf } from './replies.ts';

/** A form as it was sent. */
export interface Sent {
  caller: Caller;
  about: FormAbout;
  view: Pick<GivenView, 'id'>;
  values: FormValues;
}

/** Reads a form as somebody sends it. Errors: those of `callerOf`. */
export async function sentBy(ids: CallerIds, view: GivenView, places: Places): Promise<Sent> {
  const about = readAbout(view.private_metadata);
  const given = await callerOf(ids, places);
  const caller = { ...given, place: { ...given.place, channel: about.channel } };
  return { caller, about, view, values: readValues(view.state?.values ?? {}) };
}

/** What becomes of it; `aside`: what the member must be told by the way. */
export type Outcome =
  | { kind: 'done'; reply: Reply; aside: string | undefined }
  /** Nothing was saved; `option` is at fault, where one is. */
  | { kind: 'refused'; sentence: string; option?: string; canJoin?: boolean; aside?: string | undefined };

export interface SubmissionDependencies {
  host: Pick<Host, 'run'>;
  places: Pick<Places, 'channel'>;
  clock: Clock;
}

const statusesSchema = z.array(z.object({ feed: feedSchema }));

/** Saves what a form says, once however often it is sent, in whatever process. */
export type Submit = (sent: Sent) => Promise<Outcome>;

export function createSubmit({ host, places, clock }: SubmissionDependencies): Submit {
  return async (sent) => {
    const { caller, about, view, values } = sent;
    const heard = hearing(host, caller.locale);
    const give = (command: string, options: Invocation['options']) =>
      heard.run({ command, options, ...caller, key: keyOf(caller, view), at: clock.now() });
    const reply =
      about.id === undefined
        ? await give('feed add', values)
        : await change(about.id, values, await give('feed list', {}), give);
    const aside = heard.aside();
    if (reply.outcome === 'done') return { kind: 'done', reply, aside };
    const { option } = reply;
    const mayBeTheChannel = option === undefined || option === 'channel';
    return {
      kind: 'refused',
      sentence: sentenceOf(reply),
      ...(option === undefined ? {} : { option }),
      canJoin: mayBeTheChannel && (await canJoin(sent, places)),
      aside,
    };
  };
}

/** A form keeps its view while it is refused and sent again; one that was saved makes way for another view. */
function keyOf({ place }: Caller, { id }: Sent['view']): string {
  return `slack-form:${place.workspace}:${id}`;
}

/** Of a feed only what was changed: what the form has no room for stays. */
async function change(
  id: string,
  values: FormValues,
  listed: Reply,
  give: (command: string, options: Invocation['options']) => Promise<Reply>,
): Promise<Reply> {
  const known = partOf(listed, statusesSchema, undefined);
  const feed = 'data' in known ? known.data.find((one) => one.feed.id === id)?.feed : undefined;
  const before = feed ? { channel: feed.destination.channel, ...valuesOf(feed) } : {};
  const changes = changesOf(before, values);
  return await give(Object.keys(changes).length > 0 ? 'feed edit' : 'feed show', { id, ...changes });
}

/** The bot is not in a public channel, which may be all that kept it from being saved. */
async function canJoin({ caller, values }: Sent, places: Pick<Places, 'channel'>): Promise<boolean> {
  if (values.channel === undefined) return false;
  const { workspace } = caller.place;
  const channel = await places.channel(workspace, String(values.channel)).catch(() => undefined);
  return channel?.kind === 'public' && !channel.isMember && !channel.isArchived;
}
