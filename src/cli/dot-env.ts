import { lstatSync, readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ownEnvironment, readConfig } from '../config.ts';
import type { Environment } from '../environment.ts';
import { ConfigError } from '../errors.ts';
import { slipsBetween } from '../text/distance.ts';
import { PROGRAM } from './called.ts';

/** A name in `.env` that means nothing to us, and the one that was surely meant. */
export interface Misspelling {
  name: string;
  meant: string;
}

const FILE = '.env';
const FOLDER = `it is a folder, and settings are read from a file of that name: move it away, then copy .env.example to .env, or give ${PROGRAM} init.`;
const NO_RIGHT = 'it is there, and may not be read: give it to whoever runs this, or run this as its owner.';

const NOWHERE = 'it is a link to a file that is not there: mend the link, or take it away.';
const NO_UTF8 = 'it is not saved as UTF-8 but, it seems, as UTF-16: save it as UTF-8.';

/** What begins a value that may go over several lines. */
const OPENING = /^[^\S\n]*(?:export\s+)?[^\s=#][^=\n]*=[^\S\n]*(["'`])/;

/** A name that no equals sign follows. */
const ALONE = /^\s*(?:export\s+)?(\w+)\b(?!\s*=)/;

/**
 * Adds what `.env` says to the variables of this process, where there is such a file; those that it was given count before.
 * Out: names in it that are misspelt. Errors: `ConfigError` for one that cannot be read, or not as it was meant.
 */
export function loadDotEnv(): Misspelling[] {
  const text = textOf(FILE);
  if (text === undefined) return [];
  const known = variablesRead();
  checkLines(text, known);
  const variables = parseEnv(text);
  const own = ownEnvironment();
  for (const [name, value] of Object.entries(variables)) own[name] ??= value;
  const missing = known.filter((name) => variables[name] === undefined);
  return Object.keys(variables).flatMap((name) =>
    known.includes(name) ? [] : (misspelling(name, known) ?? wordTooMany(name, missing) ?? []),
  );
}

export function misspellingText({ name, meant }: Misspelling): string {
  return `${name} in ${FILE} is not a name that Paperwire knows. Did you mean ${meant}?`;
}

/** The names of all variables that the configuration reads, whatever is set. */
function variablesRead(): string[] {
  const names = new Set<string>();
  const nothingGiven: Environment = new Proxy({}, { get: (_, name) => void names.add(String(name)) });
  readConfig(nothingGiven);
  return [...names];
}

/** Without the byte order mark that some editors put before the first name. Undefined where there is no such file. */
function textOf(path: string): string | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw wrong(NOWHERE);
  if (kind.isDirectory()) throw wrong(FOLDER);
  const text = readText(path).replace(/^\uFEFF/, '');
  if (text.includes('\0')) throw wrong(NO_UTF8);
  return text.replaceAll('\r\n', '\n');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw wrong(NO_RIGHT);
  }
}

/**
 * Errors: `ConfigError` for a quote that nothing closes, or that only the quote of another setting does; for a name without
 * its sign, which would be passed over.
 */
function checkLines(text: string, known: readonly string[]): void {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, alone = ''] = ALONE.exec(lines[at] ?? '') ?? [];
    if (known.includes(alone))
      throw wrong(`line ${at + 1} gives ${alone} no value: write ${alone}= and the value behind it.`);
    const [opening, quote = ''] = OPENING.exec(lines[at] ?? '') ?? [];
    if (opening === undefined) continue;
    const rest = [lines[at]?.slice(opening.length) ?? '', ...lines.slice(at + 1)];
    const closing = rest.findIndex((line) => line.includes(quote));
    const within = rest.slice(1, closing + 1);
    if (closing === -1 || within.some((line) => isSetting(line, known)))
      throw wrong(
        `line ${at + 1} opens a quote (${quote}) that nothing closes: put another one at the end of its value, or take it out. A value with such a sign in it stands in other quotes.`,
      );
    at += closing;
  }
}

function isSetting(line: string, known: readonly string[]): boolean {
  const [, name = ''] = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line) ?? [];
  return known.includes(name);
}

/** Undefined for a name that is near none: those are no business of ours. */
function misspelling(name: string, known: readonly string[]): Misspelling | undefined {
  const typed = name.toUpperCase();
  const near = known.map((meant) => ({ meant, slips: slipsBetween(typed, meant, mostSlips(typed, meant)) }));
  const [nearest] = near
    .filter(({ meant, slips }) => slips <= mostSlips(typed, meant))
    .sort((one, other) => one.slips - other.slips);
  return nearest && { name, meant: nearest.meant };
}

/** DISCORD_BOT_TOKEN, as other bots call it: no business of ours where the file gives what it may mean too. */
function wordTooMany(name: string, missing: readonly string[]): Misspelling | undefined {
  const words = name.toUpperCase().split('_');
  const fewer = words.map((_, index) => words.toSpliced(index, 1).join('_'));
  const meant = missing.find((one) => one.includes('_') && fewer.includes(one));
  return meant === undefined ? undefined : { name, meant };
}

/** Names that begin otherwise are two slips apart all too often: whoever writes SMTP_HOST means no HTTP_HOST. */
function mostSlips(typed: string, meant: string): number {
  return typed[0] === meant[0] ? 2 : 1;
}

function wrong(problem: string): ConfigError {
  return new ConfigError([{ variable: FILE, problem }]);
}
