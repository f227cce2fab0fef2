import type { Command } from '../../src/command.ts';
import { CommandError } from '../../src/errors.ts';
import { answer } from '../cards.ts';
import { createFeedCommand, feedCard, found } from './feed.ts';
import { checkTopics, readSettings, SETTINGS } from './settings.ts';

export const feedEdit: Command = createFeedCommand(
  'edit',
  'Change a feed; what is not said stays',
  async (invocation, { feeds, people }, id) => {
    const settings = readSettings(invocation);
    await checkTopics(settings, invocation, people);
    if (Object.keys(invocation.options).length < 2)
      throw new CommandError('Say what to change, for example time:17:30.');
    const status = found(await feeds.edit(invocation.place, id, settings), invocation);
    return answer([feedCard(`Feed ${id} changed`, status)], status);
  },
  SETTINGS,
);
