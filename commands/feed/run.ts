import type { Command } from '../../src/command.ts';
import { answer, text } from '../cards.ts';
import { createFeedCommand, found } from './feed.ts';
import { slotText } from './rows.ts';

export const feedRun: Command = createFeedCommand(
  'run',
  'Post today’s edition now',
  async (invocation, { feeds }, id) => {
    const slot = found(await feeds.run(invocation.place, id, invocation.signal), invocation);
    return answer([text(`Feed ${id}`, [slotText(slot)])], slot);
  },
);
