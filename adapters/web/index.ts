import type { Adapter } from '../../src/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { type Gate, listenerOf } from '../../src/gate.ts';
import type { Log } from '../../src/log.ts';
import type { Look } from '../../src/look.ts';
import type { Server } from '../../src/server.ts';
import { createPlaygroundApp } from './app/app.ts';
import type { Board } from './board/board.ts';
import { openBoard } from './board/sqlite-board.ts';
import { watchBoard } from './board/watched-board.ts';
import { compare } from './comparison.ts';
import { createPlaygroundCore } from './playground.ts';
import { createPosting } from './posting.ts';

export interface WebAdapterConfig {
  /** The file of the board; `:memory:` for one that goes with the process. */
  boardPath: string;
  /** Before everything that a browser may ask. */
  gate: Gate;
  /** Takes the root of the one port. */
  route: Server['route'];
  /** How cards look on other platforms; asked for when somebody wants to see it. */
  loadLooks: () => Promise<readonly Look[]>;
  clock: Clock;
  log: Log;
}

/**
 * The playground: a platform of our own with one workspace, one channel, and a browser for a client. Whoever gets in is a
 * member, and a manager. See `docs/decisions/0007-web.md`.
 */
export function createWebAdapter(config: WebAdapterConfig): Adapter {
  return createAdapterOn(openBoard(config.boardPath, config), config);
}

/** The same on a board that is open; closes it in the end. */
export function createAdapterOn(opened: Board, config: Omit<WebAdapterConfig, 'boardPath'>): Adapter {
  const { gate, route, loadLooks, clock, log } = config;
  const watched = watchBoard(opened, clock);
  const { board } = watched;
  /** Aborts when the playground stops; another one with each start. */
  let ending: AbortController | undefined;

  return {
    platform: 'web',
    async start(host) {
      ending = new AbortController();
      const { signal } = ending;
      const playground = createPlaygroundCore({ watched, host, ending: signal, clock });
      await compare({ board, reactions: host.reactions }, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      route('', listenerOf(createPlaygroundApp({ playground, gate, loadLooks, clock, log })));
    },
    ...createPosting({ board, clock }),
    // Whoever gets in is a manager: nobody stands for them all.
    installer: async () => undefined,
    async stop() {
      ending?.abort(new Error('The bot stops.'));
      board.close();
    },
  };
}
