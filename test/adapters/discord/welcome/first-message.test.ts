import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../../src/domain/calendar.ts';
import {
  type Channel,
  type Guild,
  type Message,
  messageText,
  type Person,
} from '../../../fakes/discord/index.ts';
import { MONDAY } from '../bot-scene.ts';
import { scene } from '../watched-bot.ts';
import { greeting, openClub, received } from './club.ts';

describe('the first message', () => {
  async function greeted(): Promise<{ club: Guild; channel: Channel; manager: Person; message: Message }> {
    const opened = await openClub('en-US');
    scene.fake.addBot(opened.club, opened.manager);
    return { ...opened, message: await greeting(opened.manager) };
  }

  /** Chooses everything; the message is changed in place. */
  async function choose({ manager, message }: { manager: Person; message: Message }): Promise<void> {
    await manager.choose(message, '1. Which channel?', ['#neues']);
    await manager.choose(message, '2. At what time?', ['18:00']);
    await manager.choose(message, 'In which time zone?', ['Asia/Tokyo']);
    const topics = await manager.choose(message, '3. Which topics? All papers when none is chosen.', [
      'agents',
    ]);
    expect(topics.type).toBe(6);
  }

  it('keeps the choices over a restart, and Start adds the feed in that server', async () => {
    const { club, channel, manager, message } = await greeted();
    await choose({ manager, message });
    await scene.restart();
    await manager.press(message, 'Start');
    expect(await scene.feeds(club)).toMatchObject([
      {
        destination: { platform: 'discord', workspace: club.id, channel: channel.id },
        manager: manager.id,
        time: '18:00',
        zone: 'Asia/Tokyo',
        filters: { topics: ['agents'] },
      },
    ]);
    expect(received(manager)).toHaveLength(1);
  });

  it('says after Start when the first edition comes, and cannot be started again', async () => {
    const { club, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    const before = structuredClone(message.components);
    await Promise.all([manager.press(message, 'Start'), manager.press(message, 'Start')]);
    expect(await scene.feeds(club)).toHaveLength(1);
    expect(message.components).not.toEqual(before);
    expect(messageText(message)).toContain('posts for the first time on 2026-11-23 09:00');
    await expect(manager.press(message, 'Start')).rejects.toThrow('No button');
    const preview = await manager.press(message, 'Preview');
    expect(messageText(preview.messages.at(-1))).toContain('Feed feed01\nThere is nothing new yet');
  });

  it('asks for a channel first', async () => {
    const { club, manager, message } = await greeted();
    const answer = await manager.press(message, 'Start');
    expect(messageText(answer.messages.at(-1))).toContain('Choose a channel first');
    expect(await scene.feeds(club)).toEqual([]);
  });

  it('shows today’s papers, and what is pressed there acts in the server', async () => {
    const { club, manager, message } = await greeted();
    await scene.tickAt(MONDAY);
    const answer = await manager.press(message, 'Show today’s papers');
    const list = answer.messages.at(-1) as Message;
    expect(messageText(list)).toContain('Tool-using agents');
    const details = await manager.choose(list, 'Details of …', ['2611.00001']);
    await manager.press(details.messages.at(-1) as Message, 'Save');
    const member = { platform: 'discord', workspace: club.id, id: manager.id } as const;
    const { total } = await scene.store.people.saved(member, { offset: 0, limit: 1 });
    expect(total).toBe(1);
  });

  it('refuses whoever may not manage the server any more, or has left it', async () => {
    const { club, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    const { fake, clock } = scene;
    const role = [...club.roles.values()].find(({ name }) => name === 'Bo');
    fake.setPermissions(club, role as never, []);
    clock.advance(60 * SECOND_MS);
    for (const press of ['Start', 'Show today’s papers']) {
      const answer = await manager.press(message, press);
      expect(messageText(answer.messages.at(-1))).toContain('may manage the server');
    }
    fake.leave(club, manager);
    clock.advance(60 * SECOND_MS);
    const answer = await manager.choose(message, '2. At what time?', ['18:00']);
    expect(messageText(answer.messages.at(-1))).toContain('may manage the server');
    expect(await scene.feeds(club)).toEqual([]);
  });

  it('says what is missing where the channel has been closed meanwhile, and starts once that is mended', async () => {
    const { club, channel, manager, message } = await greeted();
    await manager.choose(message, '1. Which channel?', ['#neues']);
    scene.fake.permit(channel, 'everyone', { deny: ['SendMessages'] });
    scene.clock.advance(60 * SECOND_MS);
    const answer = await manager.press(message, 'Start');
    expect(messageText(answer.messages.at(-1))).toContain('Send Messages');
    expect(await scene.feeds(club)).toEqual([]);
    scene.fake.permit(channel, 'everyone', {});
    scene.clock.advance(60 * SECOND_MS);
    await manager.press(message, 'Start');
    expect(await scene.feeds(club)).toHaveLength(1);
  });
});
