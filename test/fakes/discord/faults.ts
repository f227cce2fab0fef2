import type { Socket } from 'node:net';
import { createRandom } from '../random.ts';

/**
 * What may go wrong with a request:
 * - `status`: is answered so instead; with `isHandled` after it was done (a 5xx after accepting);
 * - `throttle`: 429 that asks for `retryAfterMs`;
 * - `cut-before`, `reset-before`: the connection is closed (FIN) or torn down (RST) before anything was done;
 * - `cut-after`, `reset-after`: the same after it was done, instead of the answer;
 * - `cut-within`: after half of the answer;
 * - `hang-before`, `hang-after`: no answer ever comes;
 * - `slow`: it is done and answered `byMs` later by the fake's clock; with `isHandled` done at once.
 */
export type Fault =
  | {
      kind: 'status';
      status: number;
      code?: number;
      message?: string;
      isHandled?: true;
      headers?: Record<string, string>;
    }
  | { kind: 'throttle'; retryAfterMs: number; isGlobal?: true; scope?: 'user' | 'shared' }
  | { kind: 'slow'; byMs: number; isHandled?: true }
  | {
      kind:
        | 'cut-before'
        | 'reset-before'
        | 'cut-after'
        | 'reset-after'
        | 'cut-within'
        | 'hang-before'
        | 'hang-after';
    };

/** How often a fault strikes: `times` requests, or each with a `chance` that a seed decides; else every one. */
export interface Frequency {
  times?: number;
  /** 0 to 1. */
  chance?: number;
  /** Default 1. */
  seed?: number;
}

interface Rule {
  matches: (line: string) => boolean;
  fault: Fault;
  left: number;
  strikes: () => boolean;
}

export interface Faults {
  /** Breaks what a pattern fits; the rule that was set first strikes first. The function that is given back mends it. */
  fail(pattern: string, fault: Fault, frequency?: Frequency): () => void;
  /** The fault that strikes this request. */
  of(method: string, path: string): Fault | undefined;
  /** Mends everything. */
  clear(): void;
}

/**
 * Whether a request is meant: `POST /channels/{channel}/messages`, where any `{…}` or `*` stands for one segment, `**`
 * for any rest, and `*` as the method for every method.
 */
export function fits(pattern: string): (line: string) => boolean {
  const [method = '*', path = '**'] = pattern.split(' ');
  const verb = method === '*' ? '[A-Z]+' : method;
  const segments = path.split('/').map((segment) => {
    if (segment === '**') return '.*';
    if (segment === '*' || /^\{.*\}$/.test(segment)) return '[^/]+';
    return segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  });
  const expression = new RegExp(`^${verb} ${segments.join('/')}$`);
  return (line) => expression.test(line);
}

export function createFaults(): Faults {
  const rules: Rule[] = [];
  const drop = (rule: Rule) => {
    if (rules.includes(rule)) rules.splice(rules.indexOf(rule), 1);
  };
  return {
    fail(pattern, fault, { times = Number.POSITIVE_INFINITY, chance = 1, seed = 1 } = {}) {
      const random = createRandom(seed);
      const rule: Rule = { matches: fits(pattern), fault, left: times, strikes: () => random() < chance };
      rules.push(rule);
      return () => drop(rule);
    },
    of(method, path) {
      const rule = rules.find(({ matches, strikes }) => matches(`${method} ${path}`) && strikes());
      if (!rule) return undefined;
      rule.left -= 1;
      if (rule.left <= 0) drop(rule);
      return rule.fault;
    },
    clear: () => void rules.splice(0),
  };
}

/** Ends a connection without an answer: `reset` as RST, else FIN. */
export function breakOff(socket: Socket | null, isReset: boolean): void {
  if (isReset) socket?.resetAndDestroy();
  else socket?.end();
}
