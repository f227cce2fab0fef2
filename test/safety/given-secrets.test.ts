import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { ConfigError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { installProgram, NOBODY } from '../end-to-end/program.ts';
import { textOf } from '../end-to-end/text-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperwire-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .trim();
const SLACK_HTTP = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'sssh-signing' };
const SLACK_MANY = {
  ...{ SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'sssh-client', SLACK_STATE_SECRET: 'sssh-state' },
  ...{ SLACK_SIGNING_SECRET: 'sssh-signing', PUBLIC_URL: 'https://papers.example.org' },
};
const MAIL = {
  ...{ SMTP_URL: 'smtp://bot:sssh%2Fsmtp@mail.example.org', MAIL_FROM: 'papers@example.org' },
  PUBLIC_URL: 'https://papers.example.org',
};

/** By its variable: what a secret is given with, and what of it may be shown nowhere. */
const GIVEN: Readonly<Record<string, { environment: Record<string, string>; hidden: readonly string[] }>> = {
  HUGGING_FACE_TOKEN: only('HUGGING_FACE_TOKEN', 'sssh-hugging'),
  ALARM_URL: only('ALARM_URL', 'https://alarms.example/sssh-alarm'),
  DISCORD_TOKEN: only('DISCORD_TOKEN', 'sssh-discord'),
  SLACK_BOT_TOKEN: { environment: SLACK_HTTP, hidden: ['xoxb-1'] },
  SLACK_APP_TOKEN: {
    environment: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-2' },
    hidden: ['xapp-2'],
  },
  SLACK_SIGNING_SECRET: { environment: SLACK_HTTP, hidden: ['sssh-signing'] },
  SLACK_CLIENT_SECRET: { environment: SLACK_MANY, hidden: ['sssh-client'] },
  SLACK_STATE_SECRET: { environment: SLACK_MANY, hidden: ['sssh-state'] },
  SMTP_URL: { environment: MAIL, hidden: ['sssh%2Fsmtp', 'sssh/smtp'] },
  DKIM_KEY: { environment: { ...MAIL, DKIM_KEY: PEM }, hidden: [PEM] },
  WEB_PASSWORD: only('WEB_PASSWORD', 'sssh-web-password'),
  SECRET_KEY: only('SECRET_KEY', 'sssh-'.repeat(8)),
  STORE_URL: {
    environment: { STORE_URL: 'postgres://bot:sssh%40store@db.example/papers' },
    hidden: ['sssh%40store', 'sssh@store'],
  },
  QUEUE_URL: {
    environment: { QUEUE_URL: 'redis://bot:sssh%40queue@db.example' },
    hidden: ['sssh%40queue', 'sssh@queue'],
  },
};

function only(variable: string, secret: string) {
  return { environment: { [variable]: secret }, hidden: [secret] };
}

/** Each variable that may also be given as a file, as the reader itself asks for it. */
function askedAsFiles(): string[] {
  const asked = new Set<string>();
  const given: Record<string, string> = { SMTP_URL: MAIL.SMTP_URL };
  const get = (_: object, name: string) => {
    asked.add(name);
    return given[name];
  };
  expect(() => readConfig(new Proxy({}, { get }))).toThrow(ConfigError);
  return [...asked].filter((name) => name.endsWith('_FILE')).map((name) => name.slice(0, -'_FILE'.length));
}

const withoutTerminal = ({ terminal: _, ...config }: Config) => config;

it('the secrets below are all that there are', () => {
  expect(Object.keys(GIVEN).sort()).toEqual(askedAsFiles().sort());
});

describe.each(Object.entries(GIVEN))('%s', (variable, { environment, hidden }) => {
  const { [variable]: secret = '', ...others } = environment;

  it('may be given in a file as well', () => {
    const file = join(folder, variable);
    writeFileSync(file, `${secret}\n`);
    const fromFile = readConfig({ ...others, [`${variable}_FILE`]: file });
    expect(withoutTerminal(fromFile)).toEqual(withoutTerminal(readConfig(environment)));
  });

  it('comes out of no log, whatever carries it', () => {
    const { secrets } = readConfig(environment);
    const written: string[] = [];
    const log = createLog({ level: 'debug', secrets, write: (line) => written.push(line) });
    const error = Object.assign(new Error(`refused ${secret}`), { config: { headers: [secret] } });
    log.error(`Failed with ${secret}`, {
      error,
      [secret]: 1,
      url: `https://x.example/?a=${encodeURIComponent(secret)}`,
    });
    log.warn('Caused', { error: new Error('outer', { cause: new Error(hidden.join(' ')) }) });
    const lines = written.join('');
    expect(lines).toContain('[secret]');
    for (const one of hidden) {
      expect(lines).not.toContain(one);
      expect(lines).not.toContain(JSON.stringify(one).slice(1, -1));
      expect(lines).not.toContain(encodeURIComponent(one));
    }
  });

  it('is not repeated where it is wrong, nor where it is given twice', () => {
    const wrong = [`${secret} ${secret}`, `é${secret}`, `mysql:${secret}`, secret.slice(0, -1)];
    const twice = { ...environment, [`${variable}_FILE`]: join(folder, 'none') };
    for (const given of [...wrong.map((one) => ({ ...environment, [variable]: one })), twice]) {
      const said = problemsOf(given);
      for (const one of hidden) expect(said).not.toContain(one);
    }
    expect(problemsOf(twice)).toContain(variable);
  });
});

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
}

describe('a program that ends by a fault of its own', () => {
  it('tells what it was without a secret, and exits 1', async () => {
    const program = installProgram(NOBODY);
    const password = 'sssh-crash-password';
    const crash = join(program.folder, 'crash.mjs');
    // What a library throws in the background, with an address and a token on it.
    const fault = `Object.assign(new TypeError('no answer of ' + process.env.STORE_URL), { input: process.env.STORE_URL })`;
    writeFileSync(crash, `if (process.argv[2] === 'topics') setTimeout(() => { throw ${fault}; }, 500);`);
    const env = {
      ...{ STORE_URL: `redis://bot:${password}@127.0.0.1:1`, HUGGING_FACE_TOKEN: password },
      NODE_OPTIONS: `--import=${crash}`,
    };
    const child = program.spawn(['topics', 'classify'], env);
    const said = textOf(child.stderr);
    const code = await new Promise((resolve) => child.once('close', resolve));
    program.remove();
    expect(code).toBe(1);
    expect(said()).toContain('TypeError: no answer of redis://[secret]@127.0.0.1:1');
    expect(said()).toContain('crash.mjs');
    expect(said()).not.toContain(password);
  });
});
