import type { Resolver } from 'node:dns/promises';
import { type Finding, warning } from '../../../src/finding.ts';

/** What is asked of DNS. */
export type Lookup = Pick<Resolver, 'resolveTxt' | 'resolveMx' | 'resolve4' | 'resolve6' | 'reverse'>;

/** DNS has answered that there is nothing (nodejs.org/api/dns.html#error-codes, 2026-11-26). */
const NO_NAME = 'ENOTFOUND';
const NOTHING = [NO_NAME, 'ENODATA'];

/** What is there; none where DNS says so. Rejects where it says nothing. */
export async function found<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    if (NOTHING.includes(codeOf(error))) return [];
    throw error;
  }
}

/** True where DNS says that there is no such name, so that it holds nothing of any kind. Rejects where it says nothing. */
export async function isUnknown(name: string, lookup: Lookup): Promise<boolean> {
  try {
    await lookup.resolveMx(name);
    return false;
  } catch (error) {
    if (NOTHING.includes(codeOf(error))) return codeOf(error) === NO_NAME;
    throw error;
  }
}

/** The texts at a name, each whole. */
export async function textsAt(name: string, lookup: Lookup): Promise<string[]> {
  return (await found(lookup.resolveTxt(name))).map((parts) => parts.join(''));
}

/** Findings, or one that says how to look where no DNS is reached: that is no fault of the records. */
export async function asFarAsResolved(
  what: string,
  command: string,
  look: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    return [warning(`${what} could not be looked up (${code}).`, `Look where DNS is reached: ${command}`)];
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
