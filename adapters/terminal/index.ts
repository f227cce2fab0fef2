import type { Adapter } from '../../src/adapter.ts';
import type { Terminal } from './detect.ts';
import { render } from './render.ts';
import { send, type Write } from './send.ts';

export { detectTerminal, type Terminal } from './detect.ts';
export { createProgress, type Progress } from './progress.ts';

/** The member who stands for whoever sits at the terminal. */
export const OPERATOR = 'operator';

export interface TerminalAdapterConfig extends Terminal {
  /** Takes one finished card; rejects or throws when it could not be written. */
  write: Write;
}

/**
 * Shows cards in a terminal, or as plain text where there is none; what is for a member alone is shown like the rest,
 * as nobody else is there. Message ids are the deliveries' own. Invocations do not arrive here: the command line reads
 * them (`parse.ts`) and hands them to the host itself.
 */
export function createTerminalAdapter(config: TerminalAdapterConfig): Adapter {
  const { write, columns, isTty, hasColor, hasLinks } = config;
  return {
    platform: 'terminal',
    async start() {},
    render,
    send: (message, signal) =>
      send(
        message,
        { write, columns: columns(), hasColor: isTty && hasColor, hasLinks: isTty && hasLinks },
        signal,
      ),
    repeatableForMs: () => 0,
    find: async () => ({ kind: 'unknown', reason: 'A terminal keeps no record of what it has shown.' }),
    installer: async () => OPERATOR,
    async stop() {},
  };
}
