import type { Clock } from '../clock.ts';
import {
  type Alarm,
  type AlarmEvent,
  type AlarmSubject,
  alarmId,
  platformSubject,
  sourceSubject,
} from '../domain/alarm.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Platform } from '../domain/feed.ts';
import { SourceFormatError } from '../errors.ts';
import type { Log, LogFields } from '../log.ts';
import type { AlarmBook, Store } from '../store.ts';
import { withClaim } from './claim.ts';
import type { Finding } from './fetch.ts';

/** Alarms told in one go. */
const MOST_TOLD = 20;

/** Hands an alarm on, for example to a webhook; rejects when it did not get there. */
export type Call = (alarm: Alarm, event: AlarmEvent, signal?: AbortSignal) => Promise<void>;

export interface OperatorDependencies {
  store: Store;
  clock: Clock;
  log: Log;
  /** Absent where nobody asked to be called. */
  call?: Call;
}

/** Tells whoever runs the bot. */
export interface Operator {
  /** Logs and hands on every alarm that is untold; what could not be handed on is tried again with the next call. */
  tell(signal?: AbortSignal): Promise<void>;
}

export function createOperator(dependencies: OperatorDependencies): Operator {
  const { store, log, call } = dependencies;
  /** What this process has logged and not handed on yet. */
  const logged = new Set<string>();

  async function tellOne(alarm: Alarm, event: AlarmEvent, signal?: AbortSignal): Promise<void> {
    const key = `${alarm.id}/${event}`;
    if (!logged.has(key)) {
      if (event === 'raised') log.error('Alarm', fieldsOf(alarm));
      else log.info('All clear', fieldsOf(alarm));
      logged.add(key);
    }
    await call?.(alarm, event, signal);
    await store.alarms.setTold(alarm.id, event);
    logged.delete(key);
  }

  return {
    async tell(signal) {
      const untold = await store.alarms.untold(MOST_TOLD);
      if (untold.length === 0) return;
      await withClaim('operator', dependencies, async ({ renew }) => {
        for (const { alarm, event } of await store.alarms.untold(MOST_TOLD)) {
          await renew();
          // One that is not taken must not keep the others back.
          await tellOne(alarm, event, signal).catch((error: unknown) => {
            signal?.throwIfAborted();
            log.warn('The operator could not be called; it is tried again', { alarm: alarm.id, error });
          });
        }
      });
    },
  };
}

/** An alarm names its feed as every other line does. */
function fieldsOf({ id, feedId, ...told }: Alarm): LogFields {
  return { alarm: id, ...(feedId === undefined ? {} : { feed: feedId }), ...told };
}

/** What ails a source, by the codes of its warnings. */
const AILMENTS = {
  'changed-shape': 'A way into the source answers in a shape that this version does not know.',
  disagreement: 'The ways into the source do not agree.',
} as const;
type Ailment = keyof typeof AILMENTS;

/** Raises an alarm for the operator alone when what a run read was odd, and clears it when the same is read well. */
export async function watchSource(
  findings: readonly Finding[],
  { store: { alarms }, clock }: Pick<OperatorDependencies, 'store' | 'clock'>,
): Promise<void> {
  for (const [kind, found] of Map.groupBy(findings, ({ listing }) => listing.kind)) {
    for (const ailment of Object.keys(AILMENTS) as Ailment[]) {
      const subject = sourceSubject(`${ailment}/${kind}`);
      const signs = found.flatMap((finding) => signsOf(finding, ailment));
      const open = await alarms.open(subject);
      const raisedAt = clock.now();
      if (signs.length > 0 && !open) {
        const sentence = `${AILMENTS[ailment]} ${[...new Set(signs)].join(' ')}`;
        await alarms.raise({ id: alarmId({ subject, raisedAt }), subject, sentence, raisedAt });
      } else if (open && found.every((finding) => isWell(finding, ailment))) {
        await alarms.clear(open.id, clock.now());
      }
    }
  }
}

/** Raises an alarm for the operator alone when a platform does not let us in, and clears it once it does. */
export async function watchPlatform(
  platform: Platform,
  trouble: string | undefined,
  { store: { alarms }, clock }: Pick<OperatorDependencies, 'store' | 'clock'>,
): Promise<void> {
  await watchSubject(platformSubject(platform), trouble, { alarms, at: clock.now() });
}

/** The same for anything that is in trouble or is not; `at`: the present instant. */
export async function watchSubject(
  subject: AlarmSubject,
  trouble: string | undefined,
  { alarms, at }: { alarms: AlarmBook; at: Instant },
): Promise<void> {
  const open = await alarms.open(subject);
  if (trouble === undefined) {
    if (open) await alarms.clear(open.id, at);
  } else if (!open) {
    const raisedAt = at;
    await alarms.raise({ id: alarmId({ subject, raisedAt }), subject, sentence: trouble, raisedAt });
  }
}

function signsOf(finding: Finding, ailment: Ailment): string[] {
  if ('failure' in finding) {
    const isStrange = ailment === 'changed-shape' && finding.failure instanceof SourceFormatError;
    return isStrange ? [finding.failure.message] : [];
  }
  return finding.fetched.warnings.filter(({ code }) => code === ailment).map(({ message }) => message);
}

/** A source that cannot be reached says nothing of its shape. */
function isWell(finding: Finding, ailment: Ailment): boolean {
  return 'settlement' in finding && signsOf(finding, ailment).length === 0;
}
