// What `paperwire … --json` prints, for programs that read it: `import type { FetchJson } from 'paperwire'`. Shapes alone:
// Paperwire is a program, and there is nothing of it to call.
import type { FeedStatus } from '../abilities.ts';
import type { Alarm } from '../domain/alarm.ts';
import type { DeliveryStatus } from '../domain/delivery.ts';
import type { FetchedListing, ListingState } from '../domain/listing.ts';
import type { Finding } from '../finding.ts';
import type { DamagedRecord, StoreFigures } from '../store.ts';
import type { Mailbox, Subscriber } from '../subscribers.ts';

/** `paperwire fetch --json` */
export type FetchJson = Omit<FetchedListing, 'confirmedBy'> & { state: ListingState };

/** `paperwire status --json` */
export interface StatusJson {
  /** Of every workspace; `feed.destination` says on which platform and in which channel each posts. */
  feeds: FeedStatus[];
  /** Of editions by e-mail. */
  subscribers: StoreFigures['subscribers'];
  /** Those that are not over and the operator's to mend. */
  alarms: Alarm[];
  /** Records that could not be read and were set aside. */
  damaged: DamagedRecord[];
}

/** `paperwire delivery list --json` */
export interface DeliveriesJson {
  deliveries: DeliveryStatus[];
}

/** `paperwire doctor --json` */
export interface DoctorJson {
  findings: Finding[];
}

/** `paperwire mailbox --json`: what is known of an address. */
export interface MailboxJson {
  address: string;
  /** Absent where nobody has subscribed. */
  subscription?: Subscriber['state'];
  /** What is held against the address; absent where there is nothing. */
  mailbox?: Mailbox;
}

export type { Paper } from '../domain/paper.ts';
