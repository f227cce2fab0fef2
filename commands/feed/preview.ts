import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';

export const feedPreview: Command = createFeedCommand('preview', async (invocation, { feeds }, id) => {
  const preview = found(await feeds.preview(invocation.place, id, invocation.signal), invocation);
  const title = textsFor(invocation.locale).feed.title(id);
  return answer([...preview.cards, text(title, [preview.sentence])], preview);
});
