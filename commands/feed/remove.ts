import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';

export const feedRemove: Command = createFeedCommand('remove', async (invocation, { feeds }, id) => {
  const say = textsFor(invocation.locale).feed;
  const feed = found(await feeds.remove(invocation.place, id), invocation);
  return answer([text(say.removed(id), [say.forgotten])], feed);
});
