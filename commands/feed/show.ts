import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer } from '../cards.ts';
import { createFeedCommand, feedCard, found } from './feed.ts';

export const feedShow: Command = createFeedCommand('show', async (invocation, { feeds }, id) => {
  const texts = textsFor(invocation.locale);
  const statuses = await feeds.list(invocation.place);
  const status = found(
    statuses.find(({ feed }) => feed.id === id),
    invocation,
  );
  return answer([feedCard(texts.feed.title(id), status, texts)], status);
});
