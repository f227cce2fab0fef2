import { createProgress, type Progress } from '../../adapters/terminal/index.ts';
import { faultText } from '../../commands/listing.ts';
import { systemClock } from '../clock.ts';
import { addDays, type Day, type Instant, isDay, msBetween, SECOND_MS } from '../domain/calendar.ts';
import { CLOSED_AFTER_HOURS, FIRST_DAY, hasDailyList, periodFault, ripeDays } from '../domain/listing.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { type BackfillStep, backfill, MOST_FAILURES } from '../pipeline/backfill.ts';
import { count } from '../texts/en/count.ts';
import { readArguments } from './arguments.ts';
import { createTally, enter, lengthText, standing, summary, type Tally, toJson } from './backfill-tally.ts';
import { printJson, type Session, withSession, write } from './session.ts';

const SPEC = {
  usage: 'paperwire backfill --from … [--to …] [--json]',
  options: { from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } },
  help: {
    from: `The first day, as YYYY-MM-DD; the first list is of ${FIRST_DAY}`,
    to: 'The last day; the newest whose list has closed when nothing is said',
    json: 'One JSON document instead of text',
  },
} as const;

type Values = NonNullable<ReturnType<typeof readArguments<(typeof SPEC)['options']>>>;

/** Where no progress line can be shown, a line comes so often. */
const LINE_EVERY_MS = 30 * SECOND_MS;
const AGAIN = 'What was read is kept; give the same command again to go on.';

/** `paperwire backfill`: fills the archive with the daily lists of past days. Exit 1 when some are missing at the end. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  const { from, to } = askedPeriod(values, systemClock.now());
  return await withSession((session) => fill(createTally(from, to), session, values.json === true), {
    quietLog: true,
  });
};

function askedPeriod({ from, to }: Values, at: Instant): { from: Day; to: Day } {
  if (from === undefined) {
    throw new UsageError(
      `Say from which day on: paperwire backfill --from ${FIRST_DAY} is from the first list.`,
    );
  }
  const [newest = FIRST_DAY] = ripeDays(at, CLOSED_AFTER_HOURS, 1);
  const last = to ?? newest;
  const problem = dayProblem(from, at) ?? dayProblem(last, at);
  if (problem) throw new UsageError(problem);
  if (from <= last) return { from, to: last };
  throw new UsageError(
    to === undefined
      ? `The newest list that has closed is that of ${newest}. To read one that still grows, say --to as well.`
      : `--from ${from} is after --to ${to}.`,
  );
}

/** A weekend that has come has no list, but a period may well begin or end with it. */
function dayProblem(day: Day, at: Instant): string | undefined {
  const isWeekend = isDay(day) && !hasDailyList(day) && day >= FIRST_DAY && day <= at.slice(0, 10);
  const fault = isWeekend ? undefined : periodFault('daily', day, at);
  return fault && faultText(fault);
}

async function fill(tally: Tally, session: Session, isJson: boolean): Promise<number> {
  const { bot, clock, config, log, signal } = session;
  const term = config.terminal.TERM;
  const progress = createProgress({ stream: process.stderr, clock, term, everyMs: LINE_EVERY_MS });
  const startedAt = clock.now();
  progress.show(`Looking for the lists of ${count(tally.days.length, 'day')}`);
  try {
    for await (const step of backfill(tally.days, { ...bot, clock, log }, signal)) {
      enter(step, tally);
      tell(step, progress);
      progress.show(standing(step, tally, msBetween(startedAt, clock.now())));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.done();
    process.stderr.write(`Interrupted. ${AGAIN}\n`);
    await print(tally, isJson);
    throw error;
  } finally {
    progress.done();
  }
  await print(tally, isJson);
  return tally.missing.size === 0 ? 0 : 1;
}

async function print(tally: Tally, isJson: boolean): Promise<void> {
  if (isJson) await printJson(toJson(tally));
  else await write(`${summary(tally)}\n`);
}

/** Says what is to stay on the screen; the progress line makes room for it. */
function tell(step: BackfillStep, progress: Progress): void {
  const sentence = sentenceOf(step);
  if (sentence === undefined) return;
  progress.done();
  process.stderr.write(`${sentence}\n`);
}

function sentenceOf(step: BackfillStep): string | undefined {
  switch (step.kind) {
    case 'waits':
      return `${step.day}: ${step.failure.message} Trying again in ${lengthText(step.waitMs)}.`;
    case 'doubtful':
      return `${step.day}: ${step.sentence} It is left out for now.`;
    case 'failed': {
      const { day, failure } = step;
      const skip = `To leave this day out, begin with --from ${addDays(day, 1)}.`;
      return `${day}: ${failure.message} It failed ${MOST_FAILURES} times in a row. ${AGAIN} ${skip}`;
    }
    default:
      return undefined;
  }
}
