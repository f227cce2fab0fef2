import type { Command } from '../../src/command.ts';
import { answer } from '../cards.ts';
import { feedCard } from './feed.ts';
import { readSettings, SETTINGS } from './settings.ts';

export const feedAdd: Command = {
  name: 'feed add',
  summary: 'Post papers here on a schedule',
  options: SETTINGS,
  audience: 'manager',
  example: 'feed add time:09:00 zone:Europe/Berlin',
  async run(invocation, { feeds }) {
    const { place, member } = invocation;
    const status = await feeds.add(place, member.id, readSettings(invocation));
    return answer([feedCard(`Feed ${status.feed.id} added`, status)], status);
  },
};
