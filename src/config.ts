import { type DiscordConfig, readDiscord } from './config/discord.ts';
import { type EmailConfig, emailSecrets, readEmail } from './config/email.ts';
import { readSlack, type SlackConfig, slackSecrets } from './config/slack.ts';
import { PLATFORMS, type Platform } from './domain/feed.ts';
import {
  createReader,
  type Environment,
  type EnvironmentReader,
  isLoopback,
  SERVERS,
} from './environment.ts';
import { ConfigError, type ConfigProblem } from './errors.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { SOURCE_NAMES, type SourceName } from './sources/index.ts';
import { isSharedStore, STORE_SCHEMES } from './stores/index.ts';

/** Everything that the environment decides. */
export interface Config {
  /** Where papers come from. */
  source: SourceName;
  /** Where that is reached, if not at its own address; of Hugging Face that is `huggingFaceUrl`. */
  sourceUrl?: string;
  huggingFaceUrl: string;
  huggingFaceToken?: string;
  arxivUrl: string;
  storeUrl: string;
  /** Where processes share out work; absent where each does what it begins. */
  queueUrl?: string;
  /** Where the search index lies: beside an embedded store, else in memory. It can be made anew at any time. */
  indexPath: string;
  /** Where a secret key lies that we make by ourselves: beside an embedded store; absent where nothing is kept. */
  keyPath?: string;
  /** Absent where no Discord is set up. */
  discord?: DiscordConfig;
  /** Absent where no Slack is set up. */
  slack?: SlackConfig;
  /** Absent where no e-mail is set up. */
  email?: EmailConfig;
  /** Of each other platform that is set up: its one address, which is a secret. */
  addresses: Partial<Record<Platform, string>>;
  /** The one port at which we are reached. */
  http: HttpConfig;
  web: WebConfig;
  /** What stored tokens and the links in mails are sealed by; absent where it is to be made. At least `SECRET_KEY_CHARACTERS` long. */
  secretKey?: string;
  /** A webhook that gets alarms as JSON. */
  alarmUrl?: string;
  /** The archive keeps what was seen within so many days; absent keeps all. */
  archiveDays?: number;
  logLevel: LogLevel;
  /** The IANA zone of this machine. */
  localZone: string;
  /** Values that must never be shown. */
  secrets: string[];
  /** What the terminal tells of itself (NO_COLOR, TERM and their kin). */
  terminal: Readonly<Record<string, string | undefined>>;
}

export interface HttpConfig {
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** Where the world reaches it, without a slash at the end; https, or this machine. */
  publicUrl?: string;
}

export interface WebConfig {
  /** What opens the playground, status and metrics to whoever is not at this machine. */
  password?: string;
  /** Where no chat platform is set up, and beside one only behind a password. */
  hasPlayground: boolean;
  /** Where its messages lie: beside an embedded store, else in memory. */
  boardPath: string;
}

/** Set up by variables of their own, or always there; every other platform by one address. */
const WITH_VARIABLES: readonly Platform[] = ['discord', 'slack', 'web', 'terminal', 'email'];
/** Guessing one must be out of the question; a key of 32 random letters is. */
export const SECRET_KEY_CHARACTERS = 32;
const DEFAULT_STORE = 'sqlite:data/paperwire.db';
const STORE_FORMS =
  'sqlite:<file>, for example sqlite:data/paperwire.db, postgres://user:password@host/database, redis://host, or memory:';
const QUEUE_FORMS = 'redis://host or postgres://user:password@host/database';
const NO_SHARED_STORE =
  'what is kept in memory no other process reaches; set STORE_URL too, or leave this out.';
const NO_KEY =
  'processes that share a store must share it: set the same one for each ("openssl rand -hex 32" prints a good one).';
const HIGHEST_PORT = 65_535;
/** Whoever guesses has 20 tries in ten minutes. */
const PASSWORD_CHARACTERS = 8;

/** Editions look back on the lists of two weeks, and so does the usual size of a list. */
const FEWEST_ARCHIVE_DAYS = 30;
const MOST_ARCHIVE_DAYS = 99_999;

/** The variables of this process, which `.env` adds to. */
export const ownEnvironment = (): Record<string, string | undefined> => process.env;

/**
 * Reads the environment. Every variable that holds a secret may instead be given as `NAME_FILE`, a file with it.
 *
 * Errors: `ConfigError` with every variable that is wrong, and how to put it right.
 */
export function readConfig(environment: Environment = ownEnvironment()): Config {
  const problems: ConfigProblem[] = [];
  const read = createReader(environment, problems);
  const huggingFaceToken = read.secret('HUGGING_FACE_TOKEN');
  const alarmUrl = read.secretUrl('ALARM_URL');
  const discord = readDiscord(read);
  const http = readHttp(read);
  const slack = readSlack(read, http.publicUrl);
  const email = readEmail(read, http.publicUrl);
  const addresses = readAddresses(read);
  const password = readPassword(read);
  const secretKey = readSecretKey(read);
  const archiveDays = readArchiveDays(read);
  const huggingFaceUrl = read.webUrl('HUGGING_FACE_URL', 'https://huggingface.co');
  const arxivUrl = read.webUrl('ARXIV_URL', 'https://export.arxiv.org');
  const storage = readStorage(read);
  // One that is half set up is told of as such, not as a playground.
  const hasAddress = Object.keys(addresses).length > 0;
  const hasPlatform = hasAddress || discord !== undefined || slack !== undefined || read.isGiven('SMTP_URL');
  const isSealing = slack !== undefined || email !== undefined;
  if (isSharedStore(storage.storeUrl) && isSealing && secretKey === undefined)
    read.problem('SECRET_KEY', NO_KEY);
  if (!hasPlatform && password === undefined && isReachedByOthers(http))
    read.problem('WEB_PASSWORD', NO_PASSWORD);
  const config: Omit<Config, 'secrets'> = {
    ...readSource(read),
    huggingFaceUrl,
    ...(huggingFaceToken === undefined ? {} : { huggingFaceToken }),
    arxivUrl,
    ...storage,
    ...(discord === undefined ? {} : { discord }),
    ...(slack === undefined ? {} : { slack }),
    ...(email === undefined ? {} : { email }),
    addresses,
    http,
    web: webOf(password, hasPlatform, storage),
    ...(secretKey === undefined ? {} : { secretKey }),
    ...(alarmUrl === undefined ? {} : { alarmUrl }),
    ...(archiveDays === undefined ? {} : { archiveDays }),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    localZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    terminal: environment,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...config, secrets: secretsOf(config) };
}

function secretsOf(config: Omit<Config, 'secrets'>): string[] {
  const { huggingFaceToken, alarmUrl, discord, slack, email, web, secretKey, storeUrl, queueUrl } = config;
  return [
    ...[huggingFaceToken, alarmUrl, discord?.token, ...slackSecrets(slack), ...emailSecrets(email)],
    ...Object.values(config.addresses),
    ...[web.password, secretKey, ...[storeUrl, queueUrl, email?.smtpUrl].flatMap(passwordsOf)],
  ].filter((secret) => secret !== undefined);
}

function readStorage(
  read: EnvironmentReader,
): Pick<Config, 'storeUrl' | 'queueUrl' | 'indexPath' | 'keyPath'> {
  const storeUrl = read.serviceUrl('STORE_URL', STORE_SCHEMES, STORE_FORMS) ?? DEFAULT_STORE;
  const queueUrl = read.serviceUrl('QUEUE_URL', SERVERS, QUEUE_FORMS);
  if (queueUrl !== undefined && /^memory:/i.test(storeUrl)) read.problem('QUEUE_URL', NO_SHARED_STORE);
  const keyPath = beside(storeUrl, '.key');
  return {
    storeUrl,
    ...(queueUrl === undefined ? {} : { queueUrl }),
    indexPath: beside(storeUrl, '.search.db') ?? ':memory:',
    ...(keyPath === undefined ? {} : { keyPath }),
  };
}

function webOf(
  password: string | undefined,
  hasPlatform: boolean,
  { storeUrl }: Pick<Config, 'storeUrl'>,
): WebConfig {
  return {
    ...(password === undefined ? {} : { password }),
    hasPlayground: !hasPlatform || password !== undefined,
    boardPath: beside(storeUrl, '.playground.db') ?? ':memory:',
  };
}

function readSource(read: EnvironmentReader): Pick<Config, 'source' | 'sourceUrl'> {
  const [usual] = SOURCE_NAMES;
  const source = read.choice('SOURCE', SOURCE_NAMES, usual);
  const sourceUrl =
    read.text('SOURCE_URL') === undefined
      ? undefined
      : read.webUrl('SOURCE_URL', 'https://papers.example.org');
  if (sourceUrl !== undefined && source === 'hugging-face')
    read.problem('SOURCE_URL', 'it is for another SOURCE; set HUGGING_FACE_URL, or leave it out.');
  return { source, ...(sourceUrl === undefined ? {} : { sourceUrl }) };
}

/** `MATRIX_URL` for a platform `matrix`. */
function readAddresses(read: EnvironmentReader): Config['addresses'] {
  const others = PLATFORMS.filter((platform) => !WITH_VARIABLES.includes(platform));
  const given = others.map(
    (platform) => [platform, read.secretUrl(`${platform.toUpperCase()}_URL`)] as const,
  );
  return Object.fromEntries(given.filter(([, address]) => address !== undefined));
}

/** A file of the same name with another ending; undefined where nothing is kept in a file. */
function beside(storeUrl: string, ending: string): string | undefined {
  const [, path] = /^sqlite:(?:\/\/)?(.+?)(?:\.db)?$/i.exec(storeUrl) ?? [];
  return path === undefined || path === ':memory:' ? undefined : `${path}${ending}`;
}

function readHttp(read: EnvironmentReader): HttpConfig {
  const host = read.word('HTTP_HOST') ?? '127.0.0.1';
  const port = read.number('HTTP_PORT', 0, HIGHEST_PORT, 'leave it out for 8787') ?? 8787;
  const publicUrl = read.ownUrl('PUBLIC_URL', 'https://papers.example.org');
  return { host, port, ...(publicUrl === undefined ? {} : { publicUrl }) };
}

/** A password as it is written in an address, and as it is meant. */
function passwordsOf(address: string | undefined): string[] {
  const written = address !== undefined && URL.canParse(address) ? new URL(address).password : '';
  return written === '' ? [] : [...new Set([written, meantBy(written)])];
}

function meantBy(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    // A sign that stands for itself.
    return written;
  }
}

const NO_PASSWORD =
  'without it everybody who reaches HTTP_HOST or PUBLIC_URL could use the playground; set one, or leave both out.';

/** The playground would be open to more than this machine. */
function isReachedByOthers({ host, publicUrl }: HttpConfig): boolean {
  return ![host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])].every(isLoopback);
}

const UNFIT_FOR_BROWSERS =
  'it has blanks or letters beyond ASCII, which not every browser sends alike; take one without.';

function readArchiveDays(read: EnvironmentReader): number | undefined {
  return read.number('ARCHIVE_DAYS', FEWEST_ARCHIVE_DAYS, MOST_ARCHIVE_DAYS, 'leave it out to keep all');
}

function readPassword(read: EnvironmentReader): string | undefined {
  const password = read.secret('WEB_PASSWORD', UNFIT_FOR_BROWSERS);
  if (password === undefined || password.length >= PASSWORD_CHARACTERS) return password;
  read.problem('WEB_PASSWORD', `it has fewer than ${PASSWORD_CHARACTERS} characters; take a longer one.`);
  return undefined;
}

function readSecretKey(read: EnvironmentReader): string | undefined {
  const key = read.secret('SECRET_KEY');
  if (key === undefined || key.length >= SECRET_KEY_CHARACTERS) return key;
  read.problem(
    'SECRET_KEY',
    `it has fewer than ${SECRET_KEY_CHARACTERS} characters; "openssl rand -hex 32" prints a good one.`,
  );
  return undefined;
}
