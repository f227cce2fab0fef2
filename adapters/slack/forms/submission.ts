import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation, Reply } from '../../../src/command.ts';
import { MINUTE_MS } from '../../../src/domain/calendar.ts';
import { StoreError } from '../../../src/errors.ts';
import { textsFor } from '../../../src/texts/index.ts';
import type { Caller } from '../answering/caller.ts';
import type { Places } from '../posting/places.ts';
import type { FormAbout } from './about.ts';
import { changesOf, type FormValues, feedSchema, valuesOf } from './feed-options.ts';
import type { GivenView } from './incoming.ts';
import { hearing, partOf, sentenceOf } from './replies.ts';

/** A form as it was sent. */
export interface Sent {
  caller: Caller;
  about: FormAbout;
  view: Pick<GivenView, 'id' | 'hash'>;
  values: FormValues;
}

/** What becomes of it; `aside`: what the member must be told by the way. */
export type Outcome =
  | { kind: 'done'; reply: Reply; aside: string | undefined }
  /** Nothing was saved; `option` is at fault, where one is. */
  | { kind: 'refused'; sentence: string; option?: string; canJoin?: boolean; aside?: string | undefined }
  /** It was sent before. */
  | { kind: 'repeated' };

export interface SubmissionDependencies {
  host: Pick<Host, 'run' | 'isFirst'>;
  places: Pick<Places, 'channel'>;
  clock: Clock;
}

/** What is sent twice is sent within seconds: by a second press, or by Slack to a second process. */
const REPEATED_WITHIN_MS = 10 * MINUTE_MS;
/** Forms that were refused lately: each may be sent again as it is. */
const MOST_REFUSED = 1000;
const statusesSchema = z.array(z.object({ feed: feedSchema }));

/** Saves what a form says, once however often it is sent. */
export type Submit = (sent: Sent) => Promise<Outcome>;

export function createSubmit(dependencies: SubmissionDependencies): Submit {
  const saving = new Map<string, Promise<Outcome>>();
  const refused = new Set<string>();

  async function saveOnce(sent: Sent, key: string): Promise<Outcome> {
    const isFirst =
      refused.delete(key) || (await dependencies.host.isFirst(`slack-form:${key}`, REPEATED_WITHIN_MS));
    if (!isFirst) return { kind: 'repeated' };
    const outcome = await save(sent, dependencies);
    if (outcome.kind === 'refused') {
      if (refused.size >= MOST_REFUSED) refused.clear();
      refused.add(key);
    }
    return outcome;
  }

  return async (sent) => {
    const key = keyOf(sent);
    const saved = saving.get(key) ?? saveOnce(sent, key);
    saving.set(key, saved);
    try {
      return await saved;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return { kind: 'refused', sentence: textsFor(sent.caller.locale).host.storeClosed };
    } finally {
      saving.delete(key);
    }
  };
}

async function save(sent: Sent, { host, places, clock }: SubmissionDependencies): Promise<Outcome> {
  const { caller, about, values } = sent;
  const heard = hearing(host, caller.locale);
  const give = (command: string, options: Invocation['options']) =>
    heard.run({ command, options, ...caller, at: clock.now() });
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

/** Names a form as it was sent: the view as it was last shown, and what stood in it. */
function keyOf({ view, values, caller }: Sent): string {
  const said = JSON.stringify([caller.place.workspace, caller.member.id, view.hash, values]);
  return `${view.id}:${createHash('sha256').update(said).digest('hex').slice(0, 24)}`;
}
