import type { FeedStatus, Services } from '../../src/abilities.ts';
import type { Command, Invocation, Option } from '../../src/command.ts';
import type { TextCard } from '../../src/domain/card.ts';
import type { FeedState } from '../../src/domain/feed.ts';
import { CommandError } from '../../src/errors.ts';
import { answer, text } from '../cards.ts';
import { feedRows } from './rows.ts';

const ID: Option = {
  name: 'id',
  summary: 'The feed, as `feed list` names it',
  type: 'text',
  isRequired: true,
};

/** A feed with its settings and how it stands. */
export function feedCard(title: string, status: FeedStatus): TextCard {
  return text(title, [], feedRows(status));
}

/** The feed that was named, or a sentence that says where to look. */
export function found<T>(result: T | undefined, { options }: Invocation): T {
  if (result !== undefined) return result;
  throw new CommandError(`There is no feed "${options.id}" here. "feed list" shows the ones there are.`);
}

type FeedWork = (
  invocation: Invocation,
  services: Pick<Services, 'feeds' | 'people'>,
  id: string,
) => ReturnType<Command['run']>;

/** Makes a `feed …` command about one feed. */
export function createFeedCommand(
  verb: string,
  summary: string,
  run: FeedWork,
  options: readonly Option[] = [],
): Command {
  return {
    name: `feed ${verb}`,
    summary,
    options: [ID, ...options],
    audience: 'manager',
    example: `feed ${verb} id:k4t2m9${verb === 'edit' ? ' time:17:30' : ''}`,
    run: async (invocation, services) => await run(invocation, services, String(invocation.options.id)),
  };
}

/** Makes a command that sets a feed's state. */
export function createStateCommand(verb: string, summary: string, state: FeedState, told: string): Command {
  return createFeedCommand(verb, summary, async (invocation, { feeds }, id) => {
    const status = found(await feeds.setState(invocation.place, id, state), invocation);
    return answer([feedCard(`Feed ${id} ${told}`, status)], status);
  });
}
