import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { type Config, readConfig } from '../../config.ts';
import { ConfigError } from '../../errors.ts';
import { type Finding, fine, warning, wrong } from '../../finding.ts';
import { loadDotEnv, misspellingText } from '../dot-env.ts';

/** Rights of others than the owner. */
const OTHERS = 0o077;
/** The right of the owner to read. */
const READABLE = 0o400;
/** How every database of SQLite begins (https://sqlite.org/fileformat.html, 2026-11-26). */
const DATABASE = 'SQLite format 3\0';
/** The side files that SQLite keeps while a database is open. */
const SIDES = ['', '-wal', '-shm'];

/** Whether a version (`24.15.0`) is within a range such as `^22.23.0 || >=26.0.0`, as `engines` in package.json has it. */
export function isWithin(version: string, range: string): boolean {
  const own = numbersOf(version);
  return range.split('||').some((part) => {
    const least = numbersOf(part);
    const isNewer = own.map((number, index) => Math.sign(number - (least[index] ?? 0))).find(Boolean) !== -1;
    return isNewer && (own[0] === least[0] || part.trim().startsWith('>='));
  });
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

/** Whether this Node is one that the program was made for. */
export function ofNode(version: string): Finding {
  const { engines } = JSON.parse(readFileSync(findPackageJSON(import.meta.url) as string, 'utf8'));
  if (isWithin(version, engines.node)) return fine(`Node ${version} is new enough.`);
  return wrong(
    `Node ${version} is none of ${engines.node}: SQLite in it may damage the store.`,
    'Install a newer Node from https://nodejs.org.',
  );
}

/** The configuration, and what is wrong with it: every variable at once. */
export function ofConfig(): { config?: Config; findings: Finding[] } {
  const findings: Finding[] = [];
  try {
    const misspelt = loadDotEnv().map(misspellingText);
    findings.push(
      ...misspelt.map((sentence) => warning(sentence, 'Put the name right there, or take the line out.')),
    );
    const config = readConfig();
    return { config, findings: [...findings, fine('The configuration is right.')] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { findings: [...findings, ...ofProblems(error)] };
  }
}

/** What is wrong with the configuration, a finding for each variable. */
export function ofProblems({ problems }: ConfigError): Finding[] {
  const mend = 'Put it right in .env or in the environment; .env.example says what each variable means.';
  return problems.map(({ variable, problem }) => wrong(`${variable}: ${problem}`, mend));
}

/** Whether anybody else on this machine can read `.env` and what is kept in files. Nothing where they do not exist. */
export function ofFiles(config: Config | undefined, envPath = '.env'): Finding[] {
  // On Windows a file has no such mode.
  if (process.platform === 'win32') return [];
  const files = [envPath, ...(config ? keptFiles(config) : [])];
  const present = files.flatMap((path) => {
    const file = statSync(path, { throwIfNoEntry: false });
    return file?.isFile() ? [{ path, mode: file.mode & 0o777, uid: file.uid }] : [];
  });
  const open = present.filter(({ mode }) => (mode & OTHERS) !== 0);
  if (open.length === 0) {
    // What is another's, or may not be read at all, is no secret of ours alone.
    const own = present.filter(({ mode, uid }) => uid === process.getuid?.() && (mode & READABLE) !== 0);
    return own.length === 0 ? [] : [fine(`Only you can read ${listed(own.map(({ path }) => path))}.`)];
  }
  return open.map(({ path, mode }) =>
    warning(`Others on this machine can get at ${path} (mode ${mode.toString(8)}).`, `chmod 600 ${path}`),
  );
}

/** Whose variable leads to a file of something else is not to be told to change its rights. */
function isNoDatabase(path: string): boolean {
  try {
    const file = openSync(path, 'r');
    try {
      const start = Buffer.alloc(DATABASE.length);
      const length = readSync(file, start);
      return length > 0 && start.toString('latin1') !== DATABASE;
    } finally {
      closeSync(file);
    }
  } catch {
    // Missing, or not to be read: what is said of it does not depend on what is in it.
    return false;
  }
}

function keptFiles({ storeUrl, indexPath, keyPath, web }: Config): string[] {
  const [, store] = /^sqlite:(?:\/\/)?(.+)$/i.exec(storeUrl) ?? [];
  const databases = [store, indexPath, web.boardPath].filter((path) => path !== undefined);
  const files = databases.filter((path) => path !== ':memory:' && !isNoDatabase(path));
  return [...files.flatMap((path) => SIDES.map((side) => `${path}${side}`)), ...(keyPath ? [keyPath] : [])];
}

function listed(paths: readonly string[]): string {
  const named = paths.filter((path) => !/-(wal|shm)$/.test(path));
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : `${named[0]}`;
}
