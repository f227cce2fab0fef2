import type { Destination, Feed } from '../../domain/feed.ts';
import { PaperwireError } from '../../errors.ts';
import { closed, type Finding } from '../../finding.ts';
import type { ToolsNeeds } from '../platform-tools.ts';
import type { Changes } from './env-text.ts';
import type { Prompts } from './prompts.ts';
import { checkSettable, problemWith, type Settings, setting } from './settings.ts';

/** What questions work with. */
export interface Asking {
  prompts: Prompts;
  settings: Settings;
  /** What the tools of a platform are made with, as if these changes were made. Errors: `ConfigError`. */
  needs(changes: Changes): ToolsNeeds;
}

/** A feed as it is wanted. */
export interface Order extends Pick<Feed, 'time' | 'zone'> {
  place: Destination;
  /** What people call the place. */
  name: string;
  /** Who is told what a feed's manager must know; absent where the platform knows, or nobody is. */
  manager?: string;
  /** Lets the bot into the channel, before anything is posted there; absent where it is in. */
  enter?(): Promise<void>;
}

/** What the questions about one platform came to. */
export interface Answers {
  changes: Changes;
  /** Absent where people make their feeds themselves. */
  order?: Order;
}

/** A variable that is asked for. */
export interface Question {
  variable: string;
  message: string;
  /** Shown where an answer would stand; absent for a secret. */
  example?: string;
  /** What makes the rest of the configuration whole, so that the answer alone can be wrong. */
  beside?: Changes;
}

/** Asks for a variable until the configuration takes it. Out: what sets it. Errors: `ConfigError`; see `checkSettable`. */
export async function askVariable(question: Question, { prompts, settings }: Asking): Promise<Changes> {
  const { variable, message, example, beside = {} } = question;
  checkSettable(variable, settings);
  const changesFor = (answer: string) => ({ ...beside, ...setting(variable, answer, settings) });
  const check = (answer: string) =>
    answer === '' ? 'Nothing was typed.' : problemWith(variable, settings, changesFor(answer));
  const answer =
    example === undefined
      ? await prompts.askSecret(message, check)
      : await prompts.ask(message, { example, check });
  return setting(variable, answer, settings);
}

/**
 * Asks, looks at the answer, and asks again until nothing is wrong with it. `given`: an answer that is there already, and is
 * looked at first.
 */
export async function askUntilFine<T>(
  { ask, look, given }: { ask: () => Promise<T>; look: (answer: T) => Promise<Finding[]>; given?: T },
  prompts: Prompts,
): Promise<T> {
  let answer = given ?? (await ask());
  for (;;) {
    const findings = await prompts.wait('Having a look', look(answer));
    const wrong = findings.filter(({ state }) => state === 'wrong');
    for (const finding of wrong.length > 0 ? wrong : findings.slice(0, 1)) prompts.tell(finding);
    if (wrong.length === 0) return answer;
    const next = await prompts.choose('How shall it go on?', [
      { value: 'again', label: 'I give it again' },
      { value: 'look', label: 'I have mended it; look again' },
    ]);
    if (next === 'again') answer = await ask();
  }
}

/** Does what may fail for a while, again whenever somebody says so. `platform` as people call it. */
export async function insist<T>(platform: string, work: () => Promise<T>, prompts: Prompts): Promise<T> {
  for (;;) {
    try {
      return await prompts.wait(`Asking ${platform}`, work());
    } catch (error) {
      if (!(error instanceof PaperwireError)) throw error;
      prompts.tell(closed(platform, error, platform));
      await prompts.choose('How shall it go on?', [{ value: 'again', label: 'Try again' }]);
    }
  }
}
