import type { Instant } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';

export interface Question {
  /** As the Web API names it: `chat.postMessage`. */
  method: string;
  args: Readonly<Record<string, Json | undefined>>;
  /** The team whose token asks. */
  workspace: string;
  /** The channel that an error names, and that is paced; `@U…` for a member. */
  channel: string;
  signal?: AbortSignal | undefined;
}

export interface Answer {
  /** The whole answer, `ok` being true. */
  data: unknown;
  /** By Slack's clock; undefined when it does not tell. */
  at: Instant | undefined;
  /** What the token may, as Slack tells with this answer. */
  scopes: readonly string[];
}

/**
 * Everything that we ask of Slack's Web API. Each question leaves once, at the pace that Slack allows for its method, its
 * workspace and, of a message, its channel. Errors: those of `failureOf`, or the signal's reason where nothing has left.
 */
export type Ask = (question: Question) => Promise<Answer>;
