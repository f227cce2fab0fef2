import type { Adapter } from './adapter.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Server } from './server.ts';

/** What a platform is given that is set up by one address. */
export interface PlugParts {
  /** An http(s) address, as `<PLATFORM>_URL` gives it; a secret. */
  address: string;
  /** Takes paths of the one port, for a platform that calls us. */
  route: Server['route'];
  clock: Clock;
  log: Log;
}

/** Makes the adapter of a platform; `adapters/<platform>/index.ts` exports it as `plug`. Errors: `ConfigError`. */
export type Plug = (parts: PlugParts) => Adapter;
