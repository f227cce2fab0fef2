import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SlackConfig } from '../config/slack.ts';
import { type Config, SECRET_KEY_CHARACTERS } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { deriveSecret } from '../sealing.ts';

const KEY_BYTES = 32;

/**
 * What the environment decides, with the secrets that follow from the secret key, where a platform that is set up needs
 * them: to be called before the log is opened, so that it hides them. Errors: `ConfigError`.
 */
export function withSecretKey(config: Config): Config {
  if (!config.slack && !config.email) return config;
  const secretKey = secretKeyOf(config);
  const slack = config.slack && withStateSecret(config.slack, secretKey);
  const stateSecret = slack?.tokens.kind === 'many' ? slack.tokens.stateSecret : undefined;
  const hookSecret = config.email && mailHookSecret(secretKey);
  const secrets = [...config.secrets, secretKey, stateSecret, hookSecret].filter((one) => one !== undefined);
  return { ...config, secretKey, ...(slack ? { slack } : {}), secrets };
}

function withStateSecret(slack: SlackConfig, secretKey: string): SlackConfig {
  const { tokens } = slack;
  if (tokens.kind === 'one') return slack;
  const { stateSecret = deriveSecret(secretKey, 'slack state') } = tokens;
  return { ...slack, tokens: { ...tokens, stateSecret } };
}

/** What the address ends with at which we are told of bounces and complaints; whoever knows it may tell. */
export function mailHookSecret(secretKey: string): string {
  return deriveSecret(secretKey, 'mail hook');
}

/**
 * The key by which stored tokens and the links in mails are sealed: the one that is configured, else the one in the file `keyPath`, which is
 * made with the first call, for its owner only; of several first calls all get the same. Without such a path it lasts
 * as long as the process. Errors: `ConfigError`.
 */
export function secretKeyOf({ secretKey, keyPath }: Pick<Config, 'secretKey' | 'keyPath'>): string {
  if (secretKey !== undefined) return secretKey;
  if (keyPath === undefined) return newKey();
  try {
    return readKey(keyPath) ?? makeKey(keyPath);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof ConfigError || code === undefined) throw error;
    throw wrong(
      `it is not set, and the file "${keyPath}" that stands for it can be neither read nor made (${code}).`,
    );
  }
}

/** Undefined where there is no such file. */
function readKey(path: string): string | undefined {
  const key = textOf(path)?.trim();
  if (key === undefined || key.length >= SECRET_KEY_CHARACTERS) return key;
  throw wrong(
    `the file "${path}" that stands for it holds no key; put a copy of it back, or set SECRET_KEY.`,
  );
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written whole under another name first: a link is made or is there already, and nobody reads half a key. */
function makeKey(path: string): string {
  const file = resolve(path);
  const draft = `${file}.${randomUUID()}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeDurably(draft, `${newKey()}\n`);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const key = readKey(path);
  if (key === undefined) throw wrong(`the file "${path}" that stands for it went away while it was made.`);
  return key;
}

/** A new file for its owner only, which a power cut does not take: what is sealed with a key that is gone is lost. Throws what Node throws. */
export function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

function wrong(problem: string): ConfigError {
  return new ConfigError([{ variable: 'SECRET_KEY', problem }]);
}
