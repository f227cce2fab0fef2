import type { Instant, TimeOfDay } from './domain/calendar.ts';
import type { FeedListing, FeedState } from './domain/feed.ts';
import type { Subscription } from './domain/subscription.ts';
import type { Workspace } from './people.ts';

/** Where subscribers are members, each under their address. */
export const MAIL = { platform: 'email', workspace: 'mail' } as const satisfies Workspace;

/** Lists that come by e-mail. */
export const MAIL_LISTINGS = ['daily', 'weekly', 'monthly'] as const;
export type MailListing = (typeof MAIL_LISTINGS)[number];

/** The list that comes by e-mail where another way has this one. */
export function mailListing(listing: FeedListing): MailListing {
  return MAIL_LISTINGS.find((one) => one === listing) ?? 'daily';
}

/** What somebody wants by e-mail. */
export interface MailOrder {
  listing: MailListing;
  time: TimeOfDay;
  /** IANA zone of `time`. */
  zone: string;
  /** At most `MAX_SUBSCRIPTIONS`; none for the whole list. */
  interests: readonly Pick<Subscription, 'kind' | 'key' | 'label'>[];
}

/** Somebody who confirmed that they want editions by e-mail. */
export interface Subscriber extends MailOrder {
  address: string;
  /** `suspended`: their mail server refused us, see `Mailbox`. */
  state: FeedState;
  createdAt: Instant;
  /** When its time comes next; absent while it is not active. */
  nextDueAt?: Instant;
}

/**
 * Who gets editions by e-mail: each a digest of their own, found by their address, whose letters' case does not count.
 * Each call is durable when it resolves. Errors: `StoreError`.
 */
export interface Subscribers {
  /** Undefined for an address that gets nothing. */
  get(address: string): Promise<Subscriber | undefined>;
  /**
   * Begins, or changes what is wanted; one that was paused or suspended goes on. Only for who has shown that the address
   * is theirs.
   */
  put(address: string, order: MailOrder): Promise<Subscriber>;
  /** Changes what is wanted as `put` does, but of whoever gets something already; undefined, and nothing is begun, else. */
  change(address: string, order: MailOrder): Promise<Subscriber | undefined>;
  /** Ends it, and forgets all that is kept of the address but whether it may be written to; false when there was none. */
  remove(address: string): Promise<boolean>;
}

/** How a mail server takes what we send to an address; kept under a hash of it, as it outlives the subscription. */
export interface Mailbox {
  /** Messages in a row that were refused for good. */
  refusals: number;
  /** Nothing is sent there any more: it does not exist, or somebody said that we are unwanted. */
  blocked?: 'bounced' | 'complained';
  changedAt: Instant;
}

/** What is known of addresses. Errors of each: `StoreError`. */
export interface Mailboxes {
  /** Undefined where there is nothing to be said against it. */
  get(address: string): Promise<Mailbox | undefined>;
  set(address: string, mailbox: Mailbox): Promise<void>;
  /** Nothing is said against it any more. */
  clear(address: string): Promise<void>;
}
