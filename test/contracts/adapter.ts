import { describe, it } from 'vitest';
import type { Adapter } from '../../src/adapter.ts';
import type { Destination } from '../../src/domain/feed.ts';
import { ADAPTER_CASES } from './adapter-cases.ts';

export { RETRY_AFTER_MS } from './adapter-cases.ts';

/** Ways in which a platform fails; `answer-lost`: it may have taken the message; `hang`: it never answers. */
export const FAULTS = [
  'throttled',
  'not-arrived',
  'answer-lost',
  'forbidden',
  'gone',
  'rejected',
  'hang',
] as const;
export type Fault = (typeof FAULTS)[number];

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
  /** A place that the platform knows. */
  destination: Destination;
  /** How often the platform was called to post, failed calls included. */
  calls(): number;
  /** The next call to the platform fails in this way; `throttled` asks for `RETRY_AFTER_MS`. */
  failNext(fault: Fault): void;
  /** Every paper in what was posted, in the order of showing, read back from the platform's own form. */
  shown(): ShownPaper[];
  /** Everything that people read in what was posted, unescaped, every run of white space as one space. */
  text(): string;
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
  cannot: Partial<Record<Fault, string>>;
}

/** Holds an adapter to the contract of `src/adapter.ts`. */
export function testAdapter(subject: AdapterSubject): void {
  describe(`adapter contract: ${subject.name}`, () => {
    for (const { title, needs, run } of ADAPTER_CASES) {
      const reason = needs && subject.cannot[needs];
      if (reason === undefined) it(title, () => run(subject));
      else it.skip(`${title} (cannot happen: ${reason})`);
    }
  });
}

/** The titles of the cases that an adapter fails: for showing that the suite sees what it should. */
export async function failedCases(subject: AdapterSubject): Promise<string[]> {
  const failed: string[] = [];
  for (const { title, needs, run } of ADAPTER_CASES) {
    if (needs && subject.cannot[needs] !== undefined) continue;
    await run(subject).catch(() => failed.push(title));
  }
  return failed;
}
