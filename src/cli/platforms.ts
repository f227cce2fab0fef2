import type { Adapter } from '../adapter.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Gate } from '../gate.ts';
import type { Installations } from '../installations.ts';
import type { Log } from '../log.ts';
import type { Look } from '../look.ts';
import { watchPlatform } from '../pipeline/operator.ts';
import type { Plug } from '../plug.ts';
import { createWorkspaces } from '../scheduler/workspaces.ts';
import { createInstallations } from '../sealing/installations.ts';
import { mailHookSecret, secretKeyOf } from '../sealing/key.ts';
import { createMailboxes } from '../sealing/mailboxes.ts';
import { createSeal, deriveSecret } from '../sealing.ts';
import type { Server } from '../server.ts';
import type { Store } from '../store.ts';
import type { Mailboxes } from '../subscribers.ts';
import { PROGRAM } from './called.ts';

/** What the adapters of platforms share. */
export interface PlatformsDependencies {
  /** Open: some are told there who installed them. */
  store: Store;
  /** Takes paths of the one port. */
  route: Server['route'];
  /** Before what a browser may ask. */
  gate: Gate;
  clock: Clock;
  log: Log;
}

/**
 * The adapters of the playground and the platforms that the configuration names. One that needs more of the bot than a
 * plug gives has a step of its own here.
 */
export async function loadPlatforms(
  config: Config,
  { store, route, gate, clock, log }: PlatformsDependencies,
): Promise<Adapter[]> {
  const adapters: Adapter[] = [];
  if (config.discord) {
    const { createDiscordAdapter } = await import('../../adapters/discord/index.ts');
    adapters.push(createDiscordAdapter({ ...config.discord, clock, log }));
  }
  if (config.slack) {
    const { createSlackAdapter } = await import('../../adapters/slack/index.ts');
    const installations = installationsOf(config, store, clock);
    const { publicUrl } = config.http;
    const reached = publicUrl === undefined ? {} : { publicUrl };
    const workspaces = createWorkspaces({ store, clock });
    const shared = { installations, workspaces, route, clock, log };
    adapters.push(createSlackAdapter({ ...config.slack, ...reached, ...shared }));
  }
  if (config.email) {
    const { createEmailAdapter } = await import('../../adapters/email/index.ts');
    const secretKey = secretKeyOf(config);
    const seal = createSeal(deriveSecret(secretKey, 'mail links'));
    const secrets = { seal, hookSecret: mailHookSecret(secretKey) };
    const mailboxes = mailboxesOf(config, store);
    const report = (trouble: string | undefined) => watchPlatform('email', trouble, { store, clock });
    const shared = { mailboxes, report, route, gate, clock, log };
    adapters.push(createEmailAdapter({ ...config.email, ...secrets, ...shared }));
  }
  if (config.web.hasPlayground) {
    const { createWebAdapter } = await import('../../adapters/web/index.ts');
    const { boardPath } = config.web;
    adapters.push(createWebAdapter({ boardPath, gate, route, loadLooks, clock, log }));
  }
  for (const [platform, address] of Object.entries(config.addresses)) {
    const { plug }: { plug: Plug } = await import(`../../adapters/${platform}/index.ts`);
    adapters.push(plug({ address, route, clock, log }));
  }
  return adapters;
}

/** Loaded when somebody looks: they bring the platforms' libraries with them. */
async function loadLooks(): Promise<Look[]> {
  const { createDiscordLook } = await import('../../adapters/discord/look/look.ts');
  const { createSlackLook } = await import('../../adapters/slack/look/look.ts');
  return [createDiscordLook(), createSlackLook()];
}

/** What platforms gave us for those who installed us, sealed with the secret key. Errors: `ConfigError`. */
export function installationsOf(config: Config, store: Store, clock: Clock): Installations {
  return createInstallations({ store, seal: createSeal(secretKeyOf(config)), clock });
}

/** What is known of addresses, kept under a hash that is made with the secret key. Errors: `ConfigError`. */
export function mailboxesOf(config: Config, store: Store): Mailboxes {
  return createMailboxes({ store, secretKey: secretKeyOf(config) });
}

/** How the bot gets to people on each platform that is set up, a sentence each. */
export function waysIn({ discord, slack, email, http }: Config): string[] {
  const sentences: string[] = [];
  if (discord) sentences.push(`To let it into a Discord server: ${PROGRAM} invite discord.`);
  if (slack?.tokens.kind === 'many')
    sentences.push(`To let it into a Slack team: open ${http.publicUrl}/slack/install.`);
  if (slack?.tokens.kind === 'one')
    sentences.push('To let it into a Slack channel: give /invite and its name there, then /paper feed add.');
  if (email) sentences.push(`To get editions by e-mail: open ${email.publicUrl}/email.`);
  return sentences;
}
