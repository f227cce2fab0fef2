import { describe, it } from 'vitest';
import type { Adapter } from '../../src/adapter.ts';
import type { Instant } from '../../src/domain/calendar.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { ADAPTER_CASES } from './adapter-cases.ts';
import { EDIT_CASES } from './adapter-edit.ts';
import { FIND_CASES } from './adapter-find.ts';

export { RETRY_AFTER_MS } from './adapter-faults.ts';

/**
 * Ways in which a platform fails. `not-arrived`: it cannot be reached; `request-lost`, `answer-lost`: the connection
 * breaks before, or after, it did what it was asked for, and we cannot tell which; `hang`: it never answers.
 */
export const FAULTS = [
  'throttled',
  'not-arrived',
  'request-lost',
  'answer-lost',
  'forbidden',
  'gone',
  'rejected',
  'hang',
] as const;
export type Fault = (typeof FAULTS)[number];

/**
 * What not every platform lets be done. `find`: it tells what was posted; `repeat`: it takes a message sent again for
 * the same; `edit`: it changes what was posted; `skew`: its clock may differ from ours.
 */
export type Ability = 'find' | 'repeat' | 'edit' | 'skew';

/** What an adapter calls its platform for. */
export type Operation = 'send' | 'find' | 'edit';

/** A paper as people see it. */
export interface ShownPaper {
  /** Absent where a paper stands alone without its number. */
  number?: number;
  title: string;
  upvotes: number;
  /** Where its title or address leads; undefined when no link is shown. */
  url: string | undefined;
}

/** A fresh adapter and a view of its platform from behind. */
export interface AdapterBench {
  adapter: Adapter;
  /** Another adapter for the same platform, which knows nothing of the first: as after a restart. */
  restarted(): Adapter;
  /** A place that the platform knows. */
  destination: Destination;
  /** Somebody of its workspace who takes direct messages. */
  member: string;
  /** Who installed us in its workspace; undefined where nobody can know. */
  installer: string | undefined;
  /** How many messages the platform tells of in one answer. */
  pageSize: number;
  /** The present by the adapter's clock. */
  now(): Instant;
  /** Sets the platform's clock off the adapter's, ahead of it when positive. */
  skew(byMs: number): void;
  /** How often the platform was called, failed calls included; default to post. */
  calls(operation?: Operation): number;
  /** The next call for this (default to post) fails in this way; `throttled` asks for `RETRY_AFTER_MS`. */
  failNext(fault: Fault, operation?: Operation): void;
  /** Every paper in what was posted, in the order of showing, read back from the platform's own form. */
  shown(): ShownPaper[];
  /** All that people read, in one place or in all, unescaped, every run of white space as one space; buttons too. */
  text(at?: Destination): string;
  /** Throws when something in what was posted acts: escapes, pings, breaks the layout or forges a link. */
  assertInert(): void;
}

/** An adapter as the suite sees it. */
export interface AdapterSubject {
  /** For the title of its tests. */
  name: string;
  /** A fresh one for each case, not started. */
  create(): AdapterBench;
  /** What its platform cannot do, each with the reason; the cases that need it are left out. */
  cannot: Partial<Record<Fault | Ability, string>>;
}

/** One promise of `src/adapter.ts`. */
export interface AdapterCase {
  title: string;
  /** Left out where the platform cannot do one of these. */
  needs?: readonly (Fault | Ability)[];
  run(subject: AdapterSubject): Promise<void>;
}

/** All of them. */
export const CASES: readonly AdapterCase[] = [...ADAPTER_CASES, ...FIND_CASES, ...EDIT_CASES];

/** Holds an adapter to the contract of `src/adapter.ts`. */
export function testAdapter(subject: AdapterSubject): void {
  describe(`adapter contract: ${subject.name}`, () => {
    for (const one of CASES) {
      const reason = hindrance(one, subject);
      if (reason === undefined) it(one.title, () => one.run(subject));
      else it.skip(`${one.title} (cannot happen: ${reason})`);
    }
  });
}

/** The titles of the cases that an adapter fails: for showing that the suite sees what it should. */
export async function failedCases(subject: AdapterSubject): Promise<string[]> {
  const failed: string[] = [];
  for (const one of CASES) {
    if (hindrance(one, subject) !== undefined) continue;
    await one.run(subject).catch(() => failed.push(one.title));
  }
  return failed;
}

/** Why a case is left out; undefined for one that is not. */
function hindrance({ needs = [] }: AdapterCase, { cannot }: AdapterSubject): string | undefined {
  return needs.map((need) => cannot[need]).find((reason) => reason !== undefined);
}
