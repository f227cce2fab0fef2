import { deepEqual } from 'node:assert/strict';
import type { SourceServer } from '../fakes/source-server.ts';
import type { Program } from './program.ts';
import { type RunningProgram, running } from './running.ts';

/** The programs that a world has started. */
export interface Launches {
  /** Those that have not ended. */
  readonly bots: ReadonlySet<RunningProgram>;
  launch(args: readonly string[], env: Record<string, string>): RunningProgram;
  /** Kills them all. */
  end(): Promise<void>;
}

export function createLaunches(program: Program): Launches {
  const bots = new Set<RunningProgram>();
  return {
    bots,
    launch(args, env) {
      const bot = running(program.spawn(args, env));
      bots.add(bot);
      void bot.ended.then(() => bots.delete(bot));
      return bot;
    },
    async end() {
      for (const bot of bots) bot.kill('SIGKILL');
      await Promise.all([...bots].map(({ ended }) => ended));
    },
  };
}

/** A platform that notes what broke its rules, and what it did wrong itself. */
interface WatchfulPlatform {
  readonly problems: readonly unknown[];
  readonly ownProblems: readonly unknown[];
  stop(): Promise<void>;
}

/** What a world is made of beside its programs. */
export interface WorldParts {
  fake: WatchfulPlatform;
  source: SourceServer;
  program: Program;
}

/** Ends the parts of a world whose programs have ended, and expects that nobody has broken a rule of the platform's. */
export async function closeParts({ fake, source, program }: WorldParts): Promise<void> {
  await fake.stop();
  await source.stop();
  program.remove();
  deepEqual([fake.problems, fake.ownProblems], [[], []]);
}
