import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import { codeOf, isTokenGone } from '../posting/failures.ts';

/** One thing that was looked at. */
export interface Finding {
  /** `warning`: it works, but not for long or not as one may think. */
  state: 'fine' | 'warning' | 'wrong';
  /** What was looked at and how it is, as a sentence. */
  sentence: string;
  /** What to do about it; absent where nothing is. */
  mend?: string;
}

export function fine(sentence: string): Finding {
  return { state: 'fine', sentence };
}

export function warning(sentence: string, mend: string): Finding {
  return { state: 'warning', sentence, mend };
}

export function wrong(sentence: string, mend: string): Finding {
  return { state: 'wrong', sentence, mend };
}

/** What could not be looked at. */
export function closed(what: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  const mend = 'Try again in a minute. If it stays so: can this machine reach Slack?';
  return wrong(`${what} could not be looked at. ${reason}`, mend);
}

/** Findings, or one that says why there are none. */
export async function attempt(what: string, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [closed(what, error)];
  }
}

/** Slack's word for why it does not take what it was asked with; undefined where that is not what went wrong. */
export function refusalOf(error: unknown): string | undefined {
  const isFinal =
    isTokenGone(error) || error instanceof DeliveryRefusedError || error instanceof CardRejectedError;
  return isFinal ? codeOf(error) : undefined;
}
