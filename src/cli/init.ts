import { ownEnvironment } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { Run } from '../main.ts';
import { readArguments } from './arguments.ts';
import { CancelledError, type Prompts } from './init/prompts.ts';
import { setUp } from './init/set-up.ts';
import type { Session } from './session.ts';

const SPEC = {
  usage: 'paperwire init',
  options: {},
  help: {},
  notes: `Asks in this terminal where papers shall come (Discord, Slack, e-mail, or only the browser), looks at each token as it is given,
and writes .env in this folder, where it shows first what will change. Then it adds a feed to the store that STORE_URL names,
data/paperwire.db in this folder without it, and posts a first edition if you like. It may be given again at any time.

  mkdir papers && cd papers && paperwire init`,
} as const;
const NO_TERMINAL =
  'paperwire init asks questions, and there is nobody to ask: run it in a terminal, or copy .env.example to .env and fill it in.';

/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

/** `paperwire init`: sets a bot up by asking. Exit 2 where there is no terminal, 130 where somebody gave up. */
export const run: Run = async (args) => {
  const values = readArguments(args, SPEC);
  if (!values) return 0;
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) throw new UsageError(NO_TERMINAL);
  const environment = ownEnvironment();
  // A line can be drawn anew only where its width is known; serial lines, among others, say that they have none.
  const canDraw = environment.TERM !== 'dumb' && stdout.columns > 0;
  const promptsFor = await (canDraw ? inWindows() : plainly());
  try {
    return await setUp({ path: '.env', environment, promptsFor });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    stdout.write('Nothing was changed.\n');
    return INTERRUPTED;
  }
};

type PromptsFor = (session: Pick<Session, 'signal' | 'wait'>) => Prompts;

/** Loaded here alone: nothing else asks anything. */
async function inWindows(): Promise<PromptsFor> {
  const { createWindowedPrompts } = await import('./init/windowed-prompts.ts');
  return createWindowedPrompts;
}

async function plainly(): Promise<PromptsFor> {
  const { createPlainPrompts } = await import('./init/plain-prompts.ts');
  const { stdin: input, stdout: output } = process;
  return ({ signal, wait }) => createPlainPrompts({ input, output, signal, wait });
}
