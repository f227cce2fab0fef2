import type { Command } from '../../src/command.ts';
import { answer } from '../cards.ts';
import { feedCard } from './feed.ts';
import { checkTopics, readSettings, SETTINGS } from './settings.ts';

export const feedAdd: Command = {
  name: 'feed add',
  summary: 'Post papers here on a schedule',
  options: SETTINGS,
  audience: 'manager',
  example: 'feed add time:09:00 zone:Europe/Berlin',
  async run(invocation, { feeds, people }) {
    const { place, member } = invocation;
    const settings = readSettings(invocation);
    await checkTopics(settings, invocation, people);
    const status = await feeds.add(place, member.id, settings);
    return answer([feedCard(`Feed ${status.feed.id} added`, status)], status);
  },
};
