import type { Board } from '../../../adapters/web/board/board.ts';
import { watchBoard } from '../../../adapters/web/board/watched-board.ts';
import { compare } from '../../../adapters/web/comparison.ts';
import { PLAYGROUND } from '../../../adapters/web/place.ts';
import { createPlaygroundCore, type Playground } from '../../../adapters/web/playground.ts';
import type { Host } from '../../../src/adapter.ts';
import { memberAt } from '../../../src/domain/member.ts';
import { openWorld, type World } from '../../world.ts';
import { aBoard, NOW } from './boards.ts';

export interface Scene {
  world: World;
  board: Board;
  playground: Playground;
  /** As at a start of the bot, of which the signal is the end. */
  compare(signal?: AbortSignal): Promise<void>;
  followed(member: string): Promise<string[]>;
  saved(member: string): Promise<string[]>;
  ending: AbortController;
}

/** A playground with the whole bot behind it. */
export async function open(over: Partial<Host> = {}, opened = aBoard()): Promise<Scene> {
  const world = await openWorld(NOW);
  const host: Host = { ...world.host, ...over };
  const watched = watchBoard(opened, world.clock);
  const { board } = watched;
  const ending = new AbortController();
  const playground = createPlaygroundCore({ watched, host, ending: ending.signal, clock: world.clock });
  const { people } = world.store;
  return {
    world,
    board,
    playground,
    ending,
    compare: (signal = ending.signal) => compare({ board, reactions: host.reactions }, signal),
    followed: async (member) =>
      (await people.subscriptions(memberAt(PLAYGROUND, member))).map(({ key }) => key),
    async saved(member) {
      const { papers } = await people.saved(memberAt(PLAYGROUND, member), { offset: 0, limit: 100 });
      return papers.map(({ paperId }) => paperId);
    },
  };
}
