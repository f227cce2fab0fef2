// A bot that does what is due on a Discord in another process, in simulated time, and tells its figures:
//
//   node discord-fan-out-child.ts SETTINGS    (a `SimulatedSettings` as JSON; forked, as it waits by asking its parent)
import { createDiscordAdapter } from '../../adapters/discord/index.ts';
import { runSimulated, type SimulatedSettings } from './simulated-bot.ts';

const settings = JSON.parse(process.argv[2] ?? '') as SimulatedSettings;
await runSimulated(settings, ({ clock, log }) =>
  createDiscordAdapter({ token: 'loopback-token', apiUrl: settings.apiUrl, clock, log }),
);
