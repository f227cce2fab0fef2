import type { FeedStatus, Services } from '../../src/abilities.ts';
import type { Command, Invocation } from '../../src/command.ts';
import type { TextCard } from '../../src/domain/card.ts';
import type { FeedState } from '../../src/domain/feed.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand, type WrittenOption } from '../command.ts';
import { feedRows } from './rows.ts';
import { checkObstacles } from './settings.ts';

/** Verbs that change nothing. */
const READING: ReadonlySet<string> = new Set(['show', 'preview']);

const ID: WrittenOption = { name: 'id', type: 'text', completedBy: ['feed'] };

/** A feed with its settings and how it stands. */
export function feedCard(title: string, status: FeedStatus, texts: Texts): TextCard {
  return text(title, [], feedRows(status, texts));
}

/** The feed that was named, or a sentence that says where to look. */
export function found<T>(result: T | undefined, { options, locale }: Invocation): T {
  if (result !== undefined) return result;
  throw new CommandError(textsFor(locale).feed.noFeed(String(options.id)), 'id');
}

/** The feed that was named, or else the only one of the channel or of the workspace. Errors: `CommandError`. */
async function askedFeed({ options, place, locale }: Invocation, { feeds }: Pick<Services, 'feeds'>) {
  if (options.id !== undefined) return String(options.id);
  const texts = textsFor(locale);
  const all = (await feeds.list(place)).map(({ feed }) => feed);
  const here = all.filter(({ destination }) => destination.channel === place.channel);
  const [only, ...others] = here.length > 0 ? here : all;
  if (!only) throw new CommandError(texts.feed.none);
  if (others.length === 0) return only.id;
  const told = [only, ...others].map(({ id, listing, time, zone }) =>
    texts.feed.named(id, texts.feed.listings[listing], time, zone),
  );
  throw new CommandError(texts.feed.which(told.join('; ')), 'id');
}

type FeedWork = (
  invocation: Invocation,
  services: Pick<Services, 'feeds' | 'people'>,
  id: string,
) => ReturnType<Command['run']>;

/** Makes a `feed …` command about one feed. */
export function createFeedCommand(
  verb: string,
  run: FeedWork,
  options: readonly WrittenOption[] = [],
): Command {
  return createCommand({
    name: `feed ${verb}`,
    // What is gone does not come back: whoever removes a feed names it.
    options: [verb === 'remove' ? { ...ID, isRequired: true } : ID, ...options],
    audience: 'manager',
    ...(READING.has(verb) ? { isReading: true as const } : {}),
    example: `feed ${verb} id:k4t2m9${verb === 'edit' ? ' time:17:30' : ''}`,
    async run(invocation, services) {
      const id = await askedFeed(invocation, services);
      return await run({ ...invocation, options: { ...invocation.options, id } }, services, id);
    },
  });
}

/** Makes a command that sets a feed's state and tells so. */
export function createStateCommand(verb: string, state: FeedState, told: 'paused' | 'resumed'): Command {
  return createFeedCommand(verb, async (invocation, { feeds }, id) => {
    const texts = textsFor(invocation.locale);
    // Whoever lets a feed go on would else hear nothing more of what keeps it from its channel.
    if (state === 'active') await checkObstacles({}, invocation, feeds, id);
    const status = found(await feeds.setState(invocation.place, id, state), invocation);
    return answer([feedCard(texts.feed[told](id), status, texts)], status);
  });
}
