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
  const asking = createAsking({ input, output, signal });
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
      const answer = chosen(await asking.line(`Number [${usual}]: `, check));
      return answer?.value as (typeof choices)[number]['value'];
    },
    async ask(message, { first, example, check }) {
      const beside = first ?? (example && `such as ${example}`);
      const whole: Check = (answer) => check(answer || (first ?? ''));
      const question = `\n${message}${beside === undefined ? '' : ` [${beside}]`}: `;
      const answer = await asking.line(question, whole);
      return answer || (first ?? '');
    },
    askSecret: (message, check) => asking.secret(`\n${message} (not shown): `, check),
    async confirm(message, first) {
      const check = (answer: string) => (/^(y(es)?|no?)?$/i.test(answer) ? undefined : 'Type y or n.');
      const answer = await asking.line(`\n${message} [${first ? 'Y/n' : 'y/N'}]: `, check);
      return answer === '' ? first : /^y/i.test(answer);
    },
    wait,
  };
}

/** Asks until the answer fits. Out: the answer, without blanks at its ends. */
interface Asking {
  line(question: string, check: Check): Promise<string>;
  /** Nothing of what is typed is shown. */
  secret(question: string, check: Check): Promise<string>;
}

function createAsking({ input, output, signal }: Line & { signal: AbortSignal }): Asking {
  const say = (text: string) => void output.write(`${text}\n`);

  async function untilItFits(read: () => Promise<string>, check: Check): Promise<string> {
    for (;;) {
      const answer = (await read()).trim();
      const problem = check(answer);
      if (problem === undefined) return answer;
      say(problem);
    }
  }

  // The line itself would show what is typed; nothing of it reaches the terminal but the question.
  async function readSecret(question: string): Promise<string> {
    output.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const answer = await answerTo('', { input, output: nowhere, signal, isHidden: true });
    say('');
    return answer;
  }

  return {
    line: (question, check) => untilItFits(() => answerTo(question, { input, output, signal }), check),
    secret: (question, check) => untilItFits(() => readSecret(question), check),
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
