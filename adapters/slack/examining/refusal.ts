import { CardRejectedError, DeliveryRefusedError } from '../../../src/errors.ts';
import { codeOf, isTokenGone } from '../posting/failures.ts';

/** Slack's word for why it does not take what it was asked with; undefined where that is not what went wrong. */
export function refusalOf(error: unknown): string | undefined {
  const isFinal =
    isTokenGone(error) || error instanceof DeliveryRefusedError || error instanceof CardRejectedError;
  return isFinal ? codeOf(error) : undefined;
}
