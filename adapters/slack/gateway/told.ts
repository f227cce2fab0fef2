import type { Json } from '../../../src/domain/delivery.ts';

/** Something that somebody did and waits for, as Slack tells it. */
export interface Told {
  /** Slack's payload, unchecked. */
  body: unknown;
  /**
   * Tells Slack that it arrived, within 3 s; only the first call counts. What may be said with it: the errors or the next
   * view of a modal, the options of a select.
   */
  ack(response?: Json): Promise<void>;
  /**
   * Answers where it was done, by its `response_url`: five times within 30 minutes. Absent where Slack gave none: in
   * modals and on the Home tab. Errors: `DeliveryThrottledError`, `DeliveryUnavailableError`, `CardRejectedError`, and
   * `DeliveryRefusedError` where the address is used up or too old.
   */
  respond?(message: ResponseMessage): Promise<void>;
}

/** What a `response_url` takes (docs.slack.dev/interactivity/handling-user-interaction). */
export interface ResponseMessage {
  text: string;
  blocks?: Json;
  response_type?: 'ephemeral' | 'in_channel';
  replace_original?: boolean;
  delete_original?: boolean;
  /** The first message of the thread that it belongs into; else it stands in the channel itself. */
  thread_ts?: string;
}

/**
 * What the drawers do with what Slack tells. None rejects but with a fault of ours, which is logged. Each acknowledges
 * by itself, first; events have been acknowledged already and may come again within five minutes.
 */
export interface Hooks {
  onCommand(told: Told): Promise<void>;
  /** A press, or a choice in a select: `block_actions`. */
  onPress(told: Told): Promise<void>;
  /** `shortcut` and `message_action`. */
  onShortcut(told: Told): Promise<void>;
  /** A modal was submitted: `view_submission`. */
  onSubmit(told: Told): Promise<void>;
  /** A select asks how what is typed may go on: `block_suggestion`. */
  onSuggest(told: Told): Promise<void>;
  /** An event with its envelope (`team_id`, `event_id`, `event`), each envelope once in this process. */
  onEvent(envelope: unknown): Promise<void>;
  /** Slack tells no events of a team for up to a minute: what happens there meanwhile is lost to us. */
  onLimited(team: string): void;
}
