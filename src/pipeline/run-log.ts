import { randomUUID } from 'node:crypto';
import { type Log, withFields } from '../log.ts';

/** Names one run among all others in the log, also where several processes do its work. */
export function newRunId(): string {
  return randomUUID().slice(0, 8);
}

/** A log for one run, which can be told by its lines from those that are under way beside it and from any other. */
export function logOfRun(log: Log, run: string = newRunId()): Log {
  return withFields(log, { run });
}
