import type { Adapter } from '../../src/adapter.ts';
import type { Terminal } from './detect.ts';
import { render } from './render.ts';
import { send, type Write } from './send.ts';

export { detectTerminal, type Terminal } from './detect.ts';
export { createProgress, type Progress } from './progress.ts';

export interface TerminalAdapterConfig extends Terminal {
  /** Takes one finished card; rejects or throws when it could not be written. */
  write: Write;
}

/**
 * Shows cards in a terminal, or as plain text where there is none. Message ids are the deliveries' own. Invocations
 * do not arrive here: the command line reads them (`parse.ts`) and hands them to the host itself.
 */
export function createTerminalAdapter(config: TerminalAdapterConfig): Adapter {
  const { write, columns, isTty, hasColor, hasLinks } = config;
  return {
    platform: 'terminal',
    async start() {},
    render,
    send: (delivery, signal) =>
      send(
        delivery,
        { write, columns: columns(), hasColor: isTty && hasColor, hasLinks: isTty && hasLinks },
        signal,
      ),
    async stop() {},
  };
}
