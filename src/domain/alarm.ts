import type { Instant } from './calendar.ts';
import type { SlotId } from './edition.ts';
import type { FeedId, Platform } from './feed.ts';

/**
 * What an alarm is about: `feed/<id>` does not go out, `slot/<id>` went out in part, `source/<what>` reads oddly,
 * `platform/<platform>` does not let us in, a machine's `clock` is wrong, nobody looks for `editions`. Each has one open
 * alarm at most.
 */
export type AlarmSubject = string;

export const CLOCK_SUBJECT: AlarmSubject = 'clock';
export const EDITIONS_SUBJECT: AlarmSubject = 'editions';

export function feedSubject(id: FeedId): AlarmSubject {
  return `feed/${id}`;
}

export function slotSubject(id: SlotId): AlarmSubject {
  return `slot/${id}`;
}

export function platformSubject(platform: Platform): AlarmSubject {
  return `platform/${platform}`;
}

export function sourceSubject(what: string): AlarmSubject {
  return `source/${what}`;
}

/** Something that a person must know, from when it was seen until it is over. */
export interface Alarm {
  /** `alarm/<subject>/<raisedAt>` */
  id: string;
  subject: AlarmSubject;
  /** Whose manager is told; absent for what is the operator's alone. */
  feedId?: FeedId;
  /** What is wrong and what can be done. */
  sentence: string;
  raisedAt: Instant;
  /** The end of it: "all clear". */
  clearedAt?: Instant;
}

export function alarmId({ subject, raisedAt }: Pick<Alarm, 'subject' | 'raisedAt'>): string {
  return `alarm/${subject}/${raisedAt}`;
}

/** True for the id of a notice of an alarm. */
export function tellsOfAlarm(notice: string): boolean {
  return notice.startsWith('alarm/');
}

/** What is told of an alarm: that it began, or that it is over. */
export type AlarmEvent = 'raised' | 'cleared';
