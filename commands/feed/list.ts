import type { Command } from '../../src/command.ts';
import { answer, daysText, text } from '../cards.ts';

export const feedList: Command = {
  name: 'feed list',
  summary: 'List the feeds of this workspace',
  options: [],
  audience: 'manager',
  example: 'feed list',
  async run({ place }, { feeds }) {
    const statuses = await feeds.list(place);
    const rows = statuses.map(({ feed }) => ({
      name: feed.id,
      value: `${feed.listing} at ${feed.time} ${feed.zone}, ${daysText(feed.days)}, in ${feed.destination.channel}${
        feed.state === 'active' ? '' : ` (${feed.state})`
      }`,
    }));
    const none = ['There is no feed yet. "feed add" makes one.'];
    return answer([text('Feeds', rows.length > 0 ? [] : none, rows)], statuses);
  },
};
