import { ApplicationCommandOptionType, ChannelType, type Client, Events, type Interaction } from 'discord.js';
import { loggedIn } from './logged-in.ts';

const COMMANDS = [
  {
    name: 'paper',
    description: 'Papers',
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      {
        type: ApplicationCommandOptionType.SubcommandGroup,
        name: 'feed',
        description: 'Feeds',
        options: [
          {
            type: ApplicationCommandOptionType.Subcommand,
            name: 'add',
            description: 'Adds one',
            options: [
              {
                type: ApplicationCommandOptionType.String,
                name: 'zone',
                description: 'Zone',
                autocomplete: true,
              },
              {
                type: ApplicationCommandOptionType.Integer,
                name: 'limit',
                description: 'Limit',
                max_value: 50,
              },
              {
                type: ApplicationCommandOptionType.Channel,
                name: 'channel',
                description: 'Channel',
                channel_types: [ChannelType.GuildText],
              },
              { type: ApplicationCommandOptionType.Role, name: 'role', description: 'Role' },
              { type: ApplicationCommandOptionType.Boolean, name: 'code-only', description: 'Code' },
            ],
          },
        ],
      },
      { type: ApplicationCommandOptionType.Subcommand, name: 'today', description: 'Today' },
    ],
  },
  { name: 'Find the papers in this message', type: 3, contexts: [0, 1, 2], integration_types: [0, 1] },
];

/** Answers each interaction with this; what fails is left to the person to see. */
export function answering(client: Client, answer: (interaction: Interaction) => Promise<unknown>): void {
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch(() => undefined));
}

/** A logged-in client whose commands are registered. */
export async function withCommands(options: Parameters<typeof loggedIn>[0] = {}) {
  const world = await loggedIn(options);
  await world.client.rest.put(`/applications/${world.fake.applicationId}/commands`, { body: COMMANDS });
  return world;
}
