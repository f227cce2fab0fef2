import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { problems } from './configs.ts';

describe('the port', () => {
  it('may be any that is free', () => {
    const password = { WEB_PASSWORD: 'correct-horse' };
    expect(readConfig({ HTTP_HOST: '::', HTTP_PORT: '0', ...password }).http).toEqual({
      host: '::',
      port: 0,
    });
    expect(problems({ HTTP_PORT: '65536' })).toEqual(['HTTP_PORT']);
    expect(problems({ HTTP_HOST: 'two words' })).toEqual(['HTTP_HOST']);
  });

  it.each(['http://127.0.0.1:8787', 'http://localhost:1', 'http://[::1]:2', 'https://papers.example/slack'])(
    'is reached at %s',
    (url) => {
      expect(readConfig({ PUBLIC_URL: url, WEB_PASSWORD: 'correct-horse' }).http.publicUrl).toBe(url);
    },
  );

  it.each([
    'http://papers.example',
    'papers.example',
    'http://127.0.0.1.example',
    'https://u:p@papers.example',
  ])('is not reached at %s', (url) => {
    expect(problems({ PUBLIC_URL: url })).toEqual(['PUBLIC_URL']);
  });
});

describe('the web side', () => {
  it('has the playground where no platform is set up, and beside one only with a password', () => {
    const playground = (environment: Record<string, string>) => readConfig(environment).web.hasPlayground;
    expect(playground({})).toBe(true);
    expect(playground({ DISCORD_TOKEN: 'token-of-a-bot' })).toBe(false);
    expect(playground({ DISCORD_TOKEN: 'token-of-a-bot', WEB_PASSWORD: 'correct-horse' })).toBe(true);
  });

  it('wants a password where others than this machine reach the playground', () => {
    expect(problems({ HTTP_HOST: '0.0.0.0' })).toEqual(['WEB_PASSWORD']);
    expect(problems({ PUBLIC_URL: 'https://papers.example.org' })).toEqual(['WEB_PASSWORD']);
    expect(problems({ HTTP_HOST: '0.0.0.0', WEB_PASSWORD: 'correct-horse' })).toEqual([]);
    expect(problems({ HTTP_HOST: '0.0.0.0', DISCORD_TOKEN: 'token-of-a-bot' })).toEqual([]);
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(problems({ HTTP_HOST: host })).toEqual([]);
  });

  it('takes no password that is soon guessed, and shows none', () => {
    expect(problems({ WEB_PASSWORD: 'horse' })).toEqual(['WEB_PASSWORD']);
    expect(readConfig({ WEB_PASSWORD: 'correct-horse' }).secrets).toEqual(['correct-horse']);
  });

  it.each(['correct horse', 'richtiges-pferdchen-süß', 'line\nbreak'])(
    'takes no password that browsers may send in different ways, and says so: %j',
    (password) => {
      expect(() => readConfig({ WEB_PASSWORD: password })).toThrow(
        'WEB_PASSWORD: it has blanks or letters beyond ASCII, which not every browser sends alike;',
      );
    },
  );

  it('keeps the playground’s messages beside the store', () => {
    const { web } = readConfig({ STORE_URL: 'sqlite:data/lab.db' });
    expect(web.boardPath).toBe('data/lab.playground.db');
    expect(readConfig({ STORE_URL: 'memory:' }).web.boardPath).toBe(':memory:');
  });
});
