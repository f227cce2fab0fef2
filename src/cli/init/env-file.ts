import { randomUUID } from 'node:crypto';
import {
  chownSync,
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.ts';
import { writeDurably } from '../../sealing/key.ts';

/** A file of settings as it was read. */
export interface EnvFile {
  /** As a person wrote it, for sentences: `.env`. */
  path: string;
  /** Undefined where there is none. */
  text?: string;
}

/** Errors: `UsageError` where it cannot be read, or nothing can be written beside it: before anybody answers anything. */
export function readEnvFile(path: string): EnvFile {
  const text = textOf(path);
  const draft = draftOf(targetOf(path));
  try {
    closeSync(openSync(draft, 'wx', 0o600));
    rmSync(draft);
  } catch (error) {
    throw unwritable(path, error);
  }
  return text === undefined ? { path } : { path, text };
}

/**
 * Writes a new text, for its owner only: whole under another name first, which then takes the old one's place, so that
 * nobody reads half of it and a power cut leaves one of the two. Errors: `UsageError` where somebody else has changed the
 * file since it was read, or it cannot be written; then it is as it was.
 */
export function writeEnvFile({ path, text: before }: EnvFile, text: string): void {
  const target = targetOf(path);
  const draft = draftOf(target);
  try {
    writeDurably(draft, text);
    giveTo(statSync(target, { throwIfNoEntry: false }), draft);
    if (textOf(path) !== before) throw changedMeanwhile(path);
    renameSync(draft, target);
  } catch (error) {
    throw error instanceof UsageError ? error : unwritable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Its owner stays whoever it was: the bot may run as another user than the one who sets it up. */
function giveTo(owner: Stats | undefined, file: string): void {
  if (owner && (owner.uid !== process.getuid?.() || owner.gid !== process.getgid?.()))
    chownSync(file, owner.uid, owner.gid);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR')
      throw new UsageError(`${path} is a folder, and settings go into a file of that name: move it away.`);
    throw new UsageError(`${path} cannot be read (${code}); look at its rights.`);
  }
}

/** Where a link leads, so that the link stays one. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function draftOf(target: string): string {
  return `${target}.${randomUUID()}`;
}

function unwritable(path: string, error: unknown): UsageError {
  const { code } = error as NodeJS.ErrnoException;
  return new UsageError(
    `${path} cannot be written here (${code}): go to a folder that is yours, or look at the rights of this one.`,
  );
}

function changedMeanwhile(path: string): UsageError {
  return new UsageError(
    `${path} was changed by somebody else meanwhile, and was left as it is now. Give the command again.`,
  );
}
