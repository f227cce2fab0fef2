import { isTimeOfDay, isZone } from '../../../src/domain/calendar.ts';
import { FEED_DEFAULTS } from '../../../src/domain/feed.ts';
import { MAX_SUBSCRIPTIONS, whatOf } from '../../../src/domain/subscription.ts';
import { BUILT_IN_TOPICS } from '../../../src/domain/topic.ts';
import { MAIL_LISTINGS, type MailOrder } from '../../../src/subscribers.ts';
import { readAddress } from './address.ts';
import type { Fields } from './answers.ts';

type OrderedInterest = MailOrder['interests'][number];

/** The fields of the form about which something can be wrong. */
export type Field = 'address' | 'listing' | 'time' | 'zone' | 'about';
/** A sentence beside each field that is wrong. */
export type Faults = Partial<Record<Field, string>>;

/** What stands in the form, as it was typed or as it is kept. */
export interface Filled {
  /** Absent where it is not asked for. */
  address?: string;
  listing: string;
  time: string;
  zone: string;
  /** Of what can be chosen, as `follow` takes it: `agents`, `author:Ada Lovelace`. */
  about: readonly string[];
}

/** What the form shows at first. */
export const EMPTY: Filled & { address: string } = {
  address: '',
  listing: FEED_DEFAULTS.listing,
  time: FEED_DEFAULTS.time,
  zone: FEED_DEFAULTS.zone,
  about: [],
};

/** What can be chosen: the built-in topics, and what somebody follows beside them. */
export function choicesFor(followed: readonly OrderedInterest[] = []): OrderedInterest[] {
  const topics = BUILT_IN_TOPICS.map(({ slug, name }) => ({
    kind: 'topic' as const,
    key: slug,
    label: name,
  }));
  const known = new Set(topics.map(whatOf));
  return [...topics, ...followed.filter((one) => !known.has(whatOf(one)))];
}

/** The form as it shows an order. */
export function filledBy({ listing, time, zone, interests }: MailOrder): Filled {
  return { listing, time, zone, about: interests.map(whatOf) };
}

/** The form as it was sent. */
export function filledIn(fields: Fields): Filled & { address: string } {
  return {
    address: fields.first('address').trim(),
    listing: fields.first('listing'),
    time: fields.first('time').trim(),
    zone: fields.first('zone').trim(),
    about: fields.all('about'),
  };
}

/** The order that a form asks for, out of what can be chosen; or what is wrong with it. */
export function readOrder(
  { listing, time, zone, about }: Filled,
  choices: readonly OrderedInterest[],
): { order: MailOrder } | { faults: Faults } {
  const known = MAIL_LISTINGS.find((one) => one === listing);
  const interests = choices.filter((one) => about.includes(whatOf(one)));
  const faults: Faults = {
    ...(known ? {} : { listing: 'Choose one of these lists.' }),
    ...(isTimeOfDay(time) ? {} : { time: 'This is no time of day. Write it as HH:MM, for example 08:00.' }),
    ...(isZone(zone) ? {} : { zone: 'This is no time zone. Give one such as Europe/Berlin or UTC.' }),
    ...(interests.length <= MAX_SUBSCRIPTIONS ? {} : { about: `Choose at most ${MAX_SUBSCRIPTIONS}.` }),
  };
  if (!known || Object.keys(faults).length > 0) return { faults };
  return { order: { listing: known, time, zone, interests } };
}

/** The address that a form names; or what is wrong with it, whoever has it. */
export function readWhere({ address = '' }: Filled): { address: string } | { faults: Faults } {
  const read = readAddress(address);
  if (read !== undefined) return { address: read };
  return {
    faults: { address: 'This is no e-mail address. Give one such as ada@example.org, without a name.' },
  };
}
