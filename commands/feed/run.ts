import type { Command } from '../../src/command.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';
import { slotText } from './rows.ts';

export const feedRun: Command = createFeedCommand('run', async (invocation, { feeds }, id) => {
  const texts = textsFor(invocation.locale);
  const slot = found(await feeds.run(invocation.place, id, invocation.signal), invocation);
  return answer([text(texts.feed.title(id), [slotText(slot, texts)])], slot);
});
