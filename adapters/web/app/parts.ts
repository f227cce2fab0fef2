import type { Context } from 'hono';
import type { Clock } from '../../../src/clock.ts';
import type { Gate } from '../../../src/gate.ts';
import type { Log } from '../../../src/log.ts';
import type { Look } from '../../../src/look.ts';
import { memberFrom } from '../members.ts';
import type { Playground } from '../playground.ts';

/** What the pages of the playground are made of. */
export interface PlaygroundParts {
  playground: Playground;
  gate: Gate;
  /** Loaded when somebody wants to see one. */
  loadLooks(): Promise<readonly Look[]>;
  clock: Clock;
  log: Log;
  /** Streams that may be open at once; default 300. */
  mostStreams?: number;
}

/** Who asks; a browser that is new gets a member of its own with the answer. */
export function memberOf(context: Context, { gate }: Pick<PlaygroundParts, 'gate'>): string {
  return memberFrom(context, { isSecure: gate.baseUrl(context.req.raw).startsWith('https:') });
}
