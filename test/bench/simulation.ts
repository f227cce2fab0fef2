import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Instant } from '../../src/domain/calendar.ts';
import type { FakeClock } from '../fakes/clock.ts';
import type { SimulatedFigures, SimulatedSettings } from './simulated-bot.ts';

/** Keeps what Node makes of the TypeScript, as the launcher does: it takes memory too. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));
/** As `npm start` has them: garbage is collected early, as a bot lives long and keeps little. */
export const START_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=25'];

/**
 * Runs a bot in simulated time: it stands still while a request is under way, and who waits moves it on. The bot is a
 * process of its own, so that its memory is its own: it tells how late it is, and `clock` follows. `file`: calls
 * `runSimulated` with the settings that it is given.
 */
export async function simulate(
  file: URL,
  settings: SimulatedSettings,
  clock: FakeClock,
): Promise<SimulatedFigures> {
  const child = fork(fileURLToPath(file), [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...START_FLAGS],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
  });
  const figures = Promise.withResolvers<SimulatedFigures>();
  child.on('message', (said: { at: Instant } | SimulatedFigures) => {
    if ('posted' in said) return figures.resolve(said);
    clock.set(said.at);
    child.send({});
  });
  const exit = once(child, 'exit').then(() => figures.reject(new Error('The bot ended too early.')));
  const told = await figures.promise;
  await exit;
  return told;
}
