import type { BackendFactory, IQueueBackend } from 'bullmq';
import { ConfigError } from '../../errors.ts';
import type { Queue } from '../../queue.ts';

/** What BullMQ is told to connect to: nothing, as the backend of an engine knows. */
export type NoConnection = Record<string, never>;

/** What differs between the servers that BullMQ keeps jobs on. */
export interface Engine {
  /** Makes what a queue or a worker of BullMQ speaks with the server through. */
  backend: BackendFactory<IQueueBackend, NoConnection>;
  /** As in the contract; may take for ever. Errors: whatever the driver throws. */
  turn: Queue['turn'];
  /** Breaks every connection at once, also one that is waited on. */
  close(): Promise<void>;
}

/** Takes one of our own parameters out of a URL: the driver would stumble over it. Errors: `ConfigError`. */
export function takeParameter(
  url: URL,
  { name, without, form }: { name: string; without: string; form: RegExp },
): string {
  const given = url.searchParams.get(name) ?? without;
  url.searchParams.delete(name);
  if (form.test(given)) return given;
  const problem = `its ${name} is to be a name of letters, digits and underscores, for example ${without}.`;
  throw new ConfigError([{ variable: 'QUEUE_URL', problem }]);
}
