import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  type Interaction,
  MessageFlags,
  StringSelectMenuBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../clock.ts';
import { answering, withCommands } from './answering.ts';
import { messageText } from './index.ts';

describe('interactions', () => {
  it('brings a command with its options and shows the answer', async () => {
    await using world = await withCommands();
    const { fake, client, ada, guild, channel } = world;
    const role = fake.addRole(guild, { name: 'Readers' });
    fake.permit(channel, 'bot', { deny: ['EmbedLinks'] });
    const raw = new Promise<{ data: { resolved: Record<string, Record<string, unknown>> } }>((resolve) => {
      client.on('raw', ({ t, d }) => void (t === 'INTERACTION_CREATE' && resolve(d)));
    });
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand() || !interaction.inGuild()) return;
      const { options } = interaction;
      const given = options.getChannel('channel', true);
      await interaction.reply({
        content: [
          options.getSubcommandGroup(),
          options.getSubcommand(),
          options.getInteger('limit'),
          given.name,
          options.getRole('role', true).name,
          options.getBoolean('code-only'),
          interaction.locale,
          interaction.memberPermissions.has('ManageGuild'),
          interaction.appPermissions.has('EmbedLinks'),
        ].join(' '),
        flags: MessageFlags.Ephemeral,
      });
    });
    const answer = await ada.slash(channel, 'paper feed add', { limit: 5, channel, role, 'code-only': true });
    expect(answer.type).toBe(4);
    const { resolved } = (await raw).data;
    expect(resolved.roles?.[role.id]).toMatchObject({ name: 'Readers' });
    expect(resolved.channels?.[channel.id]).toMatchObject({
      name: 'papers',
      app_permissions: String(fake.permissions(channel, 'bot')),
      permissions: String(fake.permissions(channel, ada)),
    });
    expect(answer.messages.map(messageText)).toEqual(['feed add 5 papers Readers true de true false']);
    expect(answer.messages[0]?.onlyFor).toBe(ada.id);
    expect(fake.messages(channel)).toEqual([]);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('shows what was announced once it is filled, then follow-ups and edits', async () => {
    await using world = await withCommands();
    const { fake, client, ada, channel } = world;
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('First');
      await interaction.followUp({
        content: 'Second',
        flags: MessageFlags.Ephemeral,
        files: [{ attachment: Buffer.from('@x'), name: 'saved.bib' }],
      });
      await interaction.editReply('First, edited');
    });
    const answer = await ada.slash(channel, 'paper today');
    await answer.whenShown(3);
    expect(answer.type).toBe(5);
    expect(answer.messages.map(messageText)).toEqual(['First, edited', 'Second\nsaved.bib']);
    expect(answer.messages[1]?.attachments[0]?.text).toBe('@x');
    expect(answer.messages.every(({ onlyFor }) => onlyFor === ada.id)).toBe(true);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('presses, chooses, completes and uses a command on a message', async () => {
    await using world = await withCommands();
    const { fake, client, ada, channel } = world;
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('save~1').setLabel('Save').setStyle(ButtonStyle.Primary),
    );
    const select = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId('show')
        .setPlaceholder('Details of …')
        .addOptions({ label: 'Two', value: '2' }),
    );
    const place = await client.channels.fetch(channel.id);
    if (!place?.isSendable()) throw new Error('Not sendable.');
    await place.send({ content: 'Papers', components: [row, select] });
    answering(client, async (interaction) => {
      if (interaction.isButton()) await interaction.update({ content: `Pressed ${interaction.customId}` });
      else if (interaction.isStringSelectMenu())
        await interaction.reply({ content: interaction.values.join(), flags: MessageFlags.Ephemeral });
      else if (interaction.isAutocomplete())
        await interaction.respond([{ name: 'Berlin', value: interaction.options.getFocused() }]);
      else if (interaction.isMessageContextMenuCommand())
        await interaction.reply(interaction.targetMessage.content);
    });
    const [message] = fake.messages(channel);
    if (!message) throw new Error('Nothing was posted.');
    const chosen = await ada.choose(message, 'Details of …', ['Two']);
    expect(chosen.messages.map(messageText)).toEqual(['2']);
    const pressed = await ada.press(message, 'Save');
    expect(pressed.type).toBe(7);
    expect(message.content).toBe('Pressed save~1');
    const completed = await ada.autocomplete(channel, 'paper feed add', 'zone', { zone: 'ber' });
    expect(completed.choices).toEqual([{ name: 'Berlin', value: 'ber' }]);
    const said = ada.say(channel, 'See arXiv 2401.00001');
    const found = await ada.useOn(said, 'Find the papers in this message');
    expect(found.messages.map(messageText)).toEqual(['See arXiv 2401.00001']);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('works in direct messages, and by a person’s own installation where the bot is not', async () => {
    await using world = await withCommands();
    const { fake, client, ada } = world;
    answering(client, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const owners = JSON.stringify(interaction.authorizingIntegrationOwners);
        await interaction.reply(`${interaction.context} ${owners} ${interaction.guildId}`);
      }
    });
    const inDm = await ada.slash(ada.dm(), 'paper today');
    expect(messageText(inDm.messages[0])).toBe('1 {"0":"0"} null');
    const other = fake.addGuild({ name: 'Elsewhere', hasBot: false });
    fake.join(other, ada);
    const there = fake.addChannel(other, { name: 'general' });
    await expect(ada.slash(there, 'paper today')).rejects.toThrow('not in this server');
    ada.install();
    const own = await ada.slash(there, 'paper today', {}, { via: 'user' });
    expect(messageText(own.messages[0])).toBe(`0 {"1":"${ada.id}"} ${other.id}`);
    const foreign = await ada.slash(fake.addForeignDm(ada), 'paper today', {}, { via: 'user' });
    expect(messageText(foreign.messages[0])).toBe(`2 {"1":"${ada.id}"} null`);
    expect(fake.ownProblems).toEqual([]);
    expect(fake.problems).toEqual([]);
  });

  it('keeps the deadlines: 3 s, one answer, 15 min', async () => {
    const clock = createFakeClock('2026-11-24T09:00:00.000Z');
    await using world = await withCommands({ clock, limits: false });
    const { fake, client, ada, channel } = world;
    const came: Interaction[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    answering(client, async (interaction) => {
      came.push(interaction);
      resolve();
    });
    const late = ada.slash(channel, 'paper today');
    await promise;
    clock.advance(3001);
    expect((await late).type).toBeUndefined();
    const [first] = came;
    if (!first?.isChatInputCommand()) throw new Error('No command came.');
    await expect(first.reply('Late')).rejects.toMatchObject({ code: 10062 });

    client.removeAllListeners(Events.InteractionCreate);
    answering(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      came.push(interaction);
      await interaction.reply('In time');
    });
    const answer = await ada.slash(channel, 'paper today');
    expect(answer.afterMs).toBe(0);
    const second = came[1];
    if (!second?.isChatInputCommand()) throw new Error('No command came.');
    const again = client.rest.post(`/interactions/${second.id}/${second.token}/callback`, {
      auth: false,
      body: { type: 4, data: { content: 'Twice' } },
    });
    await expect(again).rejects.toMatchObject({ code: 40060 });
    clock.advance(899_000);
    await second.followUp('Still there');
    clock.advance(2000);
    await expect(second.followUp('Too late')).rejects.toMatchObject({ code: 50027 });
    expect(answer.messages.map(messageText)).toEqual(['In time', 'Still there']);
    expect(fake.ownProblems).toEqual([]);
  });
});
