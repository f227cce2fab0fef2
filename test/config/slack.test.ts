import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeFolder, problems } from './configs.ts';

const folder = makeFolder();

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1-2-x', SLACK_APP_TOKEN: 'xapp-1-A1-2-x' };

const MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client-secret',
  SLACK_SIGNING_SECRET: 'signing-secret',
  PUBLIC_URL: 'https://papers.example.org/',
};

describe('Slack', () => {
  it('is set up by none of its variables, and not by its address alone', () => {
    expect(readConfig({})).not.toHaveProperty('slack');
    expect(readConfig({ SLACK_API_URL: 'http://127.0.0.1:1/api/' })).not.toHaveProperty('slack');
  });

  it('runs for one team over a connection of ours, or over HTTP', () => {
    expect(readConfig(BOT).slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      extras: [],
      hearing: { kind: 'socket', appToken: 'xapp-1-A1-2-x' },
      tokens: { kind: 'one', botToken: 'xoxb-1-2-x' },
    });
    const http = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's1gn' }).slack;
    expect(http?.hearing).toEqual({ kind: 'http', signingSecret: 's1gn' });
  });

  it('takes the connection where both are given, as an app with Socket Mode on is told nothing by HTTP', () => {
    expect(readConfig({ ...BOT, SLACK_SIGNING_SECRET: 's1gn' }).slack?.hearing.kind).toBe('socket');
  });

  it('runs for many teams by OAuth', () => {
    const config = readConfig(MANY);
    expect(config.slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      extras: [],
      hearing: { kind: 'http', signingSecret: 'signing-secret' },
      tokens: { kind: 'many', clientId: '1.2', clientSecret: 'client-secret' },
    });
    expect(config.http).toEqual({ host: '127.0.0.1', port: 8787, publicUrl: 'https://papers.example.org' });
    const state = readConfig({ ...MANY, SLACK_STATE_SECRET: 'state' });
    expect(state.slack?.tokens).toMatchObject({ stateSecret: 'state' });
    expect(state.secrets).toEqual(['signing-secret', 'client-secret', 'state']);
  });

  it('asks for more only where it is told to', () => {
    expect(readConfig({ ...BOT, SLACK_EXTRAS: 'Files, history,' }).slack?.extras).toEqual([
      'history',
      'files',
    ]);
    expect(() => readConfig({ ...BOT, SLACK_EXTRAS: 'history,admin' })).toThrow(
      'SLACK_EXTRAS: "admin" is not one of history, unfurl, files; separate several by commas.',
    );
  });

  it.each(['https://slack.example/api', 'https://slack.example/api/', 'https://slack.example/api//'])(
    'has one slash at the end of its address: %s',
    (SLACK_API_URL) => {
      expect(readConfig({ ...BOT, SLACK_API_URL }).slack?.apiUrl).toBe('https://slack.example/api/');
    },
  );

  it('never shows its secrets, which may come from files', () => {
    const file = join(folder, 'bot-token');
    writeFileSync(file, 'xoxb-from-a-file\n');
    const config = readConfig({ SLACK_BOT_TOKEN_FILE: file, SLACK_APP_TOKEN: 'xapp-1' });
    expect(config.slack?.tokens).toEqual({ kind: 'one', botToken: 'xoxb-from-a-file' });
    expect(config.secrets).toEqual(['xapp-1', 'xoxb-from-a-file']);
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET', /or SLACK_APP_TOKEN/],
    ['a way to hear alone', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /or SLACK_CLIENT_ID/],
    ['one team and many', { ...MANY, SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN', /not both/],
    ['no client secret', { ...MANY, SLACK_CLIENT_SECRET: '' }, 'SLACK_CLIENT_SECRET', /Basic Information/],
    ['no client id', { ...MANY, SLACK_CLIENT_ID: '' }, 'SLACK_CLIENT_ID', /Basic Information/],
    ['no address to come back to', { ...MANY, PUBLIC_URL: '' }, 'PUBLIC_URL', /https address/],
    ['no signing secret', { ...MANY, SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET', /give it for HTTP/],
    ['an app token for a bot token', { ...BOT, SLACK_BOT_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /xoxb-/],
    ['a bot token for an app token', { ...BOT, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN', /xapp-/],
    ['a client id with a blank', { ...MANY, SLACK_CLIENT_ID: '1 2' }, 'SLACK_CLIENT_ID', /blanks/],
  ])('with %s says what to do', (_what, environment, variable, sentence) => {
    expect(problems(environment)).toContain(variable);
    expect(() => readConfig(environment)).toThrow(sentence);
  });
});
