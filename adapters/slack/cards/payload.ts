import type { types } from '@slack/bolt';

/** What a message shows; `text` is what notifications and screen readers get. */
export interface SlackBody {
  text: string;
  blocks: types.KnownBlock[];
}

/** A rendered message, as a delivery keeps it. */
export interface SlackPayload {
  body: SlackBody;
  /** It belongs into the thread under the first message of its edition. */
  isUnder?: true;
}
