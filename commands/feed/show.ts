import type { Command } from '../../src/command.ts';
import { answer } from '../cards.ts';
import { createFeedCommand, feedCard, found } from './feed.ts';

export const feedShow: Command = createFeedCommand(
  'show',
  'Show a feed with all its settings',
  async (invocation, { feeds }, id) => {
    const statuses = await feeds.list(invocation.place);
    const status = found(
      statuses.find(({ feed }) => feed.id === id),
      invocation,
    );
    return answer([feedCard(`Feed ${id}`, status)], status);
  },
);
