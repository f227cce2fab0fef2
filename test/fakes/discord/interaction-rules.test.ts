import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Events,
  type Interaction,
  MessageFlags,
  Routes,
  TextDisplayBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { answering, withCommands } from './answering.ts';
import { messageText } from './index.ts';
import { codeOf } from './logged-in.ts';

const PRIVATE = { flags: MessageFlags.Ephemeral } as const;

/** The next command that comes, not answered yet. */
async function nextCommand(
  client: Awaited<ReturnType<typeof withCommands>>['client'],
): Promise<ChatInputCommandInteraction> {
  const [interaction] = (await once(client, Events.InteractionCreate)) as [Interaction];
  if (!interaction.isChatInputCommand()) throw new Error('Not a command.');
  return interaction;
}

describe('answers', () => {
  it('of the second kind fill what was announced, and stay private', async () => {
    await using world = await withCommands();
    const { fake, client, ada, channel } = world;
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply(PRIVATE);
      const components = [new TextDisplayBuilder().setContent('Shown')];
      await interaction.editReply({ components, flags: MessageFlags.IsComponentsV2 });
    });
    const answer = await ada.slash(channel, 'paper today');
    const [message] = answer.messages;
    expect(messageText(message)).toBe('Shown');
    expect(message?.flags).toBe(MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral);
    const read = client.rest.get(Routes.channelMessage(channel.id, message?.id ?? ''));
    expect(await codeOf(read)).toBe(10008);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('are what the first follow-up fills, when they were only announced', async () => {
    await using world = await withCommands();
    const { client, ada, channel, fake } = world;
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply(PRIVATE);
      await interaction.followUp('First');
      await interaction.followUp('Second');
    });
    const answer = await ada.slash(channel, 'paper today');
    await answer.whenMessages(2);
    expect(answer.messages.map((one) => [messageText(one), one.onlyFor])).toEqual([
      ['First', ada.id],
      ['Second', undefined],
    ]);
    expect(fake.messages(channel).map(messageText)).toEqual(['Second']);
  });

  it('are read, edited and deleted by their addresses', async () => {
    await using world = await withCommands();
    const { client, ada, channel, fake } = world;
    const coming = nextCommand(client);
    const pending = ada.slash(channel, 'paper today');
    const interaction = await coming;
    await interaction.reply('One');
    const answer = await pending;
    expect((await interaction.fetchReply()).content).toBe('One');
    const more = await interaction.followUp({ content: 'Two', ...PRIVATE });
    await interaction.editReply({ message: more, content: 'Two, edited' });
    expect(answer.messages.map(messageText)).toEqual(['One', 'Two, edited']);
    await interaction.deleteReply(more);
    await interaction.deleteReply();
    expect(answer.messages).toEqual([]);
    expect(await codeOf(interaction.editReply('x'))).toBe(10008);
    expect(fake.problems).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
  });

  it('must fit: by kind, with something in them, and after the first response', async () => {
    await using world = await withCommands();
    const { client, ada, channel, fake } = world;
    const coming = nextCommand(client);
    const pending = ada.slash(channel, 'paper today');
    const interaction = await coming;
    const path = Routes.interactionCallback(interaction.id, interaction.token);
    const respond = (body: unknown) => codeOf(client.rest.post(path, { auth: false, body }));
    const webhook = Routes.webhook(fake.applicationId, interaction.token);
    expect(await codeOf(client.rest.post(webhook, { auth: false, body: { content: 'x' } }))).toBe(10015);
    expect(await respond({ type: 8, data: { choices: [] } })).toBe(50035);
    expect(await respond({ type: 7, data: { content: 'x' } })).toBe(50035);
    expect(await respond({ type: 4, data: {} })).toBe(50006);
    expect(await respond({ type: 4, data: { content: 'x' } })).toBe('taken');
    expect(messageText((await pending).messages[0])).toBe('x');
  });

  it('to what is typed are at most 25, of 100 characters', async () => {
    await using world = await withCommands();
    const { client, ada, channel } = world;
    const codes: unknown[] = [];
    answering(client, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const choices = Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` }));
      codes.push(await codeOf(interaction.respond(choices)));
      await interaction.respond(choices.slice(1));
    });
    const answer = await ada.autocomplete(channel, 'paper feed add', 'zone', { zone: '' });
    expect(answer.choices).toHaveLength(25);
    expect(codes).toEqual([50035]);
  });

  it('by a person’s own installation are followed by five at most', async () => {
    await using world = await withCommands();
    const { client, ada, fake } = world;
    const other = fake.addGuild({ name: 'Elsewhere', hasBot: false });
    fake.join(other, ada);
    ada.install();
    const coming = nextCommand(client);
    const pending = ada.slash(
      fake.addChannel(other, { name: 'general' }),
      'paper today',
      {},
      { via: 'user' },
    );
    const interaction = await coming;
    await interaction.reply('0');
    const codes = [];
    for (let count = 1; count <= 6; count += 1) codes.push(await codeOf(interaction.followUp(`${count}`)));
    expect(codes).toEqual([...Array(5).fill('taken'), 40094]);
    expect((await pending).messages).toHaveLength(6);
  });

  it('come to a command that was given while the bot was cut off', async () => {
    await using world = await withCommands();
    const { client, ada, channel, fake } = world;
    answering(client, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('Back');
    });
    fake.gateway.cut();
    const answer = await ada.slash(channel, 'paper today');
    expect(messageText(answer.messages[0])).toBe('Back');
    expect(fake.gateway.resumes).toBe(1);
  });
});

describe('a person can do only what Discord’s own client lets them', () => {
  it('with commands', async () => {
    await using world = await withCommands();
    const { fake, ada, channel, guild } = world;
    const refused = async (line: string, options: Parameters<typeof ada.slash>[2], sentence: string) =>
      await expect(ada.slash(channel, line, options)).rejects.toThrow(sentence);
    await refused('other', {}, 'No command “other”');
    await refused('paper feed', {}, 'not a whole command');
    await refused('paper week', {}, 'has no “week”');
    await refused('paper feed add', { colour: 'red' }, 'no option “colour”');
    await refused('paper feed add', { limit: 51 }, 'out of bounds');
    await refused('paper feed add', { limit: 'ten' }, 'takes no string');
    const forum = fake.addChannel(guild, { name: 'forum', kind: 'forum' });
    await refused('paper feed add', { channel: forum }, 'takes no such channel');
    const bob = fake.addPerson({ name: 'Bob' });
    await expect(bob.slash(channel, 'paper today')).rejects.toThrow('Bob is not in Lab');
    fake.join(guild, bob);
    fake.permit(channel, bob, { deny: ['UseApplicationCommands'] });
    await expect(bob.slash(channel, 'paper today')).rejects.toThrow('no commands here');
    fake.permit(channel, bob, { deny: ['ViewChannel'] });
    await expect(bob.slash(channel, 'paper today')).rejects.toThrow('does not see');
  });

  it('with buttons and selects', async () => {
    await using world = await withCommands();
    const { client, fake, ada, channel, guild } = world;
    const button = (id: string) =>
      new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary);
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      button('one'),
      button('off').setDisabled(true),
      new ButtonBuilder().setURL('https://example.org').setLabel('Open').setStyle(ButtonStyle.Link),
    );
    answering(client, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ components: [row], ...PRIVATE });
      if (interaction.isButton()) await interaction.reply({ content: interaction.customId, ...PRIVATE });
    });
    const answer = await ada.slash(channel, 'paper today');
    const [message] = answer.messages;
    if (!message) throw new Error('Nothing was shown.');
    expect(messageText((await ada.press(message, 'one')).messages[0])).toBe('one');
    await expect(ada.press(message, 'off')).rejects.toThrow('disabled');
    await expect(ada.press(message, 'Open')).rejects.toThrow('is a link');
    await expect(ada.press(message, 'none')).rejects.toThrow('there is: one, off, Open');
    await expect(ada.choose(message, 'none', [])).rejects.toThrow('No select');
    const bob = fake.addPerson({ name: 'Bob' });
    fake.join(guild, bob);
    await expect(bob.press(message, 'one')).rejects.toThrow('Bob does not see this message');
  });
});
