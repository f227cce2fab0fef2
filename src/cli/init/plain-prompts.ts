import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CancelledError, type Check, type Prompts } from './prompts.ts';

/** What is read and written; standard input and output of the program. */
export interface Line {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

const MARKS = { fine: 'ok', warning: 'note', wrong: 'wrong' } as const;

/** Prompts for a terminal that takes no line back (`TERM=dumb`): questions and answers under one another. */
export function createPlainPrompts({
  input,
  output,
  signal,
  wait,
}: Line & { signal: AbortSignal } & Pick<Prompts, 'wait'>): Prompts {
  const say = (text: string) => void output.write(`${text}\n`);

  /** Asks until the answer fits. */
  async function ask(question: string, read: (question: string) => Promise<string>, check: Check) {
    for (;;) {
      const answer = (await read(question)).trim();
      const problem = check(answer);
      if (problem === undefined) return answer;
      say(problem);
    }
  }

  const readLine = (question: string) => answerTo(question, { input, output, signal });
  // The line itself would show what is typed; nothing of it reaches the terminal but the question.
  const readSecret = async (question: string) => {
    output.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const answer = await answerTo('', { input, output: nowhere, signal, isHidden: true });
    say('');
    return answer;
  };

  return {
    say: (text, title) => say(title === undefined ? `\n${text}` : `\n${title}\n\n${text}`),
    tell: ({ state, sentence, mend }) =>
      say(`[${MARKS[state]}] ${sentence}${mend === undefined ? '' : `\n  ${mend}`}`),
    async choose(message, choices, first = choices[0]?.value) {
      say(`\n${message}`);
      for (const [index, { label, hint }] of choices.entries())
        say(`  ${index + 1}. ${label}${hint === undefined ? '' : ` (${hint})`}`);
      const usual = choices.findIndex(({ value }) => value === first) + 1;
      const chosen = (answer: string) => choices[Number(answer || usual) - 1];
      const check = (answer: string) =>
        chosen(answer) ? undefined : `Type a number from 1 to ${choices.length}.`;
      const answer = chosen(await ask(`Number [${usual}]: `, readLine, check));
      return answer?.value as (typeof choices)[number]['value'];
    },
    async ask(message, { first, example, check }) {
      const beside = first ?? (example && `such as ${example}`);
      const whole: Check = (answer) => check(answer || (first ?? ''));
      const answer = await ask(
        `\n${message}${beside === undefined ? '' : ` [${beside}]`}: `,
        readLine,
        whole,
      );
      return answer || (first ?? '');
    },
    askSecret: (message, check) => ask(`\n${message} (not shown): `, readSecret, check),
    async confirm(message, first) {
      const check = (answer: string) => (/^(y(es)?|no?)?$/i.test(answer) ? undefined : 'Type y or n.');
      const answer = await ask(`\n${message} [${first ? 'Y/n' : 'y/N'}]: `, readLine, check);
      return answer === '' ? first : /^y/i.test(answer);
    },
    wait,
  };
}

interface Asked extends Line {
  signal: AbortSignal;
  isHidden?: boolean;
}

/** One line. Errors: `CancelledError` where the input ends, Ctrl-C is pressed, or the program is told to stop. */
async function answerTo(
  question: string,
  { input, output, signal, isHidden = false }: Asked,
): Promise<string> {
  // In terminal mode Node takes what is typed over from the terminal, which then echoes nothing by itself.
  const line = createInterface({ input, output, terminal: isHidden });
  try {
    return await Promise.race([line.question(question, { signal }), gaveUp(line)]);
  } catch (error) {
    if (error instanceof CancelledError || signal.aborted) throw new CancelledError();
    throw error;
  } finally {
    line.close();
  }
}

/** Never resolves. */
async function gaveUp(line: Interface): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new CancelledError());
  line.once('SIGINT', giveUp);
  line.once('close', giveUp);
  return await promise;
}
