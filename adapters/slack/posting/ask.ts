import { othersFirst } from '../../../src/clock.ts';
import type { Instant } from '../../../src/domain/calendar.ts';
import type { Json } from '../../../src/domain/delivery.ts';
import { DeliveryThrottledError, DeliveryUnavailableError, StoreError } from '../../../src/errors.ts';
import type { Tokens } from '../installing/tokens.ts';
import type { Budget } from './budget.ts';
import type { Call } from './call.ts';
import { isCode } from './failures.ts';

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

export interface AskDependencies {
  call: (call: Call) => Promise<Answer>;
  tokens: Tokens;
  budget: Budget;
}

export function createAsk({ call, tokens, budget }: AskDependencies): Ask {
  const inTurn = createTurns();

  async function leave(question: Question, token: string): Promise<Answer> {
    const { workspace, signal } = question;
    signal?.throwIfAborted();
    // Meanwhile those before it may have been told to rest.
    checkRest(question, budget);
    try {
      const answer = await call({ ...question, token });
      if (question.method === 'chat.postMessage') await inTurn();
      return answer;
    } catch (error) {
      if (error instanceof DeliveryThrottledError) budget.rest(question, error.retryAfterMs);
      await tokens.failed(workspace, token, error);
      throw error;
    }
  }

  return async (question) => {
    question.signal?.throwIfAborted();
    checkRest(question, budget);
    const token = await tokenFor(question, tokens);
    await budget.turn(question);
    try {
      return await leave(question, token);
    } catch (error) {
      if (!isCode(error, 'token_expired')) throw error;
      // Nothing was done, and its turn is not used up: once more, with a token that counts where there is one.
      const fresh = await tokenFor(question, tokens);
      if (fresh === token) throw error;
      return await leave(question, fresh);
    }
  };
}

/**
 * Lets one message that is out be followed by its work, then everything else that is due, then the next one: of twenty that
 * are answered at once the work would come in one piece, and on a slow machine nobody would be answered meanwhile.
 */
function createTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(othersFirst);
    return last;
  };
}

/** Errors: `DeliveryThrottledError` while Slack wants to be left alone. */
function checkRest(question: Question, budget: Budget): void {
  const restMs = budget.restMs(question);
  if (restMs === 0) return;
  const { method, channel } = question;
  const sentence = `Slack asked for a pause of ${method}.`;
  throw new DeliveryThrottledError(sentence, { platform: 'slack', channel, retryAfterMs: restMs });
}

async function tokenFor(question: Question, tokens: Tokens): Promise<string> {
  const { workspace, channel, signal } = question;
  try {
    return (await tokens.of(workspace, channel, signal)).token;
  } catch (error) {
    signal?.throwIfAborted();
    throw notLeft(error, question);
  }
}

/** Where there is no token nothing has left, whatever became of the question for it. */
function notLeft(error: unknown, { channel }: Question): unknown {
  const isUnsure = error instanceof DeliveryUnavailableError && error.mayHaveArrived;
  if (!isUnsure && !(error instanceof StoreError)) return error;
  const failure = { platform: 'slack', channel, mayHaveArrived: false, cause: error } as const;
  return new DeliveryUnavailableError(error.message, failure);
}
