import type { ServerResponse } from 'node:http';
import type { Clock } from '../../src/clock.ts';
import { createRandom } from './random.ts';

/** How often a fault strikes: `times` requests, or each with a `chance` that a seed decides; else every one. */
export interface Frequency {
  times?: number;
  /** 0 to 1. */
  chance?: number;
  /** Default 1. */
  seed?: number;
}

interface Rule<Subject, Fault> {
  matches: (subject: Subject) => boolean;
  fault: Fault;
  left: number;
  strikes: () => boolean;
}

/** What may go wrong, in the order in which it was asked for. */
export interface Rules<Subject, Fault> {
  /** Breaks what matches; the rule that was set first strikes first. The function that is given back mends it. */
  add(matches: (subject: Subject) => boolean, fault: Fault, frequency?: Frequency): () => void;
  /** The fault that strikes this one. */
  of(subject: Subject): Fault | undefined;
  /** Mends everything. */
  clear(): void;
}

export function createRules<Subject, Fault>(): Rules<Subject, Fault> {
  const rules: Rule<Subject, Fault>[] = [];
  const drop = (rule: Rule<Subject, Fault>) => {
    if (rules.includes(rule)) rules.splice(rules.indexOf(rule), 1);
  };
  return {
    add(matches, fault, { times = Number.POSITIVE_INFINITY, chance = 1, seed = 1 } = {}) {
      const random = createRandom(seed);
      const rule = { matches, fault, left: times, strikes: () => random() < chance };
      rules.push(rule);
      return () => drop(rule);
    },
    of(subject) {
      const rule = rules.find(({ matches, strikes }) => matches(subject) && strikes());
      if (!rule) return undefined;
      rule.left -= 1;
      if (rule.left <= 0) drop(rule);
      return rule.fault;
    },
    clear: () => void rules.splice(0),
  };
}

/** What may go wrong on the way to any platform and back; each `Fault` says what they mean. */
export type WayFault =
  | { kind: 'slow'; byMs: number; isHandled?: true }
  | { kind: 'cut-before' | 'reset-before' | 'cut-after' | 'reset-after' | 'hang-before' | 'hang-after' };

/** Of any fault what concerns the way. */
interface AnyFault {
  kind: string;
  byMs?: number;
  isHandled?: true;
}

/** Lets a fault strike on the way, before anything is done; true when that was all. */
export async function strikeBefore(
  clock: Clock,
  fault: AnyFault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.kind === 'slow' && !fault.isHandled) await clock.sleep(fault.byMs ?? 0);
  return isLost(fault, 'before', response);
}

/** Lets a fault strike on the way, after it was done; true when no answer goes out. */
export async function strikeAfter(
  clock: Clock,
  fault: AnyFault | undefined,
  response: ServerResponse,
): Promise<boolean> {
  if (fault?.kind === 'slow' && fault.isHandled) await clock.sleep(fault.byMs ?? 0);
  return isLost(fault, 'after', response);
}

/** Ends a connection without an answer where a fault wants that: `reset` as RST, `cut` as FIN. */
function isLost(fault: AnyFault | undefined, when: 'before' | 'after', { socket }: ServerResponse): boolean {
  switch (fault?.kind) {
    case `reset-${when}`:
      socket?.resetAndDestroy();
      return true;
    case `cut-${when}`:
      socket?.end();
      return true;
    default:
      return fault?.kind === `hang-${when}`;
  }
}
