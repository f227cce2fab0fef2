import type { Command } from '../src/command.ts';
import { answer, text } from './cards.ts';
import { standing } from './feed/rows.ts';

export const status: Command = {
  name: 'status',
  summary: 'Show how each feed stands: last edition, outcome and next',
  options: [],
  audience: 'member',
  example: 'status',
  async run({ place }, { feeds }) {
    const statuses = await feeds.list(place);
    if (statuses.length === 0)
      return answer([text('Status', ['There is no feed yet. "feed add" makes one.'])], []);
    return answer(
      statuses.map((one) => text(`Feed ${one.feed.id}`, [], standing(one))),
      statuses,
    );
  },
};
