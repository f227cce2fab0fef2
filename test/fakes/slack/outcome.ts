import type { Shape } from './state.ts';

/** An answer that was not sent yet. */
export interface Outcome {
  status: number;
  body: string;
  headers: Record<string, string>;
  error?: string;
}

export function json(body: Shape, headers: Record<string, string> = {}): Outcome {
  const outcome = {
    status: 200,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  };
  return body.ok === false ? { ...outcome, error: String(body.error) } : outcome;
}

/** 429; Slack asks for patience in whole seconds. */
export function throttled(waitMs: number): Outcome {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const outcome = json({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });
  return { ...outcome, status: 429 };
}
