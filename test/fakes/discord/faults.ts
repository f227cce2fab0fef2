import { createRules, type Frequency, type WayFault } from '../faults.ts';

export type { Frequency } from '../faults.ts';

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
  | { kind: 'cut-within' }
  | WayFault;

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
  const rules = createRules<string, Fault>();
  return {
    fail: (pattern, fault, frequency) => rules.add(fits(pattern), fault, frequency),
    of: (method, path) => rules.of(`${method} ${path}`),
    clear: rules.clear,
  };
}
