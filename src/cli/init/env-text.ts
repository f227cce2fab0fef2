import { parseEnv } from 'node:util';
import type { Environment } from '../../environment.ts';

/** Variables to set in `.env`, by their names; empty takes one out, as an empty one counts for none. Values are one line. */
export type Changes = Readonly<Record<string, string>>;

/** What Node reads in a text of that form; a variable that stands there twice has its last value. */
export function readEnvText(text: string): Environment {
  return parseEnv(text.replace(/^\uFEFF/, ''));
}

/**
 * The text of `.env` after changes. All lines stay byte for byte, in their order; one that set a variable to another value
 * becomes a comment, so that no value is lost. The new line stands after it, else after the comment that speaks of the
 * variable, else at the end. Undefined where a text is so written that Node would not read what is meant.
 */
export function changedEnvText(text: string, changes: Changes): string | undefined {
  const before = readEnvText(text);
  const differing = Object.entries(changes).filter(([name, value]) => (before[name] ?? '') !== value);
  // In place where that can be done; a line that only looks like a setting, inside another value, is left alone.
  const inPlace = differing.reduce(changed, text);
  const atTheEnd = differing.reduce((sofar, [name, value]) => appended(sofar, lineOf(name, value)), text);
  return [inPlace, atTheEnd].find((one) => isRead(one, before, Object.fromEntries(differing)));
}

function isRead(text: string, before: Environment, changes: Changes): boolean {
  const read = readEnvText(text);
  const names = new Set([...Object.keys(read), ...Object.keys(before), ...Object.keys(changes)]);
  return [...names].every((name) =>
    changes[name] === '' ? !read[name] : read[name] === (changes[name] ?? before[name]),
  );
}

function changed(text: string, [name, value]: [string, string]): string {
  const lines = text.split('\n');
  const settings = indexesOf(lines, new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`));
  const [spoken] = indexesOf(lines, new RegExp(`^\\s*#\\s*${name}=`)).slice(-1);
  for (const index of settings) lines[index] = `#${lines[index]}`;
  if (value === '') return lines.join('\n');
  const after = settings.at(-1) ?? spoken;
  const line = lineOf(name, value);
  if (after === undefined || after === lines.length - 1) return appended(lines.join('\n'), line);
  const ending = lines[after]?.endsWith('\r') ? '\r' : '';
  return lines.toSpliced(after + 1, 0, `${line}${ending}`).join('\n');
}

function indexesOf(lines: readonly string[], form: RegExp): number[] {
  return [...lines.keys()].filter((index) => form.test(lines[index] ?? ''));
}

/** In the kind of line endings that the text has. */
function appended(text: string, line: string): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const isWhole = text === '' || text.endsWith('\n');
  return `${text}${isWhole ? '' : ending}${line}${ending}`;
}

/** What needs no quotes anywhere that such files are read: by Node, by a shell, by Docker. */
const PLAIN = /^[\w@%+:,./-]+$/;

function lineOf(name: string, value: string): string {
  if (value === '' || PLAIN.test(value)) return `${name}=${value}`;
  // In single quotes nothing has a meaning of its own; of the others Node reads \n in double ones.
  const quote = ["'", '`', '"'].find((one) => !value.includes(one));
  return `${name}=${quote ?? ''}${value}${quote ?? ''}`;
}
