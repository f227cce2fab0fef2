import type { Preview } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { type Texts, textsFor } from '../../src/texts/index.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';

export const feedPreview: Command = createFeedCommand('preview', async (invocation, { feeds }, id) => {
  const preview = found(await feeds.preview(invocation.place, id, invocation.signal), invocation);
  const texts = textsFor(invocation.locale);
  return answer([...preview.cards, text(texts.feed.title(id), [previewText(preview, texts)])], preview);
});

/** What a preview comes to, in a sentence. Why there is no edition yet is said as in records: in English. */
export function previewText({ cards, isEarly, reason }: Preview, { feed: say }: Texts): string {
  if (cards.length > 0) return say.nextEdition;
  return isEarly ? say.nothingNewYet : (reason ?? say.nothingNew);
}
