import type { FeedStatus, Services } from '../../src/abilities.ts';
import type { Command, Invocation } from '../../src/command.ts';
import type { TextCard } from '../../src/domain/card.ts';
import type { FeedState } from '../../src/domain/feed.ts';
import { CommandError } from '../../src/errors.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createCommand, type WrittenOption } from '../command.ts';
import { feedRows } from './rows.ts';

const ID: WrittenOption = { name: 'id', type: 'text', isRequired: true, completedBy: ['feed'] };

/** A feed with its settings and how it stands. */
export function feedCard(title: string, status: FeedStatus, texts: Texts): TextCard {
  return text(title, [], feedRows(status, texts));
}

/** The feed that was named, or a sentence that says where to look. */
export function found<T>(result: T | undefined, { options, locale }: Invocation): T {
  if (result !== undefined) return result;
  throw new CommandError(textsFor(locale).feed.noFeed(String(options.id)));
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
    options: [ID, ...options],
    audience: 'manager',
    example: `feed ${verb} id:k4t2m9${verb === 'edit' ? ' time:17:30' : ''}`,
    run: async (invocation, services) => await run(invocation, services, String(invocation.options.id)),
  });
}

/** Makes a command that sets a feed's state and tells so. */
export function createStateCommand(verb: string, state: FeedState, told: 'paused' | 'resumed'): Command {
  return createFeedCommand(verb, async (invocation, { feeds }, id) => {
    const texts = textsFor(invocation.locale);
    const status = found(await feeds.setState(invocation.place, id, state), invocation);
    return answer([feedCard(texts.feed[told](id), status, texts)], status);
  });
}
