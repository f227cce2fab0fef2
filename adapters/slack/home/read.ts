import type { z } from 'zod';
import type { Host } from '../../../src/adapter.ts';
import type { Clock } from '../../../src/clock.ts';
import type { Invocation } from '../../../src/command.ts';
import { isUndecided } from '../../../src/domain/delivery.ts';
import type { Caller } from '../answering/caller.ts';
import { hearing, type Part, partOf } from '../forms/replies.ts';
import {
  deliveriesSchema,
  followingSchema,
  type HomeDelivery,
  type HomeFeed,
  type HomeFollowing,
  type HomeSaved,
  type HomeTopic,
  savedSchema,
  statusesSchema,
  topicsSchema,
} from './schema.ts';

/** Saved papers on a page. */
export const PAGE_SIZE = 10;

/** What a Home tab shows: each part as it was found, or why it was not. */
export interface HomeData {
  topics: Part<HomeTopic[]>;
  following: Part<HomeFollowing>;
  saved: Part<HomeSaved>;
  /** Of the saved papers, from 1. */
  page: number;
  feeds: Part<HomeFeed[]>;
  /** Those that a person has to decide about; only managers see them. */
  deliveries?: Part<HomeDelivery[]>;
  /** The digest may be kept silent for a part of the day. */
  hasQuietHours: boolean;
  isManager: boolean;
  /** What the member must be told by the way. */
  aside?: string | undefined;
}

export interface ReadDependencies {
  host: Pick<Host, 'run' | 'commands'>;
  clock: Clock;
}

/** Reads all that a member's Home tab shows; what cannot be read stands in its own place. */
export async function readHome(
  caller: Caller,
  page: number,
  { host, clock }: ReadDependencies,
): Promise<HomeData> {
  const heard = hearing(host, caller.locale);
  async function read<T>(
    command: string,
    schema: z.ZodType<T>,
    options: Invocation['options'] = {},
  ): Promise<Part<T>> {
    const reply = await heard.run({ command, options, ...caller, at: clock.now() });
    return partOf(reply, schema, caller.locale);
  }

  const readSaved = (number: number) => read('saved', savedSchema, { page: number, limit: PAGE_SIZE });
  const { isManager } = caller.member;
  const [topics, following, saved, feeds, deliveries] = await Promise.all([
    read('topics list', topicsSchema),
    read('following', followingSchema),
    readSaved(page),
    read('status', statusesSchema),
    isManager ? read('delivery list', deliveriesSchema) : undefined,
  ]);
  const last = lastPage(saved, page);
  return {
    topics,
    following,
    ...(last === page ? { saved, page } : { saved: await readSaved(last), page: last }),
    feeds,
    ...(deliveries ? { deliveries: undecided(deliveries) } : {}),
    hasQuietHours: hasQuietHours(host.commands),
    isManager,
    aside: heard.aside(),
  };
}

/** The page that was asked for, or the last one that has anything. */
function lastPage(saved: Part<HomeSaved>, page: number): number {
  if (!('data' in saved) || saved.data.papers.length > 0) return page;
  return Math.max(1, Math.ceil(saved.data.total / PAGE_SIZE));
}

function undecided(deliveries: Part<HomeDelivery[]>): Part<HomeDelivery[]> {
  return 'data' in deliveries ? { data: deliveries.data.filter(isUndecided) } : deliveries;
}

function hasQuietHours(commands: Host['commands']): boolean {
  const following = commands.find(({ name }) => name === 'following');
  return following?.options.some(({ name }) => name === 'quiet') === true;
}
