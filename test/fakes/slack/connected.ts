import { App, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { type SlackOptions, startSlack } from './index.ts';

/** Clients log every refusal and every connection that a test ends. */
export const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

/** A fake with a Web API client that repeats nothing. */
export async function withClient(options: SlackOptions = {}) {
  const fake = await startSlack({ limits: false, ...options });
  onTestFinished(async () => await fake.stop());
  const clientOf = (token: string) =>
    new WebClient(token, {
      slackApiUrl: fake.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
    });
  const channel = fake.addChannel({ name: 'papers' });
  const ada = fake.addPerson({ name: 'Ada', role: 'admin' });
  return { fake, client: clientOf(fake.botToken), clientOf, channel, ada };
}

/** A fake and the real Bolt, connected by Socket Mode; it comes back after `pongMs`, and waits as long for a pong. */
export async function withSocket(options: SlackOptions = {}, pongMs?: number) {
  const world = await withClient(options);
  const { app, receiver } = await connect(world.fake, pongMs);
  return { ...world, app, receiver };
}

/** One more connection of the same app. */
export async function connect(fake: Awaited<ReturnType<typeof startSlack>>, pongMs = 5000) {
  const clientOptions = { slackApiUrl: fake.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: fake.appToken,
    clientPingTimeout: pongMs,
    logger: SILENT,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: fake.botToken, receiver, clientOptions, logger: SILENT });
  await app.start();
  onTestFinished(async () => await receiver.client.disconnect());
  return { app, receiver };
}

/** Slack's word for a refusal of a call. */
export async function wordOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { data, code } = error as { data?: { error: string }; code?: string };
    return data?.error ?? String(code);
  }
  return 'ok';
}

/** Resolves once a connection is made anew. */
export async function connectedAgain({ client }: SocketModeReceiver): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  client.once('connected', () => resolve());
  await promise;
}
