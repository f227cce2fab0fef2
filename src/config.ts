import { readFileSync } from 'node:fs';
import { ConfigError, type ConfigProblem } from './errors.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

/** Everything that the environment decides. */
export interface Config {
  huggingFaceUrl: string;
  huggingFaceToken?: string;
  arxivUrl: string;
  storeUrl: string;
  /** Where the search index lies: beside an embedded store, else in memory. It can be made anew at any time. */
  indexPath: string;
  /** Absent where no Discord is set up. */
  discord?: DiscordConfig;
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

export interface DiscordConfig {
  token: string;
  /** Base address of the API, without version. */
  apiUrl: string;
  /** Connections to the gateway; absent for as many as Discord recommends. */
  shards?: number;
}

/** Editions look back on the lists of two weeks, and so does the usual size of a list. */
const FEWEST_ARCHIVE_DAYS = 30;
const MOST_ARCHIVE_DAYS = 99_999;
/** A shard serves 1,000 servers at least, so that this is more than anybody needs in one process. */
const MOST_SHARDS = 64;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment. Every variable that holds a secret may instead be given as `NAME_FILE`, a file with it.
 *
 * Errors: `ConfigError` with every variable that is wrong, and how to put it right.
 */
export function readConfig(environment: Environment = process.env): Config {
  const problems: ConfigProblem[] = [];
  const read = createReader(environment, problems);
  const huggingFaceToken = read.secret('HUGGING_FACE_TOKEN');
  const alarmUrl = read.secretUrl('ALARM_URL');
  const discord = readDiscord(read);
  const archiveDays = read.number(
    'ARCHIVE_DAYS',
    FEWEST_ARCHIVE_DAYS,
    MOST_ARCHIVE_DAYS,
    'leave it out to keep all',
  );
  const huggingFaceUrl = read.webUrl('HUGGING_FACE_URL', 'https://huggingface.co');
  const arxivUrl = read.webUrl('ARXIV_URL', 'https://export.arxiv.org');
  const storeUrl = read.storeUrl('STORE_URL', 'sqlite:data/paperwire.db');
  const config: Config = {
    huggingFaceUrl,
    ...(huggingFaceToken === undefined ? {} : { huggingFaceToken }),
    arxivUrl,
    storeUrl,
    indexPath: indexBeside(storeUrl),
    ...(discord === undefined ? {} : { discord }),
    ...(alarmUrl === undefined ? {} : { alarmUrl }),
    ...(archiveDays === undefined ? {} : { archiveDays }),
    logLevel: read.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    localZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    secrets: [huggingFaceToken, alarmUrl, discord?.token].filter((secret) => secret !== undefined),
    terminal: environment,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Read also where there is no token, so that a slip is told before one is there. */
function readDiscord(read: ReturnType<typeof createReader>): DiscordConfig | undefined {
  const token = read.secret('DISCORD_TOKEN');
  const apiUrl = read.webUrl('DISCORD_API_URL', 'https://discord.com/api');
  const shards = read.number(
    'DISCORD_SHARDS',
    1,
    MOST_SHARDS,
    'leave it out for as many as Discord recommends',
  );
  if (token === undefined) return undefined;
  return { token, apiUrl, ...(shards === undefined ? {} : { shards }) };
}

function indexBeside(storeUrl: string): string {
  const [, path] = /^sqlite:(?:\/\/)?(.+?)(?:\.db)?$/i.exec(storeUrl) ?? [];
  return path === undefined || path === ':memory:' ? ':memory:' : `${path}.search.db`;
}

/** Readers of single variables; what is wrong is added to `problems` and the default stands in. */
function createReader(environment: Environment, problems: ConfigProblem[]) {
  const given = (variable: string) => environment[variable]?.trim() || undefined;
  const problem = (variable: string, text: string) => problems.push({ variable, problem: text });

  return {
    webUrl(variable: string, fallback: string): string {
      const value = given(variable) ?? fallback;
      const url = URL.canParse(value) ? new URL(value) : undefined;
      const isPlain = url && `${url.username}${url.password}${url.search}${url.hash}` === '';
      if (isPlain && ['http:', 'https:'].includes(url.protocol)) return value.replace(/\/+$/, '');
      // The value is not repeated: it may hold a password.
      problem(
        variable,
        `it is no http(s) address without user, password and query; write it like ${fallback}.`,
      );
      return fallback;
    },
    /** A whole address is a secret where whoever knows it may post there. */
    secretUrl(variable: string): string | undefined {
      const value = this.secret(variable);
      if (value === undefined) return undefined;
      const url = URL.canParse(value) ? new URL(value) : undefined;
      const isUsable = url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
      if (isUsable) return value;
      problem(variable, 'it is no http(s) address without user and password.');
      return undefined;
    },
    /** A whole number; `otherwise` says what leaving it out means. */
    number(variable: string, fewest: number, most: number, otherwise: string): number | undefined {
      const value = given(variable);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (/^\d{1,9}$/.test(value) && number >= fewest && number <= most) return number;
      problem(variable, `"${value}" is no whole number from ${fewest} to ${most}; ${otherwise}.`);
      return undefined;
    },
    storeUrl(variable: string, fallback: string): string {
      const value = given(variable) ?? fallback;
      if (value === 'memory:' || /^sqlite:.+/.test(value)) return value;
      // The value may hold a password, so only its scheme is shown.
      const scheme = value.split(':')[0];
      problem(
        variable,
        `stores of the kind "${scheme}:" are not known; use sqlite:<file>, for example ${fallback}, or memory:`,
      );
      return fallback;
    },
    choice<T extends string>(variable: string, choices: readonly T[], fallback: T): T {
      const value = given(variable) ?? fallback;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) problem(variable, `"${value}" is not one of ${choices.join(', ')}.`);
      return found ?? fallback;
    },
    secret(variable: string): string | undefined {
      const secret = this.anySecret(variable);
      if (secret !== undefined && !/^[!-~]+$/.test(secret)) {
        problem(variable, 'it has blanks, line breaks or other characters that no token has.');
      }
      return secret;
    },
    /** From the variable itself or from the file that it names. */
    anySecret(variable: string): string | undefined {
      const file = given(`${variable}_FILE`);
      const value = given(variable);
      if (file === undefined) return value;
      if (value !== undefined) problem(variable, `give either ${variable} or ${variable}_FILE, not both.`);
      try {
        const content = readFileSync(file, 'utf8').trim();
        if (content === '') problem(`${variable}_FILE`, `the file "${file}" is empty.`);
        return content || undefined;
      } catch (error) {
        problem(
          `${variable}_FILE`,
          `the file "${file}" cannot be read (${(error as NodeJS.ErrnoException).code}).`,
        );
        return undefined;
      }
    },
  };
}
