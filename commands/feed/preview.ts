import type { Command } from '../../src/command.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';

export const feedPreview: Command = createFeedCommand(
  'preview',
  'Show the next edition without posting it',
  async (invocation, { feeds }, id) => {
    const preview = found(await feeds.preview(invocation.place, id, invocation.signal), invocation);
    return answer([...preview.cards, text(`Feed ${id}`, [preview.sentence])], preview);
  },
);
