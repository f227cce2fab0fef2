import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ConfigError } from '../../src/errors.ts';
import { mailHookSecret, secretKeyOf, withSecretKey } from '../../src/sealing/key.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperwire-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

const module = new URL('../../src/sealing/key.ts', import.meta.url).href;

describe('the secret key', () => {
  it('is the one that is configured', () => {
    const secretKey = 'k'.repeat(32);
    expect(secretKeyOf({ secretKey, keyPath: join(folder, 'unused.key') })).toBe(secretKey);
    expect(readdirSync(folder)).not.toContain('unused.key');
  });

  it('is made once beside an embedded store, for its owner only', () => {
    const { keyPath } = readConfig({ STORE_URL: `sqlite:${folder}/data/papers.db` });
    expect(keyPath).toBe(`${folder}/data/papers.key`);
    const key = secretKeyOf({ keyPath: keyPath as string });
    expect(key).toMatch(/^[\da-f]{64}$/);
    expect(secretKeyOf({ keyPath: keyPath as string })).toBe(key);
    expect(readFileSync(keyPath as string, 'utf8')).toBe(`${key}\n`);
    expect(statSync(keyPath as string).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['papers.key']);
  });

  it('is the same for all processes that start for the first time', async () => {
    const keyPath = join(folder, 'race.key');
    const code = `const { secretKeyOf } = await import(${JSON.stringify(module)});
      process.stdout.write(secretKeyOf({ keyPath: ${JSON.stringify(keyPath)} }));`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code]);
    const keys = (await Promise.all(Array.from({ length: 6 }, start))).map(({ stdout }) => stdout);
    expect(new Set(keys)).toEqual(new Set([readFileSync(keyPath, 'utf8').trim()]));
    expect(readdirSync(folder).filter((name) => name.startsWith('race'))).toEqual(['race.key']);
  });

  it('lasts as long as the process where nothing is kept', () => {
    const config = readConfig({ STORE_URL: 'memory:' });
    expect(config).not.toHaveProperty('keyPath');
    expect(secretKeyOf(config)).not.toBe(secretKeyOf(config));
  });

  it('is not made anew where the file is broken, as what is sealed would be lost', () => {
    const keyPath = join(folder, 'broken.key');
    writeFileSync(keyPath, 'too short');
    expect(() => secretKeyOf({ keyPath })).toThrow(ConfigError);
    expect(() => secretKeyOf({ keyPath })).toThrow(/SECRET_KEY: the file ".*broken\.key".*holds no key/);
    expect(readFileSync(keyPath, 'utf8')).toBe('too short');
  });

  it('that can be neither read nor made is told in words', () => {
    expect(() => secretKeyOf({ keyPath: folder })).toThrow(/SECRET_KEY: it is not set.*EISDIR/);
    const under = join(folder, 'broken.key', 'a.key');
    expect(() => secretKeyOf({ keyPath: under })).toThrow(/SECRET_KEY: it is not set.*(ENOTDIR|EEXIST)/);
  });
});

describe('what follows from the secret key', () => {
  const MANY = {
    STORE_URL: 'memory:',
    SECRET_KEY: 'k'.repeat(32),
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client-secret',
    SLACK_SIGNING_SECRET: 'signing-secret',
    PUBLIC_URL: 'https://papers.example.org',
  };
  const stateOf = (environment: Record<string, string>) => {
    const config = withSecretKey(readConfig(environment));
    const { tokens } = config.slack ?? {};
    return { state: tokens?.kind === 'many' ? tokens.stateSecret : undefined, secrets: config.secrets };
  };

  it('is nothing where no platform needs it', () => {
    const config = readConfig({ STORE_URL: `sqlite:${folder}/none.db` });
    expect(withSecretKey(config)).toEqual(config);
    expect(readdirSync(folder)).not.toContain('none.key');
  });

  it('signs what a team carries through the installation, unless another secret is given, and is never shown', () => {
    const { state, secrets } = stateOf(MANY);
    expect(state).toMatch(/^[\w-]{43}$/);
    expect(stateOf(MANY).state).toBe(state);
    expect(stateOf({ ...MANY, SECRET_KEY: 'l'.repeat(32) }).state).not.toBe(state);
    expect(secrets).toEqual(expect.arrayContaining(['k'.repeat(32), state]));
    expect(stateOf({ ...MANY, SLACK_STATE_SECRET: 'mine' }).state).toBe('mine');
  });

  it('names for e-mail where bounces are told, which is never shown', () => {
    const mail = { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'papers@example.org' };
    const environment = { ...mail, STORE_URL: 'memory:', PUBLIC_URL: 'https://papers.example.org' };
    const config = withSecretKey(readConfig({ ...environment, SECRET_KEY: 'k'.repeat(32) }));
    const hookSecret = mailHookSecret('k'.repeat(32));
    expect(hookSecret).toMatch(/^[\w-]{43}$/);
    expect(config.secrets).toEqual(expect.arrayContaining(['k'.repeat(32), hookSecret]));
    expect(mailHookSecret('l'.repeat(32))).not.toBe(hookSecret);
    const made = withSecretKey(readConfig({ ...environment, STORE_URL: `sqlite:${folder}/mail.db` }));
    expect(made.secretKey).toBe(readFileSync(`${folder}/mail.key`, 'utf8').trim());
  });

  it('is the key alone for one team', () => {
    const one = { STORE_URL: 'memory:', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    const config = withSecretKey(readConfig(one));
    expect(config.secrets).toContain(config.secretKey);
    expect(config.slack).toEqual(readConfig(one).slack);
  });
});
