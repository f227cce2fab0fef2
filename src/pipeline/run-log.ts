import { randomUUID } from 'node:crypto';
import { type Log, withFields } from '../log.ts';

/** A log for one run, which can be told by its lines from those that are under way beside it and from any other. */
export function logOfRun(log: Log): Log {
  return withFields(log, { run: randomUUID().slice(0, 8) });
}
