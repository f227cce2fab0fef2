import { expect } from 'vitest';
import type { Channel, Guild, Message, Person } from '../../../fakes/discord/index.ts';
import { eventually } from '../bot-scene.ts';
import { openScene, scene } from '../watched-bot.ts';

/** A server that does not have the bot yet, with a channel; Ada owns it, Bo may manage it. */
export async function openClub(locale = 'de'): Promise<{ club: Guild; channel: Channel; manager: Person }> {
  await openScene();
  const { fake, ada, bo } = scene;
  const club = fake.addGuild({ name: 'Club', owner: ada, locale, hasBot: false });
  const channel = fake.addChannel(club, { name: 'neues' });
  fake.join(club, bo, { permissions: ['ManageGuild'] });
  return { club, channel, manager: bo };
}

export const received = (person: Person): Message[] => scene.fake.messages(person.dm());

/** The greeting of somebody who gets exactly one. */
export async function greeting(person: Person): Promise<Message> {
  await eventually(() => received(person).length > 0);
  const [first, ...more] = received(person);
  expect(more).toEqual([]);
  return first as Message;
}
