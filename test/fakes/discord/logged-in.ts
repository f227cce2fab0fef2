import { once } from 'node:events';
import { Client, type ClientOptions, Events, GatewayIntentBits, Partials, REST } from 'discord.js';
import { type DiscordOptions, type FakeDiscord, startDiscord } from './index.ts';

/** What a bot without a privileged intent asks for. */
export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildIntegrations,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.DirectMessageReactions,
];

/** An unmodified discord.js that talks to a fake. */
export function createClient(fake: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: INTENTS,
    partials: [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User],
    waitGuildTimeout: 20,
    ...options,
    rest: { api: fake.url, ...options.rest },
  });
}

/** Logs it in and waits until it is ready. */
export async function logIn(client: Client, token: string): Promise<void> {
  const ready = once(client, Events.ClientReady);
  await client.login(token);
  await ready;
}

/** A fake with a server, a channel and a client that is in. */
export async function loggedIn(options: DiscordOptions = {}, clientOptions: Partial<ClientOptions> = {}) {
  const fake = await startDiscord(options);
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const ada = fake.addPerson({ name: 'Ada', locale: 'de' });
  fake.join(guild, ada, { permissions: ['ManageGuild'] });
  const client = createClient(fake, clientOptions);
  await logIn(client, fake.token);
  return {
    fake,
    guild,
    channel,
    ada,
    client,
    async [Symbol.asyncDispose]() {
      await client.destroy();
      await fake.stop();
    },
  };
}

/** discord.js's REST alone, which repeats nothing, against a fake with a server and a channel. */
export async function atRest(options: DiscordOptions = {}) {
  const fake = await startDiscord(options);
  const guild = fake.addGuild({ name: 'Lab' });
  const channel = fake.addChannel(guild, { name: 'papers' });
  const rest = new REST({ api: fake.url, retries: 0, timeout: 5000 }).setToken(fake.token);
  return { fake, guild, channel, rest, [Symbol.asyncDispose]: () => fake.stop() };
}

/** The code that Discord refuses with; 0 where it names none. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'taken',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
