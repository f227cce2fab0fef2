import { z } from 'zod';
import type { OptionValue } from '../../../src/command.ts';
import { WEEKDAYS } from '../../../src/domain/calendar.ts';
import { FEED_DEFAULTS, FEED_LISTINGS } from '../../../src/domain/feed.ts';
import type { Field, State } from './incoming.ts';

/** The options of `feed add` that the form has a field for, in the order of the fields. */
export const FORM_OPTIONS = [
  'channel',
  'time',
  'zone',
  'listing',
  'days',
  'topics',
  'limit',
  'layout',
  'include',
  'exclude',
  'code-only',
  'min-votes',
  'refresh-hours',
] as const;
export type FormOption = (typeof FORM_OPTIONS)[number];

/**
 * What stands in the form, as the commands take it: lists joined by commas, in one order; empty for none. A field that is
 * not in the form, or in which nothing can stand, has no value.
 */
export type FormValues = Partial<Readonly<Record<FormOption, OptionValue>>>;

/** What is read of a feed. */
export const feedSchema = z.object({
  id: z.string(),
  destination: z.object({ channel: z.string() }),
  listing: z.enum(FEED_LISTINGS),
  time: z.string(),
  zone: z.string(),
  days: z.array(z.enum(WEEKDAYS)),
  limit: z.number(),
  layout: z.enum(['digest', 'cards']),
  filters: z.object({
    include: z.array(z.string()),
    exclude: z.array(z.string()),
    topics: z.array(z.string()),
    codeOnly: z.boolean(),
    minVotes: z.number(),
  }),
  refreshHours: z.number(),
  state: z.enum(['active', 'paused', 'suspended']),
});
export type FormFeed = z.infer<typeof feedSchema>;

/** A feed as the form shows it. */
export function valuesOf(feed: Omit<FormFeed, 'id' | 'state' | 'destination'>): FormValues {
  const { listing, time, zone, days, limit, layout, filters, refreshHours } = feed;
  return {
    time,
    zone,
    listing,
    days: inOrder(days),
    topics: inOrder(filters.topics),
    limit,
    layout,
    include: filters.include.join(', '),
    exclude: filters.exclude.join(', '),
    'code-only': filters.codeOnly,
    'min-votes': filters.minVotes,
    'refresh-hours': refreshHours,
  };
}

/** What a new feed is proposed to be. */
export function firstValues({ channel, zone }: { channel?: string; zone?: string }): FormValues {
  const values = valuesOf({ ...FEED_DEFAULTS, ...(zone === undefined ? {} : { zone }) });
  return channel === undefined ? values : { channel, ...values };
}

/** What was filled in, of the fields that were there. */
export function readValues(state: State): FormValues {
  const given = FORM_OPTIONS.flatMap((name) => {
    const field = state[name]?.[actionOf(name)];
    const value = field && readField(name, field);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/** The action id of a field; its block id is the option's name. */
export function actionOf(name: FormOption): string {
  return `form:${name}`;
}

function readField(name: FormOption, field: Field): OptionValue | undefined {
  const chosen = (field.selected_options ?? []).flatMap(({ value }) => value ?? []);
  switch (name) {
    case 'channel':
      return field.selected_conversation ?? undefined;
    case 'time':
      return field.selected_time ?? undefined;
    case 'zone':
    case 'listing':
    case 'layout':
      return field.selected_option?.value ?? undefined;
    case 'days':
    case 'topics':
      return inOrder(chosen);
    case 'code-only':
      return chosen.length > 0;
    case 'include':
    case 'exclude':
      return (field.value ?? '').trim();
    case 'limit':
    case 'min-votes':
    case 'refresh-hours':
      return readNumber(field.value);
    default:
      return name satisfies never;
  }
}

/** What is no number is handed on as it stands: the command says what is wrong with it. */
function readNumber(text: string | null | undefined): OptionValue | undefined {
  if (text === undefined || text === null || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

/** What differs from how it was: what `feed edit` is told. */
export function changesOf(before: FormValues, after: FormValues): FormValues {
  return Object.fromEntries(
    FORM_OPTIONS.flatMap((name) => {
      const value = after[name];
      return value === undefined || value === before[name] ? [] : [[name, value]];
    }),
  );
}

/** Joined by commas: days as the week has them, all else by name. */
function inOrder(names: readonly string[]): string {
  const rank = (name: string) => (WEEKDAYS as readonly string[]).indexOf(name);
  const sorted = [...names].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return sorted.join(',');
}
