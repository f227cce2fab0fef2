import { WebAPIPlatformError } from '@slack/web-api';
import { failureOf } from '../../../../adapters/slack/posting/failures.ts';

/** What becomes of an answer of Slack that refuses with this name. */
export function refusedBy(code: string): Error {
  return failureOf(new WebAPIPlatformError({ ok: false, error: code }), { channel: 'C1' });
}
