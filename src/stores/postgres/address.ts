import { ConfigError } from '../../errors.ts';

/** Where the store lies. */
export interface Address {
  /** For the driver; may hold a password. */
  url: string;
  /** The schema of that database which holds all tables. */
  schema: string;
}

/** Every name that needs no quotes, so that whoever looks in by hand needs none either; 63 bytes at most. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Reads STORE_URL: what the driver takes, and `schema` among its parameters, `paperwire` by default. Errors:
 * `ConfigError`, which shows nothing of the URL.
 */
export function addressOf(storeUrl: string): Address {
  const [url = '', query = ''] = split(storeUrl);
  const parameters = new URLSearchParams(query);
  const schema = parameters.get('schema') ?? 'paperwire';
  if (!SCHEMA.test(schema) || schema.startsWith('pg_')) throw wrong(`"${schema}" ${NOT_A_SCHEMA}`);
  parameters.delete('schema');
  return { url: parameters.size === 0 ? url : `${url}?${parameters}`, schema };
}

const NOT_A_SCHEMA =
  'is no name for a schema: give small letters, digits and "_", for example ?schema=paperwire, or leave it out.';

export function wrong(problem: string): ConfigError {
  return new ConfigError([{ variable: 'STORE_URL', problem }]);
}

/** Before and after the first question mark; one in a password is written `%3F`. */
function split(url: string): string[] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url] : [url.slice(0, mark), url.slice(mark + 1)];
}
