import { readFileSync } from 'node:fs';
import type { ConfigProblem } from './errors.ts';

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type EnvironmentReader = ReturnType<typeof createReader>;

/** Servers that hold what several processes share. */
export const SERVERS: readonly string[] = ['postgres', 'postgresql', 'redis', 'rediss'];
const NO_TOKEN = 'it has blanks, line breaks or other characters that no token has.';

/** The variables as they were given, and where to tell what is wrong with one. */
interface Given {
  /** Undefined also where there is nothing but blanks. */
  text(variable: string): string | undefined;
  problem(variable: string, text: string): void;
}

/** Readers of single variables; what is wrong is added to `problems` and the default stands in. */
export function createReader(environment: Environment, problems: ConfigProblem[]) {
  const given: Given = {
    text: (variable) => environment[variable]?.trim() || undefined,
    problem: (variable, problem) => void problems.push({ variable, problem }),
  };
  const secrets = createSecretReader(given);
  return {
    ...given,
    /** Whether anything is given, by the variable itself or in a file. */
    isGiven: (variable: string): boolean =>
      (given.text(variable) ?? given.text(`${variable}_FILE`)) !== undefined,
    ...createWordReader(given),
    ...createWebReader(given),
    ...secrets,
    ...createSecretUrlReader(secrets, given),
  };
}

/** Of what is no secret, and may be repeated where it is wrong. */
function createWordReader({ text, problem }: Given) {
  return {
    /** What has no blanks in it: an id, the name of a machine. */
    word(variable: string): string | undefined {
      const value = text(variable);
      if (value === undefined || /^[!-~]+$/.test(value)) return value;
      problem(variable, `"${value}" has blanks or other characters that may not stand there.`);
      return undefined;
    },
    /** A whole number; `otherwise` says what leaving it out means. */
    number(variable: string, fewest: number, most: number, otherwise: string): number | undefined {
      const value = text(variable);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (/^\d{1,9}$/.test(value) && number >= fewest && number <= most) return number;
      problem(variable, `"${value}" is no whole number from ${fewest} to ${most}; ${otherwise}.`);
      return undefined;
    },
    /** Some of these, separated by commas; none where nothing is given. */
    someOf<T extends string>(variable: string, choices: readonly T[]): T[] {
      const words = (text(variable) ?? '').split(',').map((word) => word.trim().toLowerCase());
      const wanted = words.filter((word) => word !== '');
      const unknown = wanted.find((word) => !choices.some((choice) => choice === word));
      if (unknown !== undefined)
        problem(variable, `"${unknown}" is not one of ${choices.join(', ')}; separate several by commas.`);
      return choices.filter((choice) => wanted.includes(choice));
    },
    choice<T extends string>(variable: string, choices: readonly T[], fallback: T): T {
      const value = text(variable) ?? fallback;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) problem(variable, `"${value}" is not one of ${choices.join(', ')}.`);
      return found ?? fallback;
    },
  };
}

/** Of addresses that hold no secret, all of them without a slash at the end. */
function createWebReader({ text, problem }: Given) {
  const webUrl = (variable: string, value: string, example: string): string | undefined => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const isPlain = url && `${url.username}${url.password}${url.search}${url.hash}` === '';
    if (isPlain && ['http:', 'https:'].includes(url.protocol)) return value.replace(/\/+$/, '');
    // The value is not repeated: it may hold a password.
    problem(variable, `it is no http(s) address without user, password and query; write it like ${example}.`);
    return undefined;
  };
  return {
    webUrl: (variable: string, fallback: string): string =>
      webUrl(variable, text(variable) ?? fallback, fallback) ?? fallback,
    /** Of the kinds of `webUrl`; undefined where none is given or it is wrong. */
    ownUrl(variable: string, example: string): string | undefined {
      const value = text(variable);
      const url = value === undefined ? undefined : webUrl(variable, value, example);
      if (url === undefined || url.startsWith('https:') || isLoopback(new URL(url).hostname)) return url;
      problem(variable, `it must begin with https://, as the world reaches it; write it like ${example}.`);
      return undefined;
    },
  };
}

function createSecretReader({ text, problem }: Given) {
  /** From the variable itself or from the file that it names. */
  const anySecret = (variable: string): string | undefined => {
    const file = text(`${variable}_FILE`);
    const value = text(variable);
    if (file === undefined) return value;
    if (value !== undefined) problem(variable, `give either ${variable} or ${variable}_FILE, not both.`);
    try {
      const content = readFileSync(file, 'utf8').trim();
      if (content === '') problem(`${variable}_FILE`, `the file "${file}" is empty.`);
      return content || undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problem(`${variable}_FILE`, `the file "${file}" cannot be read (${code}).`);
      return undefined;
    }
  };
  return {
    anySecret,
    /** `refusal` says what is wrong with blanks, line breaks and what is beyond ASCII. */
    secret(variable: string, refusal = NO_TOKEN): string | undefined {
      const secret = anySecret(variable);
      if (secret !== undefined && !/^[!-~]+$/.test(secret)) problem(variable, refusal);
      return secret;
    },
  };
}

/** Of addresses that are secrets as a whole. */
function createSecretUrlReader(
  { secret, anySecret }: ReturnType<typeof createSecretReader>,
  { problem }: Given,
) {
  return {
    /** Whoever knows it may post there. */
    secretUrl(variable: string): string | undefined {
      const value = secret(variable);
      if (value === undefined) return undefined;
      const url = URL.canParse(value) ? new URL(value) : undefined;
      const isUsable = url && /^https?:$/.test(url.protocol) && `${url.username}${url.password}` === '';
      if (isUsable) return value;
      problem(variable, 'it is no http(s) address without user and password.');
      return undefined;
    },
    /**
     * The address of a service of one of these schemes, or one of these beginnings with something behind it; it may hold a
     * password, so only its scheme is ever shown. `forms`: how it may be written.
     */
    serviceUrl(variable: string, schemes: readonly string[], forms: string): string | undefined {
      const value = anySecret(variable);
      if (value === undefined) return undefined;
      const [scheme = ''] = value.split(':');
      const isKnown = schemes.includes(scheme.toLowerCase());
      if (isKnown && isWhole(value, scheme.toLowerCase())) return value;
      const shown = /^[a-z][a-z\d+.-]*:/i.test(value) ? `"${scheme}:"` : 'what is given';
      problem(variable, `${shown} ${isKnown ? 'lacks what follows' : 'is not known'}; use ${forms}.`);
      return undefined;
    },
  };
}

/** `memory:` needs no more; a server has a host, anything else, such as a file, has something behind its scheme. */
function isWhole(url: string, scheme: string): boolean {
  if (!SERVERS.includes(scheme)) return scheme === 'memory' || url.length > `${scheme}:`.length;
  return URL.canParse(url) && new URL(url).hostname !== '';
}

/** Only this machine reaches it, so that nobody can listen. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
