import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { NEEDED_SCOPES } from '../../adapters/slack/installing/scopes.ts';
import { emailEnv } from '../end-to-end/email-setup.ts';
import { startDiscord } from '../fakes/discord/index.ts';
import { startMail } from '../fakes/mail/index.ts';
import { startSlack } from '../fakes/slack/index.ts';
import { startSourceServer } from '../fakes/source-server.ts';
import { serverUrl } from '../servers/index.ts';

/** Something on this machine that a block of the documentation is run with. */
export interface Fake {
  /** How the bot is told of it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Every block is run with it. */
export async function startSource(): Promise<Fake> {
  const { url, stop } = await startSourceServer();
  // Several bots run at once.
  return { env: { HUGGING_FACE_URL: url, ARXIV_URL: url, HTTP_PORT: '0' }, stop };
}

/** By the word of the mark `run with`; undefined where this machine has no such server. */
export const FAKES: Readonly<Record<string, () => Promise<Fake | undefined>>> = {
  async discord() {
    const fake = await startDiscord();
    fake.addChannel(fake.addGuild({ name: 'Lab' }), { name: 'papers' });
    return { env: { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.url }, stop: () => fake.stop() };
  },
  async slack() {
    const fake = await startSlack({ scopes: NEEDED_SCOPES.map(({ name }) => name) });
    const { botToken, appToken, apiUrl } = fake;
    return {
      env: { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl },
      stop: () => fake.stop(),
    };
  },
  async mail() {
    const fake = await startMail();
    return { env: emailEnv(fake.url), stop: () => fake.stop() };
  },
  /** A database of its own, as the tests of stores work in the one that all share. Patiently: others keep the server busy. */
  async postgres() {
    const url = serverUrl('postgres');
    if (url === undefined) return undefined;
    const name = `docs_${process.pid}_${randomUUID().slice(0, 8)}`;
    const ask = (sql: string) => promisify(execFile)('psql', ['--quiet', `--command=${sql}`, url]);
    await ask(`CREATE DATABASE ${name}`);
    const own = new URL(url);
    own.pathname = name;
    return {
      env: { STORE_URL: own.href },
      stop: async () => void (await ask(`DROP DATABASE ${name} WITH (FORCE)`)),
    };
  },
};
