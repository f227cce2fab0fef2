import type { DigestSettings, FeedStatus, Following } from '../src/abilities.ts';
import type { Command, Invocation } from '../src/command.ts';
import { isTimeOfDay, isZone } from '../src/domain/calendar.ts';
import type { CardAction } from '../src/domain/card.ts';
import { isUndecided } from '../src/domain/delivery.ts';
import { MAX_LIMIT } from '../src/domain/feed.ts';
import { memberAt } from '../src/domain/member.ts';
import { CommandError } from '../src/errors.ts';
import { answer, text } from './cards.ts';
import { slotText } from './feed/rows.ts';
import { digestText } from './follow.ts';

const EVERY = ['daily', 'weekly', 'never'] as const;

export const following: Command = {
  name: 'following',
  summary: 'Show what you follow; set when your digest comes',
  options: [
    { name: 'every', summary: 'How often it comes', type: 'text', choices: EVERY },
    { name: 'time', summary: 'When, as HH:MM in your zone', type: 'text' },
    { name: 'zone', summary: 'Your time zone, such as Europe/Berlin', type: 'text' },
    { name: 'with-edition', summary: 'With the daily edition of this channel', type: 'flag' },
    {
      name: 'limit',
      summary: `The most papers of each list, 1 to ${MAX_LIMIT}`,
      type: 'integer',
      min: 1,
      max: MAX_LIMIT,
    },
    {
      name: 'undelivered',
      summary: 'Send again what may not have arrived, or let it be',
      type: 'text',
      choices: ['resend', 'dismiss'],
    },
  ],
  audience: 'member',
  example: 'following',
  async run(invocation, { people }) {
    const { place, member } = invocation;
    const { undelivered: decision } = invocation.options;
    if (decision === 'resend' || decision === 'dismiss') await people.decide(place, member.id, decision);
    const settings = readDigest(invocation);
    const isSet = Object.keys(settings).length > 0;
    const changed = isSet ? await people.setDigest(place, member.id, settings) : undefined;
    if (isSet && !changed)
      throw new CommandError('You have no digest yet: "follow" something first, for example agents.');
    const found = await people.following(memberAt(place, member.id));
    const card = text(isSet ? 'Your digest is set' : 'What you follow', words(found), rows(found));
    return answer([{ ...card, actions: actionsFor(found) }], found);
  },
};

function readDigest({ options }: Invocation): DigestSettings {
  const { every, time, zone, limit } = options;
  if (time !== undefined && !isTimeOfDay(String(time)))
    throw new CommandError(`"${time}" is not a time of day. Write it as HH:MM, for example 08:00.`);
  if (zone !== undefined && !isZone(String(zone)))
    throw new CommandError(`"${zone}" is not a time zone. Give one such as Europe/Berlin or UTC.`);
  const withEdition = options['with-edition'] === true;
  if (withEdition && (time !== undefined || zone !== undefined))
    throw new CommandError('Give either a time of your own or with-edition, not both.');
  return {
    ...(every === undefined ? {} : { every: String(every) as (typeof EVERY)[number] }),
    ...(time === undefined ? {} : { time: String(time) }),
    ...(zone === undefined ? {} : { zone: String(zone) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(withEdition ? { withEdition: true } : {}),
  };
}

function words({ subscriptions, digest }: Following): string[] {
  if (subscriptions.length === 0)
    return ['You follow nothing. "follow agents" begins; "topics list" shows what there is.'];
  return digest ? [digestText(digest), ...undelivered(digest)] : [];
}

function actionsFor({ digest }: Following): CardAction[] {
  if (!digest?.openDeliveries.some(isUndecided)) return [];
  return [
    { label: 'Resend', command: 'following', options: { undelivered: 'resend' } },
    { label: 'Dismiss', command: 'following', options: { undelivered: 'dismiss' } },
  ];
}

/** Of a digest that may not have arrived the member decides themselves. */
function undelivered({ openDeliveries }: FeedStatus): string[] {
  const undecided = openDeliveries.filter(isUndecided);
  return undecided.map(({ slotId, reason }) => `Your digest ${slotId} may not have arrived. ${reason ?? ''}`);
}

function rows({ subscriptions, digest }: Following): { name: string; value: string }[] {
  const followed = subscriptions.map(({ kind, label, followedAt }) => ({
    name: label,
    value: `${kind}, since ${followedAt.slice(0, 10)}`,
  }));
  const last = digest?.lastSlot ? [{ name: 'Last digest', value: slotText(digest.lastSlot) }] : [];
  return [...followed, ...last];
}
