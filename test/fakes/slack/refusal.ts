import type { Shape } from './state.ts';

/** A refusal by Slack's own word: `{ ok: false, error }`. */
export class Refusal extends Error {
  readonly code: string;
  readonly more: Shape;

  constructor(code: string, more: Shape = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}
