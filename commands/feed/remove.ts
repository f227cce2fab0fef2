import type { Command } from '../../src/command.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';

export const feedRemove: Command = createFeedCommand(
  'remove',
  'Delete a feed and its history',
  async (invocation, { feeds }, id) => {
    const feed = found(await feeds.remove(invocation.place, id), invocation);
    return answer(
      [text(`Feed ${id} removed`, ['It posts no more, and what it has posted is forgotten.'])],
      feed,
    );
  },
);
