import { describe, expect, it } from 'vitest';
import { loadPlatforms, waysIn } from '../../src/cli/platforms.ts';
import { readConfig } from '../../src/config.ts';
import { createGate } from '../../src/gate.ts';
import { silentLog } from '../../src/log.ts';
import { withSecretKey } from '../../src/sealing/key.ts';
import { createServer } from '../../src/server.ts';
import { openStore } from '../../src/stores/index.ts';
import { createFakeClock } from '../fakes/clock.ts';

const ONE_TEAM = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const MANY_TEAMS = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_SIGNING_SECRET: 'signing-secret',
  PUBLIC_URL: 'https://papers.example.org',
};

const MAIL = {
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Paperwire <papers@example.org>',
  PUBLIC_URL: 'https://papers.example.org/wire',
};

describe('the ways in', () => {
  it('are those of the platforms that are set up', () => {
    expect(waysIn(readConfig({}))).toEqual([]);
    expect(waysIn(readConfig({ DISCORD_TOKEN: 'a', ...ONE_TEAM }))).toEqual([
      'To let it into a Discord server: node scripts/run.mjs invite discord.',
      'To let it into a Slack channel: give /invite and its name there, then /paper feed add.',
    ]);
    expect(waysIn(readConfig(MANY_TEAMS))).toEqual([
      'To let it into a Slack team: open https://papers.example.org/slack/install.',
    ]);
    expect(waysIn(readConfig(MAIL))).toEqual([
      'To get editions by e-mail: open https://papers.example.org/wire/email.',
    ]);
  });
});

describe('the platforms', () => {
  it('are loaded only where they are set up', async () => {
    const clock = createFakeClock('2026-11-23T09:00:00.000Z');
    const store = await openStore('memory:', { clock, log: silentLog });
    const { route } = createServer({ host: '127.0.0.1', port: 0, clock, log: silentLog });
    const gate = createGate({ host: '127.0.0.1', log: silentLog });
    const load = async (environment: Record<string, string>) => {
      const config = withSecretKey(readConfig({ STORE_URL: 'memory:', ...environment }));
      const adapters = await loadPlatforms(config, { store, route, gate, clock, log: silentLog });
      return adapters.map(({ platform }) => platform);
    };
    expect(await load({})).toEqual(['web']);
    expect(await load({ DISCORD_TOKEN: 'a' })).toEqual(['discord']);
    expect(await load({ DISCORD_TOKEN: 'a', WEB_PASSWORD: 'correct-horse' })).toEqual(['discord', 'web']);
    expect(await load(MAIL)).toEqual(['email']);
    await store.close();
  });
});
