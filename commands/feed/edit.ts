import type { FeedSettings } from '../../src/abilities.ts';
import type { Command } from '../../src/command.ts';
import { CommandError } from '../../src/errors.ts';
import { textsFor } from '../../src/texts/index.ts';
import { answer } from '../cards.ts';
import { createFeedCommand, feedCard, found } from './feed.ts';
import { checkObstacles, checkTopics, readSettings, SETTINGS } from './settings.ts';

export const feedEdit: Command = createFeedCommand(
  'edit',
  async (invocation, { feeds, people }, id) => {
    const texts = textsFor(invocation.locale);
    const settings = readSettings(invocation);
    await checkTopics(settings, invocation, people);
    if (Object.keys(invocation.options).length < 2) throw new CommandError(texts.feed.nothingToChange);
    if (asksOfPlatform(settings)) await checkObstacles(settings, invocation, feeds, id);
    const status = found(await feeds.edit(invocation.place, id, settings), invocation);
    return answer([feedCard(texts.feed.changed(id), status, texts)], status);
  },
  SETTINGS,
);

/** Other settings may be changed while the channel is closed. */
function asksOfPlatform({ channel, layout, role }: FeedSettings): boolean {
  return [channel, layout, role].some((setting) => setting !== undefined);
}
