import { CancelledError, type Check, type Choice, type Prompts } from '../../../src/cli/init/prompts.ts';
import type { Finding } from '../../../src/finding.ts';

/** An answer, what gives one once the question is there, or `GIVES_UP`. Of several choices: part of the label. */
export type Answer = string | boolean | typeof GIVES_UP | (() => string | boolean);
export const GIVES_UP = Symbol('gives up');

/** Somebody who answers questions, in this order: what a question must say, and the answer to it. */
export type Script = readonly (readonly [question: RegExp, answer: Answer])[];

export interface Scripted extends Prompts {
  /** All that was shown, questions too. */
  readonly shown: string[];
  readonly findings: Finding[];
  /** How many questions there were. */
  readonly asked: number;
  /** Answers that nobody has asked for. */
  readonly left: number;
}

/** Throws for a question that nobody expects; an answer that is refused is said, and the next one is taken. */
export function createScripted(script: Script): Scripted {
  const rest = [...script];
  const shown: string[] = [];
  const findings: Finding[] = [];
  let asked = 0;

  function answerTo(question: string): string | boolean {
    asked += 1;
    shown.push(question);
    const [pattern, answer] = rest.shift() ?? [];
    if (!pattern?.test(question)) throw new Error(`"${question}" was asked, and ${pattern} was expected.`);
    if (answer === GIVES_UP) throw new CancelledError();
    return typeof answer === 'function' ? answer() : (answer as string | boolean);
  }

  function text(question: string, check: Check): string {
    for (;;) {
      const answer = String(answerTo(question));
      const problem = check(answer);
      if (problem === undefined) return answer;
      shown.push(problem);
    }
  }

  return {
    shown,
    findings,
    get asked() {
      return asked;
    },
    get left() {
      return rest.length;
    },
    say: (words, title = '') => void shown.push(title, words),
    tell(finding) {
      findings.push(finding);
      shown.push(finding.sentence, finding.mend ?? '');
    },
    async choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T> {
      const answer = String(answerTo(question));
      const chosen = choices.find(({ label }) => label.includes(answer));
      if (!chosen) throw new Error(`"${answer}" is none of ${choices.map(({ label }) => label).join(', ')}.`);
      return chosen.value;
    },
    async ask(question, { first, check }) {
      return text(first === undefined ? question : `${question} [${first}]`, check);
    },
    askSecret: async (question, check) => text(question, check),
    confirm: async (question) => answerTo(question) === true,
    wait: async (_what, work) => await work,
  };
}
