import { ConfigError } from '../../errors.ts';

/** Where a store lies on which server. */
export interface Address {
  host: string;
  port: number;
  username?: string;
  password?: string;
  /** The number of the database. */
  db: number;
  isEncrypted: boolean;
  prefix: string;
}

const PORT = 6379;
const PREFIX = 'paperwire';
const FORM =
  'give redis://user:password@host:6379/0, or rediss: for TLS; ?prefix= names one of several bots.';

/** Takes the URL of a Redis apart. Errors: `ConfigError` without the URL, which may hold a password. */
export function addressOf(url: string): Address {
  const { protocol, hostname, port, username, password, pathname, searchParams } = parse(url);
  return {
    // An address of version 6 stands in brackets.
    host: hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: port === '' ? PORT : Number(port),
    ...(username === '' ? {} : { username: decoded(username) }),
    ...(password === '' ? {} : { password: decoded(password) }),
    db: databaseOf(pathname),
    isEncrypted: protocol === 'rediss:',
    prefix: prefixOf(searchParams),
  };
}

function parse(url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw wrong('that is not a URL');
  return parsed;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong('its user or password is not encoded as in URLs (% as %25)');
  }
}

function databaseOf(pathname: string): number {
  const [, number = '0'] = /^\/?(\d*)$/.exec(pathname) ?? [];
  if (!/^\/?\d*$/.test(pathname)) throw wrong('what stands after the host must be the number of a database');
  return Number(number);
}

function prefixOf(parameters: URLSearchParams): string {
  const unknown = [...parameters.keys()].find((name) => name !== 'prefix');
  if (unknown !== undefined) throw wrong(`there is no setting "${unknown}"`);
  const prefix = parameters.get('prefix') ?? PREFIX;
  // A colon ends it; nothing else of ours could be taken for another bot's.
  if (!/^[\w.-]{1,64}$/.test(prefix))
    throw wrong('its prefix may have letters, digits, ".", "-" and "_" only');
  return prefix;
}

function wrong(what: string): ConfigError {
  return new ConfigError([{ variable: 'STORE_URL', problem: `${what}; ${FORM}` }]);
}
