import {
  DeliveryRefusedError,
  DeliveryThrottledError,
  DeliveryUnavailableError,
  StoreError,
} from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import type { Texts } from '../../../src/texts/index.ts';
import { isCode } from '../posting/failures.ts';

/** Slack waits no longer for a view to be opened, or it has been opened (docs.slack.dev/reference/methods/views.open). */
const LATE = ['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'] as const;

/**
 * What to say to whoever did something that came to nothing, as a sentence, whatever the error; the log has what is no fault
 * of Slack's. `refused`: where Slack does not let us.
 */
export function troubleText(
  error: unknown,
  { host: say, slackForms }: Texts,
  log: Log,
  refused = say.platformClosed,
): string {
  if (isCode(error, ...LATE)) return slackForms.late;
  if (error instanceof DeliveryRefusedError) return refused;
  if (error instanceof DeliveryUnavailableError || error instanceof DeliveryThrottledError)
    return say.platformClosed;
  log.error('What somebody did on Slack could not be done', { error });
  return error instanceof StoreError ? say.storeClosed : say.ourFault;
}
