import { autocomplete, cancel, confirm, isCancel, log, note, password, select, text } from '@clack/prompts';
import { wrap } from '../../../adapters/terminal/wrap.ts';
import { CancelledError, type Check, type Prompts } from './prompts.ts';

/** More of them are found by typing. */
const MOST_SHOWN = 12;
const DEFAULT_COLUMNS = 80;
/** What stands before each line, and one column that stays free. */
const BAR_COLUMNS = 4;

/** Prompts for a terminal that draws. `signal`: gives up. `wait`: see `Prompts`. */
export function createWindowedPrompts({
  signal,
  wait,
}: { signal: AbortSignal } & Pick<Prompts, 'wait'>): Prompts {
  return {
    say: (words, title) => (title === undefined ? log.message(words) : note(words, title, { format: plain })),
    tell({ state, sentence, mend }) {
      const words = [sentence, ...(mend === undefined ? [] : [mend])].flatMap(folded).join('\n');
      const tell = { fine: log.success, warning: log.warn, wrong: log.error };
      tell[state](words);
    },
    async choose(message, choices, first) {
      const initial = first === undefined ? {} : { initialValue: first };
      const given = { message, ...initial, signal };
      return answerOf(
        choices.length > MOST_SHOWN
          ? await autocomplete<string>({ ...given, options: [...choices], maxItems: MOST_SHOWN })
          : await select<string>({ ...given, options: [...choices] }),
      ) as (typeof choices)[number]['value'];
    },
    async ask(message, { first, example, check }) {
      const shown = {
        ...(first === undefined ? {} : { initialValue: first }),
        ...(example === undefined ? {} : { placeholder: example }),
      };
      return answerOf(await text({ message, ...shown, validate: checkOf(check), signal })).trim();
    },
    async askSecret(message, check) {
      return answerOf(await password({ message, validate: checkOf(check), signal })).trim();
    },
    confirm: async (message, first) => answerOf(await confirm({ message, initialValue: first, signal })),
    wait,
  };
}

/** Broken between words, so that each line stands behind the bar at the side. */
function folded(text: string): string[] {
  const columns = (process.stdout.columns || DEFAULT_COLUMNS) - BAR_COLUMNS;
  return wrap({ text }, columns).map((line) => line.map((span) => span.text).join(''));
}

/** Without it a note is drawn in grey, which is hard to read and to copy. */
function plain(line: string): string {
  return line;
}

function checkOf(check: Check): (answer: string | undefined) => string | undefined {
  return (answer = '') => check(answer.trim());
}

function answerOf<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel('Cancelled.');
  throw new CancelledError();
}
