import { expect, onTestFinished } from 'vitest';
import { createDiscordAdapter } from '../../../../adapters/discord/index.ts';
import type { Message } from '../../../../src/adapter.ts';
import type { Card } from '../../../../src/domain/card.ts';
import type { Destination } from '../../../../src/domain/feed.ts';
import { silentLog } from '../../../../src/log.ts';
import { TEXT_CARD } from '../../../contracts/adapter-cards.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type Channel, type FakeDiscord, messageText, startDiscord } from '../../../fakes/discord/index.ts';

export const HEADING = { ...TEXT_CARD, title: 'Papers of Monday, 2026-11-23' } satisfies Card;

export let fake: FakeDiscord;

/** A Discord with a server, one of its channels, and an adapter that posts there; it may have found nothing wrong. */
export async function open(kind: 'text' | 'forum' = 'text') {
  const clock = createFakeClock('2026-11-23T09:00:00.000Z');
  fake = await startDiscord({ clock, limits: false });
  onTestFinished(async () => {
    const { problems, ownProblems } = fake;
    await fake.stop();
    expect({ problems, ownProblems }).toEqual({ problems: [], ownProblems: [] });
  });
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers', kind });
  const member = fake.addPerson({ name: 'Ada' });
  fake.join(guild, member);
  const create = () =>
    createDiscordAdapter({ token: 'loopback-token', apiUrl: fake.url, clock, log: silentLog });
  const adapter = create();
  const destination: Destination = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const message = (given: Card, id: string, first?: string): Message => {
    const card = given.kind === 'paper' ? { ...given, under: HEADING.title } : given;
    const [payload = null] = adapter.render(card);
    return { id, destination, payload, ...(first === undefined ? {} : { first }) };
  };
  return { clock, guild, channel, member, adapter, create, destination, message };
}

export const titles = (channel: Channel) =>
  fake
    .messages(channel)
    .filter(({ type }) => type === 0)
    .map(messageText);
